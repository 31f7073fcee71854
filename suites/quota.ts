// What INBOX may hold, as IMAP tells it. Used by the checks of QUOTA, here and in Delta Chat.
import { attempt, type ImapAnswer } from '../harness/check/matchers.ts'
import type { ImapClient, QuotaResource } from '../harness/clients/imap.ts'
import { WireError } from '../harness/host/wire-error.ts'

export const noLimit = 'INBOX has no limit of STORAGE'

/** `unlimited`: the server says that there is no limit, which is not the same as saying nothing. */
export async function storageOf(
  client: ImapClient,
): Promise<{ readonly reply: ImapAnswer; readonly storage?: QuotaResource; readonly unlimited: boolean }> {
  const quota = await attempt(client.quotaRoot('INBOX'))
  if (quota instanceof WireError) return { reply: quota, unlimited: false }
  const storage = quota.resources.find(({ name }) => name === 'STORAGE')
  return { reply: quota.reply, ...(storage === undefined ? {} : { storage }), unlimited: quota.unlimited }
}
