// Opens the sessions of a virtual user, with consent asked and times recorded for each. Used by pair sessions.
import { type ImapClient, openImap } from '../../clients/imap.ts'
import { openSmtp, type SmtpClient } from '../../clients/smtp.ts'
import { isTurnedAway } from '../../clients/throttling.ts'
import type { Endpoint } from '../../host/host.ts'
import type { SessionUser } from '../thread/virtual-user.ts'
import type { LoadAssets, LoadServer, PlacedAccount } from './assets.ts'
import { demandConsent } from './consent.ts'

/** The server did not let us in, or not now. */
export class SessionRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SessionRefused'
  }
}

export async function openSubmission(vu: SessionUser, assets: LoadAssets, account: PlacedAccount): Promise<SmtpClient> {
  const server = serverOf(assets, account)
  const client = await orLimited(vu, () => openSmtp(sessionOptions(vu, assets, server, server.submission)))
  const reply = await client.authPlain(account.address, account.password)
  if (reply.code !== 235) {
    countTraffic(vu, client)
    client.close()
    throw new SessionRefused(`submission does not let ${account.address} in: ${reply.code} ${reply.text}`)
  }
  const { tcp, tls, auth } = client.times
  vu.add('smtp_connecting', tcp)
  if (tls !== undefined) vu.add('smtp_tls_handshaking', tls)
  if (auth !== undefined) vu.add('smtp_auth_duration', auth)
  return client
}

export interface Inbox {
  readonly client: ImapClient
  /** Mail with a lower UID was there before. */
  readonly uidNext: number
}

/** With INBOX selected. */
export async function openInbox(vu: SessionUser, assets: LoadAssets, account: PlacedAccount): Promise<Inbox> {
  const server = serverOf(assets, account)
  const client = await orLimited(vu, () => openImap(sessionOptions(vu, assets, server, server.imap)))
  const reply = await client.login(account.address, account.password)
  if (reply.status !== 'OK') {
    countTraffic(vu, client)
    client.close()
    throw new SessionRefused(`IMAP does not let ${account.address} in: ${reply.status} ${reply.text}`)
  }
  const { tcp, tls, auth } = client.times
  vu.add('imap_connecting', tcp)
  if (tls !== undefined) vu.add('imap_tls_handshaking', tls)
  if (auth !== undefined) vu.add('imap_login_duration', auth)
  const selected = await client.select('INBOX')
  if (!selected.ok) {
    client.close()
    throw new SessionRefused(`INBOX of ${account.address} cannot be selected: ${selected.reply.text}`)
  }
  return { client, uidNext: selected.uidNext ?? (await uidAfterLast(client)) }
}

/** For servers whose SELECT tells no UIDNEXT. */
async function uidAfterLast(client: ImapClient): Promise<number> {
  if (client.exists === 0) return 1
  const { messages } = await client.uidFetch('*', '(UID)')
  return Math.max(0, ...messages.map(({ uid = 0 }) => uid)) + 1
}

function serverOf({ servers }: LoadAssets, { server }: PlacedAccount): LoadServer {
  const found = servers[server]
  if (found === undefined) throw new Error(`there is no server number ${server}`)
  return found
}

/** Throws ConsentMissing. */
export function sessionOptions(
  vu: SessionUser,
  { timing, consent }: LoadAssets,
  { trust }: LoadServer,
  endpoint: Endpoint,
) {
  demandConsent(endpoint.address, consent)
  return { endpoint, trust, timing, signal: vu.iteration?.signal }
}

const counted = new WeakMap<object, { sent: number; received: number }>()

/** Adds to `data_sent` and `data_received` what a session has moved since the last time. */
export function countTraffic(vu: SessionUser, client: Pick<SmtpClient | ImapClient, 'traffic'>): void {
  const { sent, received } = client.traffic
  const before = counted.get(client) ?? { sent: 0, received: 0 }
  counted.set(client, { sent, received })
  vu.add('data_sent', sent - before.sent)
  vu.add('data_received', received - before.received)
}

/** A server that turns us away for want of room is not slow: that is counted apart. */
async function orLimited<T>(vu: SessionUser, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (isTurnedAway(error)) vu.add('limits_hit', 1)
    throw error
  }
}
