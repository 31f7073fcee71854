// Sessions with the bench's peer, ours and theirs. Used by the bench.
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import type { Service, Trust } from '../../host/host.ts'
import { type ImapClient, openImap } from '../imap.ts'
import { openSmtp, type SmtpClient } from '../smtp.ts'
import type { PeerReady } from './peer.ts'

export interface Credentials {
  readonly address: string
  readonly password: string
}

/** What it takes to reach IMAP. */
type Secured = Pick<PeerReady, 'imaps' | 'ca' | 'domain'>

const timing = { connect: 5_000, reply: 20_000 }

/** One for each peer, as a host has one. */
const trusts = new Map<string, Trust>()

function trustOf({ ca }: Pick<PeerReady, 'ca'>): Trust {
  const trust = trusts.get(ca) ?? { mode: 'ca', ca: [ca] }
  trusts.set(ca, trust)
  return trust
}

const endpoint = (peer: Pick<PeerReady, 'domain'>, service: Service, port: number) =>
  ({ service, security: 'tls', name: peer.domain, address: '127.0.0.1', port }) as const

export async function ourImap(peer: Secured, { address, password }: Credentials): Promise<ImapClient> {
  const client = await openImap({ endpoint: endpoint(peer, 'imaps', peer.imaps), trust: trustOf(peer), timing })
  await client.login(address, password)
  await client.select()
  return client
}

export async function ourSubmission(peer: PeerReady, { address, password }: Credentials): Promise<SmtpClient> {
  const where = endpoint(peer, 'submissions', peer.submissions)
  const client = await openSmtp({ endpoint: where, trust: trustOf(peer), timing })
  await client.authPlain(address, password)
  return client
}

export function ourSink(port: number): Promise<SmtpClient> {
  const where = {
    service: 'submission',
    security: 'none',
    name: 'sink',
    address: '127.0.0.1',
    port,
  } as const
  return openSmtp({ endpoint: where, trust: { mode: 'presented' }, timing })
}

export async function theirImap(peer: Secured, { address, password }: Credentials): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: peer.imaps,
    secure: true,
    servername: peer.domain,
    tls: { ca: peer.ca },
    auth: { user: address, pass: password },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
  })
  client.on('error', () => {})
  await client.connect()
  await client.mailboxOpen('INBOX')
  return client
}

export function theirSink(port: number, sessions: number) {
  return createTransport({
    pool: true,
    maxConnections: sessions,
    maxMessages: Number.POSITIVE_INFINITY,
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    tls: {},
  })
}
