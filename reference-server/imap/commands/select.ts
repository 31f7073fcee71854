// SELECT, EXAMINE, CLOSE, UNSELECT (RFC 3501 6.3.1, RFC 3691).
import type { SelectLine } from '../../behaviour/imap-decisions.ts'
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { systemFlags } from '../flags.ts'
import { bad, type Handler, no, type Outcome, ok } from '../outcome.ts'
import type { Session } from '../session.ts'
import { keywordOf, listOf, stringOf, type Token } from '../tokens.ts'
import type { View } from '../view.ts'
import { findMailbox } from './mailbox-name.ts'

export const select: Handler = (session, { args }) => open(session, args, false)

export const examine: Handler = (session, { args }) => {
  return open(session, args, session.behaviour.select.examine === 'read-only')
}

async function open(session: Session, args: readonly Token[], readOnly: boolean): Promise<Outcome> {
  const { behaviour } = session
  const { select: how } = behaviour
  const name = stringOf(args[0])
  const parameters = listOf(args[1]) ?? []
  if (name === undefined || args.length > 2) return bad('Error in IMAP command SELECT: Invalid arguments.')
  await session.pause(how.delayMs)
  if (parameters.some((token) => keywordOf(token) === 'CONDSTORE')) session.condstore = true
  let mailbox = findMailbox(session, name)
  if (mailbox === undefined && how.missingMailbox !== 'refused') mailbox = session.user?.store.create(name)
  if (mailbox === undefined) {
    if (how.failedSelect === 'deselects') session.deselect()
    return no("Mailbox doesn't exist.", 'NONEXISTENT')
  }
  const hadOne = session.view !== undefined
  const view = session.select(mailbox, readOnly)
  if (hadOne) session.untagged('OK [CLOSED] Previous mailbox closed.')
  for (const line of behaviour.wording.selectOrder) {
    const text = selectLine(session, view, line)
    if (text !== undefined) session.untagged(text)
  }
  const access = readOnly || how.accessCode === 'read-only' ? 'READ-ONLY' : 'READ-WRITE'
  const code = {
    shown: access,
    'read-only': access,
    absent: undefined,
    'command-name': readOnly ? 'EXAMINE' : 'SELECT',
  }
  return ok(`${readOnly ? 'Examine' : 'Select'} completed.`, code[how.accessCode])
}

function selectLine(session: Session, view: View, line: SelectLine): string | undefined {
  const { select: how } = session.behaviour
  const keywords = [...new Set(view.entries.slice(0, 1000).flatMap(({ message }) => [...message.flags]))]
  const flags = [...new Set([...systemFlags, ...keywords])].join(' ')
  switch (line) {
    case 'flags':
      return how.flags === 'shown' ? `FLAGS (${flags})` : undefined
    case 'permanentFlags': {
      if (how.permanentFlags === 'absent') return undefined
      const kept = view.readOnly || how.permanentFlags === 'none' ? '' : `${flags} \\*`
      return `OK [PERMANENTFLAGS (${kept})] Flags permitted.`
    }
    case 'exists':
      return how.exists === 'absent' ? undefined : `${how.exists === 'zero' ? 0 : view.count} EXISTS`
    case 'recent':
      return how.recent === 'shown' ? `${view.recentCount} RECENT` : undefined
    case 'unseen': {
      const first = view.entries.findIndex(({ message }) => !message.flags.has('\\Seen')) + 1
      return how.unseen === 'shown' && first > 0 ? `OK [UNSEEN ${first}] First unseen.` : undefined
    }
    case 'uidValidity':
      return how.uidValidity === 'shown'
        ? `OK [UIDVALIDITY ${shownValidity(session, view.mailbox)}] UIDs valid`
        : undefined
    case 'uidNext':
      return how.uidNext === 'shown' ? `OK [UIDNEXT ${shownUidNext(session, view)}] Predicted next UID` : undefined
    case 'modseq': {
      const wanted = how.highestModseq === 'always' || (how.highestModseq === 'when-enabled' && session.condstore)
      return wanted ? `OK [HIGHESTMODSEQ ${shownModseq(session, view.mailbox)}] Highest` : undefined
    }
  }
}

export function shownValidity(session: Session, mailbox: Mailbox): number {
  switch (session.behaviour.uids.uidValidity) {
    case 'stable':
      return mailbox.uidValidity
    case 'per-session':
      session.validityShift ||= nextShift(session)
      return mailbox.uidValidity + session.validityShift
    case 'per-select':
      return mailbox.uidValidity + nextShift(session)
    case 'zero':
      return 0
  }
}

function nextShift(session: Session): number {
  return ++session.registry.shifts.count
}

function shownUidNext(session: Session, view: View): number {
  switch (session.behaviour.uids.uidNext) {
    case 'advances':
      return session.behaviour.select.freshness === 'current' ? view.uidNext : view.knownUidNext
    case 'behind':
      return Math.max(1, view.uidNext - 1)
    case 'stuck':
      return 1
    case 'ahead':
      return view.uidNext + 10
  }
}

/** The first command that has to do with CONDSTORE turns it on; of an open mailbox it tells the state (RFC 7162 3.1). */
export function enableCondstore(session: Session): void {
  const { view } = session
  if (!session.condstore && view !== undefined && session.behaviour.select.highestModseq !== 'absent') {
    session.untagged(`OK [HIGHESTMODSEQ ${shownModseq(session, view.mailbox)}] Highest`)
  }
  session.condstore = true
}

export function shownModseq(session: Session, mailbox: Mailbox): number {
  return session.behaviour.condstore.modseq === 'advances' ? mailbox.highestModseq : 1
}

export const close: Handler = (session) => {
  const { close: how } = session.behaviour
  const { view } = session
  if (view === undefined) return bad('No mailbox selected.')
  if (how.expunges && !view.readOnly) {
    const deleted = view.entries.filter(({ message }) => message.flags.has('\\Deleted'))
    if (how.announces) {
      deleted.forEach(({ message }, index) => {
        session.untagged(`${(view.numberOf(message) ?? 1) - index} EXPUNGE`)
      })
    }
    const uids = deleted.map(({ message }) => message.uid)
    if (how.deselects) session.deselect()
    view.mailbox.expunge(uids, session)
  } else if (how.deselects) {
    session.deselect()
  }
  return ok('Close completed.')
}

export const unselect: Handler = (session) => {
  const { view } = session
  session.deselect()
  if (session.behaviour.unselect.expunges && view !== undefined) {
    const deleted = view.entries.filter(({ message }) => message.flags.has('\\Deleted'))
    view.mailbox.expunge(
      deleted.map(({ message }) => message.uid),
      session,
    )
  }
  return ok('Unselect completed.')
}
