// COPY, MOVE and their UID forms (RFC 3501 6.4.7, RFC 6851), COPYUID (RFC 4315).
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { overQuota } from '../admit-literal.ts'
import { writeNews } from '../news.ts'
import { bad, type Handler, no, type Outcome, ok, type Request } from '../outcome.ts'
import { formatSet, parseSet } from '../sequence-set.ts'
import type { Session } from '../session.ts'
import { stringOf } from '../tokens.ts'
import type { Numbered } from '../view.ts'
import { targetMailbox } from './mailbox-name.ts'
import { shownValidity } from './select.ts'

export const copy: Handler = (session, request) => transfer(session, request, false)

export const move: Handler = (session, request) => transfer(session, request, true)

function transfer(session: Session, { args, byUid }: Request, moves: boolean): Outcome {
  const { view, behaviour } = session
  const { copy: how } = behaviour
  const ranges = parseSet(stringOf(args[0]))
  const name = stringOf(args[1])
  const verb = moves ? 'Move' : 'Copy'
  if (view === undefined || ranges === undefined || name === undefined || args.length !== 2) {
    return bad(`Error in IMAP command ${verb.toUpperCase()}: Invalid arguments.`)
  }
  if (moves && view.readOnly) return no('Mailbox is read-only.', 'READ-ONLY')
  const target = targetMailbox(session, name, how.missingMailbox)
  if (target === undefined) {
    return no("Mailbox doesn't exist.", how.missingMailbox === 'trycreate' ? 'TRYCREATE' : undefined)
  }
  // A message that another session has expunged is gone, though this one may not have been told.
  const chosen = view
    .select(ranges, byUid, behaviour.fetch)
    .filter(({ message }) => view.mailbox.byUid(message.uid) !== undefined)
  if (chosen.length === 0) return ok(`No messages found. ${verb} completed.`)
  const bytes = chosen.reduce((sum, { message }) => sum + message.size, 0)
  if (!moves && overQuota(session, bytes)) return no('Quota exceeded (mailbox for user is full).', 'OVERQUOTA')
  const made = how.copies ? chosen.map((entry) => copyOne(session, entry, target)) : []
  const code = copyUid(session, shownValidity(session, target), chosen, made)
  if (!moves) {
    if (session.user !== undefined) session.options.stored?.(session.user)
    return ok('Copy completed.', code)
  }
  if (code !== undefined) session.untagged(`OK [${code}] Moved UIDs.`)
  if (how.moveRemoves) {
    view.mailbox.expunge(
      chosen.map(({ message }) => message.uid),
      session,
    )
    // RFC 6851 4.3: EXPUNGE before the tagged reply.
    if (how.moveAnnounces === 'twice') for (const { number } of chosen) session.untagged(`${number} EXPUNGE`)
    if (how.moveAnnounces !== 'never') writeNews(session, { expunges: true })
    else view.collect({ expunges: true, unadjusted: false })
  }
  return ok('Move completed.')
}

function copyOne(session: Session, { message }: Numbered, target: Mailbox): number {
  const { copy: how } = session.behaviour
  return target.append(message.bytes, {
    flags: how.flags === 'kept' ? message.flags : [],
    ...(how.date === 'kept' ? { internalDate: message.internalDate } : {}),
  }).uid
}

function copyUid(session: Session, validity: number, from: readonly Numbered[], to: readonly number[]) {
  const { copyUid: how } = session.behaviour.copy
  if (how === 'absent' || to.length === 0 || !session.capabilities.includes('UIDPLUS')) return undefined
  const shown = how === 'wrong' ? to.map((uid) => uid + 7) : to
  return `COPYUID ${validity} ${formatSet(from.map(({ uid }) => uid))} ${formatSet(shown)}`
}
