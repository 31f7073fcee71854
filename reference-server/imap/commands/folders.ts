// CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE (RFC 3501 6.3.3 to 6.3.7).
import { bad, type Handler, no, ok } from '../outcome.ts'
import { stringOf } from '../tokens.ts'
import { findMailbox, isNewName } from './mailbox-name.ts'

export const create: Handler = (session, { args }) => {
  const name = stringOf(args[0])?.replace(/\.$/, '')
  if (name === undefined) return bad('Error in IMAP command CREATE: Missing mailbox.')
  if (!isNewName(session, name)) return no('Invalid mailbox name.', 'CANNOT')
  if (findMailbox(session, name) !== undefined) return no('Mailbox already exists.', 'ALREADYEXISTS')
  return session.user?.store.create(name) === undefined ? no('Too many mailboxes.', 'LIMIT') : ok('Create completed.')
}

export const remove: Handler = (session, { args }) => {
  const name = stringOf(args[0])
  if (name === undefined) return bad('Error in IMAP command DELETE: Missing mailbox.')
  const mailbox = findMailbox(session, name)
  if (mailbox === undefined) return no("Mailbox doesn't exist.", 'NONEXISTENT')
  if (mailbox === session.view?.mailbox) session.deselect()
  return session.user?.store.delete(name, session) ? ok('Delete completed.') : no("INBOX can't be deleted.", 'CANNOT')
}

export const rename: Handler = (session, { args }) => {
  const from = stringOf(args[0])
  const to = stringOf(args[1])
  if (from === undefined || to === undefined) return bad('Error in IMAP command RENAME: Missing mailbox.')
  if (findMailbox(session, from) === undefined) return no("Mailbox doesn't exist.", 'NONEXISTENT')
  if (!isNewName(session, to)) return no('Invalid mailbox name.', 'CANNOT')
  return session.user?.store.rename(from, to) ? ok('Rename completed.') : no('Mailbox already exists.', 'ALREADYEXISTS')
}

export const subscribe: Handler = (session, { args }) => {
  const name = stringOf(args[0])
  if (name === undefined) return bad('Error in IMAP command SUBSCRIBE: Missing mailbox.')
  if (findMailbox(session, name) === undefined) return no("Mailbox doesn't exist.", 'NONEXISTENT')
  session.user?.store.subscribe(name)
  return ok('Subscribe completed.')
}

export const unsubscribe: Handler = (session, { args }) => {
  const name = stringOf(args[0])
  if (name === undefined) return bad('Error in IMAP command UNSUBSCRIBE: Missing mailbox.')
  session.user?.store.unsubscribe(name)
  return ok('Unsubscribe completed.')
}
