// EXPUNGE and UID EXPUNGE (RFC 3501 6.4.3, RFC 4315 2.1). The numbers are told by the news that follow the command.
import { bad, type Handler, no, ok } from '../outcome.ts'
import { parseSet } from '../sequence-set.ts'
import { stringOf } from '../tokens.ts'

export const expunge: Handler = (session, { args, byUid }) => {
  const { view, behaviour } = session
  const { expunge: how } = behaviour
  const ranges = byUid ? parseSet(stringOf(args[0])) : undefined
  if (view === undefined || (byUid ? ranges === undefined : args.length > 0)) {
    return bad('Error in IMAP command EXPUNGE: Invalid arguments.')
  }
  if (view.readOnly) return no('Mailbox is read-only.', 'READ-ONLY')
  if (how.removes === 'nothing') return ok('Expunge completed.')
  const chosen =
    ranges === undefined || how.set === 'ignored' ? view.entries : view.select(ranges, true, behaviour.fetch)
  const uids = chosen
    .filter(({ message }) => how.removes === 'everything' || message.flags.has('\\Deleted'))
    .map(({ message }) => message.uid)
  view.mailbox.expunge(uids, session)
  if (!how.announces) view.collect({ expunges: true, unadjusted: false })
  return ok('Expunge completed.')
}
