// STORE and UID STORE, with UNCHANGEDSINCE (RFC 3501 6.4.6, RFC 7162 3.1.3).
import { flagList, parseFlags, systemFlags } from '../flags.ts'
import { bad, type Handler, no, ok } from '../outcome.ts'
import { formatSet, parseSet } from '../sequence-set.ts'
import { keywordOf, listOf, stringOf } from '../tokens.ts'
import { enableCondstore } from './select.ts'

export const store: Handler = (session, { args, byUid }) => {
  const { view, behaviour } = session
  const rest = [...args]
  const ranges = parseSet(stringOf(rest.shift()))
  const modifiers = listOf(rest[0])
  if (modifiers !== undefined) rest.shift()
  const unchangedSince = modifiers === undefined ? undefined : Number(stringOf(modifiers[1]))
  const [, sign = '', silent] = /^([+-]?)FLAGS(\.SILENT)?$/.exec(keywordOf(rest.shift()) ?? '') ?? [undefined, '?']
  const flags = parseFlags(rest)
  const badModifier =
    modifiers !== undefined && (keywordOf(modifiers[0]) !== 'UNCHANGEDSINCE' || modifiers.length !== 2)
  if (view === undefined || ranges === undefined || flags === undefined || sign === '?' || badModifier) {
    return bad('Error in IMAP command STORE: Invalid arguments.')
  }
  if (unchangedSince !== undefined && !Number.isSafeInteger(unchangedSince)) return bad('Invalid UNCHANGEDSINCE.')
  if (view.readOnly) return no('Mailbox is read-only.', 'READ-ONLY')
  const { store: how } = behaviour
  const isSystem = (flag: string) => systemFlags.some((known) => known === flag)
  if (how.keywords === 'refused' && flags.some((flag) => !isSystem(flag))) return no('Keywords are not allowed.')
  if (how.adds === 'refused' && sign !== '-') return no('Flags cannot be changed.')
  if (unchangedSince !== undefined) enableCondstore(session)
  const honoured = behaviour.condstore.unchangedSince === 'honoured'
  const chosen = view.select(ranges, byUid, behaviour.fetch)
  const failed = honoured ? chosen.filter(({ message }) => message.modseq > (unchangedSince ?? Infinity)) : []
  const meant = chosen.filter((entry) => !failed.includes(entry))
  const kept = flags.filter(
    (flag) => (how.keywords === 'kept' || isSystem(flag)) && (how.deleted !== 'dropped' || flag !== '\\Deleted'),
  )
  const mode = sign === '-' ? 'remove' : sign === '+' && how.adds === 'works' ? 'add' : 'replace'
  const uids = meant.map(({ message }) => message.uid)
  if (mode !== 'remove' || how.removes === 'works') view.mailbox.setFlags(uids, mode, kept, session)
  const quiet = how.reply === 'absent' || (silent !== undefined && how.silent === 'respected')
  for (const { number, uid, message } of meant) {
    if (quiet && !session.condstore) continue
    const modseq = session.condstore ? ` MODSEQ (${message.modseq})` : ''
    const shown = quiet ? '' : ` FLAGS (${flagList(view, message)})`
    session.untagged(`${number} FETCH (${`${byUid || session.condstore ? `UID ${uid}` : ''}${modseq}${shown}`.trim()})`)
  }
  if (how.deleted === 'expunges-at-once' && flags.includes('\\Deleted')) view.mailbox.expunge(uids, session)
  if (failed.length === 0) return ok('Store completed.')
  return ok(
    'Conditional store failed.',
    `MODIFIED ${formatSet(failed.map(({ uid, number }) => (byUid ? uid : number)))}`,
  )
}
