// Single sessions beside a load run: opened with consent, one account each, and what they leave in a mailbox taken away again. Used by
// the lone message and the probes of a capacity run.
import { type ImapClient, openImap } from '../clients/imap.ts'
import { openSmtp, type SmtpClient } from '../clients/smtp.ts'
import type { Endpoint, Host } from '../host/host.ts'
import type { LoadAccount, PoolMessage } from '../load/chatmail/assets.ts'
import { type Consent, demandConsent } from '../load/chatmail/consent.ts'
import { messageId, writeMessage } from '../load/chatmail/message.ts'

export interface Place {
  readonly host: Host
  readonly imap: Endpoint
  readonly submission: Endpoint
  readonly consent: Consent
  readonly signal: AbortSignal
  /** Stands in the Message-ID of everything that is sent. */
  readonly runId: string
}

/** A session that was not let in; the message is what the server said. */
export class NotLetIn extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotLetIn'
  }
}

export interface Mailbox {
  readonly client: ImapClient
  readonly account: LoadAccount
  /** What has a lower UID was there before. */
  readonly uidNext: number
}

/** Logged in, INBOX selected. Throws NotLetIn, WireError, ConsentMissing. */
export async function openMailbox(place: Place, account: LoadAccount): Promise<Mailbox> {
  demandConsent(place.imap.address, place.consent)
  const client = await openImap(options(place, place.imap))
  const reply = await client.login(account.address, account.password)
  const selected = reply.status === 'OK' ? await client.select('INBOX') : undefined
  if (selected?.ok) return { client, account, uidNext: selected.uidNext ?? client.exists + 1 }
  client.close()
  throw new NotLetIn(selected === undefined ? `LOGIN: ${reply.status} ${reply.text}` : `SELECT: ${selected.reply.text}`)
}

/** Throws NotLetIn, WireError, ConsentMissing. */
export async function openSender(place: Place, account: LoadAccount): Promise<SmtpClient> {
  demandConsent(place.submission.address, place.consent)
  const client = await openSmtp(options(place, place.submission))
  const reply = await client.authPlain(account.address, account.password)
  if (reply.code === 235) return client
  client.close()
  throw new NotLetIn(`AUTH: ${reply.code} ${reply.text}`)
}

function options({ host, signal }: Place, endpoint: Endpoint) {
  return { endpoint, trust: host.trust, timing: host.timing, signal }
}

let minted = 0

/** A message of this run, with the body of a pool. */
export function mint({ runId }: Place, from: string, body: PoolMessage): Uint8Array {
  const date = new Date().toUTCString().replace('GMT', '+0000')
  const number = minted++
  return writeMessage(
    { from, date, messageId: messageId(runId, { to: 0, upTo: 0, number, attachment: 'probe' }) },
    body,
  )
}

/** Removes what this run has sent there since the session was opened, and says goodbye; what fails is left behind. */
export async function leaveClean({ client, uidNext }: Mailbox, { runId }: Place): Promise<void> {
  try {
    await client.noop()
    const { messages } = await client.uidFetch(`${uidNext}:*`, '(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])')
    const ours = messages.flatMap(({ uid = 0, sections }) => {
      const header = Buffer.from([...sections.values()][0] ?? []).toString('latin1')
      return uid >= uidNext && header.includes(`<load.${runId}.`) ? [uid] : []
    })
    if (ours.length > 0) {
      await client.uidStore(ours.join(','), '+FLAGS.SILENT', ['\\Deleted'])
      if (client.capabilities.has('UIDPLUS')) await client.uidExpunge(ours.join(','))
      else await client.expunge()
    }
  } catch {
    // The session is over, and with it the probe.
  } finally {
    await client[Symbol.asyncDispose]()
  }
}
