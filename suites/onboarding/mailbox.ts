// A marker in a mailbox: a message put there by APPEND, to see who else sees it. Used by the checks of first logins.
import { attempt, imapOk } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { messageIdOf } from '../../harness/mail/parse.ts'
import type { Credentials } from './login.ts'

/** Files a message into INBOX and gives its Message-ID. Encrypted, because some servers refuse anything else. */
export async function putMarker(t: CheckContext, client: ImapClient, owner: Credentials): Promise<string> {
  const mail = await t.mail.encrypted(owner.address, owner.address)
  t.control('a message is filed by APPEND', await attempt(client.append('INBOX', mail.bytes)), imapOk)
  return mail.messageId
}

/** Does this session see the marker in INBOX? False also where INBOX cannot be opened. */
export async function seesMarker(client: ImapClient, messageId: string): Promise<boolean> {
  return (await markerUid(client, messageId)) !== undefined
}

/** Takes the marker out again; best effort. */
export async function removeMarker(client: ImapClient, messageId: string): Promise<void> {
  const uid = await markerUid(client, messageId)
  if (uid === undefined) return
  await attempt(client.uidStore(String(uid), '+FLAGS', ['\\Deleted'], { silent: true }))
  await attempt(client.closeMailbox())
}

/** The mailboxes looked at are new: a handful of messages at most. */
async function markerUid(client: ImapClient, messageId: string): Promise<number | undefined> {
  const selected = await attempt(client.select('INBOX'))
  if (selected instanceof WireError || !selected.ok || selected.exists === 0) return undefined
  const got = await attempt(client.uidFetch('1:*', '(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])'))
  if (got instanceof WireError) return undefined
  return got.messages.find(({ sections }) =>
    [...sections.values()].some((octets) => octets !== null && messageIdOf(octets) === messageId),
  )?.uid
}
