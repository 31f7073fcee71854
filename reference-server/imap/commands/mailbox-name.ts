// Finds a mailbox by the name a client wrote, and checks names of new ones.
import type { Mailbox } from '../../mailbox/mailbox.ts'
import type { Session } from '../session.ts'

export function findMailbox(session: Session, name: string): Mailbox | undefined {
  const { inboxName } = session.behaviour.select
  if (inboxName === 'upper-case-only' && name.toUpperCase() === 'INBOX' && name !== 'INBOX') return undefined
  return session.user?.store.get(name)
}

/** As RFC 3501 5.1 allows them, in modified UTF-7 or plain, with this server's separator, in the namespace that it tells. */
export function isNewName(session: Session, name: string): boolean {
  const { personal } = session.behaviour.namespace
  return (
    (personal !== 'below-inbox' || /^inbox\../i.test(name)) &&
    name.length > 0 &&
    name.length <= 255 &&
    !/[\x00-\x1f\x7f-\xff%*"\\]/.test(name) &&
    !name.startsWith('.') &&
    !name.includes('..') &&
    name.split('.').length <= 16
  )
}

/** Where APPEND, COPY or MOVE go; `created` by servers that make what is missing. */
export function targetMailbox(
  session: Session,
  name: string,
  missing: 'trycreate' | 'plain-no' | 'created',
): Mailbox | undefined {
  const found = findMailbox(session, name)
  return found ?? (missing === 'created' && isNewName(session, name) ? session.user?.store.create(name) : undefined)
}
