// A mailbox that a check makes for itself and takes away again. Used by the checks of MOVE, COPY and CREATE.
import { imapOk } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { messageIdOf } from '../../harness/mail/parse.ts'

/** No such mailbox was ever there: part of the name is random. */
export async function spareName(t: CheckContext, client: ImapClient): Promise<string> {
  return ownMailbox(client, `chatmail-check-${t.mail.random.hex(12)}`)
}

/** The name of a mailbox of the user's own. Some servers make them below INBOX only, and tell so by NAMESPACE. */
export async function ownMailbox(client: ImapClient, name: string): Promise<string> {
  if (!client.capabilities.has('NAMESPACE')) await client.capability()
  if (!client.capabilities.has('NAMESPACE')) return name
  const { personal = '' } = await client.namespace()
  return `${personal}${name}`
}

export async function withMailbox(t: CheckContext, client: ImapClient, use: (mailbox: string) => Promise<void>) {
  const mailbox = await spareName(t, client)
  t.control('a mailbox is made', await client.create(mailbox), imapOk, { coveredBy: 'imap/makes-mailboxes' })
  try {
    await use(mailbox)
  } finally {
    await deleteQuietly(client, mailbox)
  }
}

/** Whether it works is no matter of the check that cleans up behind itself. */
export async function deleteQuietly(client: ImapClient, mailbox: string): Promise<void> {
  try {
    await client.delete(mailbox)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
  }
}

/** The messages of a mailbox as a session of its own sees them. */
export async function contentsOf(t: CheckContext, account: Account, mailbox: string) {
  const client = await t.imap(account)
  t.control(`${mailbox} is opened`, (await client.select(mailbox)).reply, imapOk)
  const { messages } = await client.uidFetch('1:*', '(UID FLAGS BODY.PEEK[])')
  return messages.map((message) => ({
    uid: message.uid ?? 0,
    messageId: messageIdOf(message.sections.get('') ?? new Uint8Array()),
    flags: message.flags?.map((flag) => flag.toUpperCase()),
  }))
}
