// FETCH and UID FETCH: one reply a message, bodies written straight from the store.
import type { StoredMessage } from '../../mailbox/message.ts'
import { flagList } from '../flags.ts'
import { bodyStructure } from '../message/body-structure.ts'
import { envelope } from '../message/envelope.ts'
import { bodyStart, headerFields } from '../message/header.ts'
import { sectionOf, shownBytes } from '../message/section.ts'
import { parseStructure } from '../message/structure.ts'
import { bad, type Handler, no, ok } from '../outcome.ts'
import { dateTime, type Part, string } from '../quoting.ts'
import { parseSet } from '../sequence-set.ts'
import type { Session } from '../session.ts'
import { keywordOf, listOf, stringOf, type Token } from '../tokens.ts'
import type { Numbered, View } from '../view.ts'
import { type FetchItem, type PlainName, parseFetchItems } from './fetch-items.ts'
import { enableCondstore } from './select.ts'

const readsContent: readonly PlainName[] = ['ENVELOPE', 'BODY', 'BODYSTRUCTURE']
const nothing = Buffer.alloc(0)

export const fetch: Handler = async (session, { args, byUid }) => {
  const { view, behaviour } = session
  const ranges = parseSet(stringOf(args[0]))
  const asked = parseFetchItems(args[1])
  const changedSince = parseModifiers(listOf(args[2]))
  if (view === undefined || ranges === undefined || asked === undefined || args.length > 3 || changedSince === null) {
    return bad('Error in IMAP command FETCH: Invalid arguments.')
  }
  const { fetch: how } = behaviour
  const names = new Set(asked.map((item) => (item.kind === 'plain' ? item.name : '')))
  if (how.envelope === 'refused' && names.has('ENVELOPE')) return bad('ENVELOPE is not supported.')
  if (how.bodyStructure === 'refused' && names.has('BODYSTRUCTURE')) return bad('BODYSTRUCTURE is not supported.')
  if (changedSince !== undefined || names.has('MODSEQ')) enableCondstore(session)
  const items = completed(session, asked, byUid, changedSince !== undefined)
  await session.pause(how.delayMs)
  const limit = behaviour.condstore.changedSince === 'honoured' ? (changedSince ?? 0) : 0
  const chosen = view.select(ranges, byUid, how).filter((entry) => {
    if (how.hidesDeleted && entry.message.flags.has('\\Deleted')) return false
    return entry.message.modseq > limit
  })
  if (chosen.length === 0 && byUid && how.missingUids === 'refused') return no('No such messages.')
  if (how.replies === 'none') return ok('Fetch completed.')
  for (const entry of how.replies === 'first-only' ? chosen.slice(0, 1) : chosen) {
    if (session.connection.closed) break
    const size = entry.message.size
    if (how.refusesAbove > 0 && size > how.refusesAbove && items.some((item) => item.kind === 'section')) {
      return no('Message is too large.', 'LIMIT')
    }
    const parts = reply(session, view, entry, items)
    session.connection.write(...parts, ...(how.replies === 'twice' ? parts : []))
    await session.connection.paced()
  }
  return ok('Fetch completed.')
}

/** Undefined: none; null: wrong. */
function parseModifiers(tokens: readonly Token[] | undefined): number | undefined | null {
  if (tokens === undefined) return undefined
  const value = Number(stringOf(tokens[1]))
  return keywordOf(tokens[0]) === 'CHANGEDSINCE' && tokens.length === 2 && Number.isSafeInteger(value) ? value : null
}

/** UID comes first and unasked in UID FETCH; MODSEQ with CHANGEDSINCE (RFC 7162 3.1.4.1). */
function completed(session: Session, asked: readonly FetchItem[], byUid: boolean, modseq: boolean): FetchItem[] {
  const { fetch: how, wording } = session.behaviour
  const has = (name: PlainName) => asked.some((item) => item.kind === 'plain' && item.name === name)
  const items = wording.fetchOrder === 'reversed' ? [...asked].reverse() : [...asked]
  if (byUid && !has('UID')) items.unshift({ kind: 'plain', name: 'UID' })
  if (modseq && !has('MODSEQ')) items.push({ kind: 'plain', name: 'MODSEQ' })
  const hidden = new Set<string>()
  if (how.uid === 'absent') hidden.add('UID')
  if (how.size === 'absent') hidden.add('RFC822.SIZE')
  if (how.flags === 'absent') hidden.add('FLAGS')
  if (how.modseq === 'absent') hidden.add('MODSEQ')
  return hidden.size === 0 ? items : items.filter((item) => item.kind !== 'plain' || !hidden.has(item.name))
}

function reply(session: Session, view: View, entry: Numbered, items: readonly FetchItem[]): readonly Part[] {
  const { fetch: how } = session.behaviour
  const { message, number } = entry
  let shown = items
  const reads = items.some(
    (item) => item.kind === 'section' && (item.setsSeen ? how.bodySetsSeen : how.peek === 'sets-seen'),
  )
  if (reads && !view.readOnly && !message.flags.has('\\Seen')) {
    view.mailbox.setFlags([message.uid], 'add', ['\\Seen'], session)
    if (!items.some((item) => item.kind === 'plain' && item.name === 'FLAGS')) {
      shown = [...items, { kind: 'plain', name: 'FLAGS' }]
    }
  }
  // Read from the disk, perhaps: only where it is asked for.
  const reading = items.some((item) => item.kind === 'section' || readsContent.includes(item.name))
  const bytes = reading ? shownBytes(message.bytes, how) : nothing
  const parts: Part[] = [`* ${number} FETCH (`]
  shown.forEach((item, index) => {
    // Each reply of several carries the UID, so that a client can tell whose it is.
    const uid = item.kind === 'plain' && item.name === 'UID' ? '' : ` UID ${entry.uid}`
    const between = how.items === 'apart' ? `${how.uid === 'absent' ? '' : uid})\r\n* ${number} FETCH (` : ' '
    if (index > 0) parts.push(between.replace(/^ UID \d+\)/, ')'))
    if (item.kind === 'plain') parts.push(plainValue(session, view, entry, item.name, bytes))
    else parts.push(...sectionValue(session, item, bytes))
  })
  parts.push(')\r\n')
  return parts
}

function sectionValue(session: Session, item: Extract<FetchItem, { kind: 'section' }>, bytes: Buffer): readonly Part[] {
  const { fetch: how, wording } = session.behaviour
  const all = sectionOf(bytes, item.section, how)
  if (all === undefined) return [`${item.label} NIL`]
  const { partial } = item
  const cut = partial !== undefined && how.partial === 'honoured'
  const octets = cut ? all.subarray(partial.offset, partial.offset + partial.count) : all
  if (wording.shortStrings === 'quoted' && octets.length < 80) {
    return [`${item.label} ${string(octets.toString('latin1'))}`]
  }
  const length = how.literalLength === 'right' ? octets.length : Math.max(0, octets.length - 1)
  return [`${item.label} {${length}}\r\n`, octets]
}

function plainValue(session: Session, view: View, entry: Numbered, name: PlainName, bytes: Buffer): string {
  const { fetch: how } = session.behaviour
  const { message } = entry
  switch (name) {
    case 'UID':
      return `UID ${how.uid === 'wrong' ? entry.uid + 1000 : entry.uid}`
    case 'FLAGS':
      return `FLAGS (${how.flags === 'none' ? '' : flagList(view, message)})`
    case 'INTERNALDATE': {
      const now = session.options.clock.now()
      return `INTERNALDATE ${dateTime({ stored: message.internalDate, now, epoch: 0 }[how.internalDate])}`
    }
    case 'RFC822.SIZE':
      return `RFC822.SIZE ${shownSize(message, how.size)}`
    case 'MODSEQ':
      return `MODSEQ (${session.behaviour.condstore.modseq === 'advances' ? message.modseq : 1})`
    case 'ENVELOPE': {
      const header = { start: 0, end: bodyStart(bytes, { start: 0, end: bytes.length }) }
      return `ENVELOPE ${envelope(headerFields(bytes, header), how.envelope === 'nil' ? 'nil' : 'right')}`
    }
    case 'BODY':
    case 'BODYSTRUCTURE': {
      if (how.bodyStructure === 'always-text') {
        return `${name} ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" ${bytes.length} 1)`
      }
      const right = parseStructure(bytes)
      const more = how.bodyStructure === 'extra-part' ? right.children.slice(-1) : []
      const shown = { ...right, children: [...right.children, ...more] }
      return `${name} ${bodyStructure(bytes, shown, name === 'BODYSTRUCTURE')}`
    }
  }
}

function shownSize(message: StoredMessage, how: 'exact' | 'without-cr' | 'absent' | 'zero'): number {
  if (how === 'zero') return 0
  return how === 'without-cr' ? message.bytes.filter((octet) => octet !== 13).length : message.size
}
