// Another mail server for tests of the way out, by people who know nothing of ours: npm smtp-server, node:https.
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { conformingTls, type TlsBehaviour } from '../behaviour/tls.ts'
import { createCertificates } from '../certificates.ts'
import type { Network } from '../network/network.ts'

interface Taken {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
  readonly secure: boolean
  readonly ehlo: string
  readonly by: 'smtp' | 'https'
}

export interface PeerOptions {
  readonly domain?: string
  /** Host name of the exchange; undefined in `mx`: no MX record. */
  readonly host?: string
  readonly preference?: number
  readonly mx?: boolean
  readonly startTls?: boolean
  /** Its certificate authority is known to the network. */
  readonly trusted?: boolean
  readonly tls?: Partial<TlsBehaviour>
  /** Status for a POST to /mxdeliv; without it there is no port 443. */
  readonly https?: () => number
  /** A refusal at this stage, `452 4.2.2 full`; undefined: go on. */
  readonly answer?: (stage: 'connect' | 'mail' | 'rcpt' | 'data', value: string) => string | undefined
}

export interface TestPeer extends AsyncDisposable {
  readonly taken: readonly Taken[]
  /** SMTP connections and POSTs so far. */
  readonly connections: number
  readonly posts: number
  /** Nobody listens any more, or again. */
  down(): void
  up(): void
}

/** A refusal as smtp-server wants it. */
function refusal(text: string | undefined): Error | null {
  if (text === undefined) return null
  return Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) })
}

export async function startPeer(network: Network, options: PeerOptions = {}): Promise<TestPeer> {
  const domain = options.domain ?? 'other.test'
  const host = options.host ?? domain
  const answer = options.answer ?? (() => undefined)
  const certificates = await createCertificates([host], { ...conformingTls, names: ['{domain}'], ...options.tls })
  const taken: Taken[] = []
  let connections = 0
  let posts = 0
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: options.startTls === false ? ['STARTTLS', 'AUTH'] : ['AUTH'],
    key: certificates.key,
    cert: certificates.certificate,
    logger: false,
    disableReverseLookup: true,
    lenientAddressParsing: true,
    closeTimeout: 100,
    onConnect: (_session, done) => {
      connections += 1
      done(refusal(answer('connect', '')))
    },
    onMailFrom: ({ address }, _session, done) => done(refusal(answer('mail', address))),
    onRcptTo: ({ address }, _session, done) => done(refusal(answer('rcpt', address))),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1')
        const refused = refusal(answer('data', text))
        if (refused === null) {
          const { mailFrom, rcptTo } = session.envelope
          taken.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            text,
            secure: session.secure,
            ehlo: session.hostNameAppearsAs,
            by: 'smtp',
          })
        }
        done(refused)
      })
    },
  })
  smtp.on('error', () => {})
  await new Promise<void>((resolve) => {
    smtp.listen(0, '127.0.0.1', () => resolve())
  })
  const web =
    options.https === undefined ? undefined : createServer({ key: certificates.key, cert: certificates.certificate })
  web?.on('request', (request, response) => {
    posts += 1
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = options.https?.() ?? 404
      const many = (value: string | undefined) => (value === undefined ? [] : value.split(', '))
      if (status === 200) {
        taken.push({
          from: String(request.headers['x-mail-from'] ?? ''),
          to: many(request.headers['x-mail-to'] as string | undefined),
          text: Buffer.concat(chunks).toString('latin1'),
          secure: true,
          ehlo: `${request.method} ${request.url} ${request.headers.host}`,
          by: 'https',
        })
      }
      response.writeHead(status).end(`${status}`)
    })
  })
  if (web !== undefined) await listen(web)

  const leave: (() => void)[] = []
  const address = '127.0.0.1'
  const up = () => {
    leave.push(network.place(host, 25, { address, port: (smtp.server.address() as AddressInfo).port }))
    if (web !== undefined) leave.push(network.place(host, 443, { address, port: (web.address() as AddressInfo).port }))
  }
  const down = () => {
    for (const one of leave.splice(0)) one()
    for (const connection of smtp.connections) connection.close()
  }
  up()
  network.publish([{ name: host, type: 'A', address }])
  if (options.mx !== false) {
    network.publish([{ name: domain, type: 'MX', exchange: host, preference: options.preference ?? 10 }])
  }
  if (options.trusted !== false) network.trust(certificates.ca)
  return {
    taken,
    get connections() {
      return connections
    },
    get posts() {
      return posts
    },
    up,
    down,
    async [Symbol.asyncDispose]() {
      web?.closeAllConnections()
      web?.close()
      await new Promise<void>((resolve) => {
        smtp.close(() => resolve())
      })
    },
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
}
