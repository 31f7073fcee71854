// A proxy before a conforming server that turns hostile at a chosen stage. It speaks TLS on both sides, so that it sees the dialogue.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import type { Endpoint, Host, Service } from '../harness/host/host.ts'
import { conforming } from '../reference-server/behaviour/index.ts'
import { createCertificates } from '../reference-server/certificates.ts'

export const hostilities = ['close', 'reset', 'silent', 'drip', 'garbage', 'endless-line', 'huge-literal'] as const

export type Hostility = (typeof hostilities)[number]

/** When a connection turns: at once, or after a line from the client or the server that fits. */
export interface Stage {
  readonly id: string
  readonly service: 'imaps' | 'submissions' | 'https'
  readonly at: 'connect' | { readonly client: RegExp } | { readonly server: RegExp }
}

export const stages: readonly Stage[] = [
  { id: 'imap greeting', service: 'imaps', at: 'connect' },
  { id: 'imap login', service: 'imaps', at: { client: /^\S+ (LOGIN|AUTHENTICATE) /i } },
  { id: 'imap select', service: 'imaps', at: { client: /^\S+ SELECT /i } },
  { id: 'imap fetch literal', service: 'imaps', at: { server: /^\* \d+ FETCH .*\{\d+\}$/i } },
  { id: 'imap append', service: 'imaps', at: { client: /^\S+ APPEND /i } },
  { id: 'imap idle', service: 'imaps', at: { client: /^\S+ IDLE$/i } },
  { id: 'smtp greeting', service: 'submissions', at: 'connect' },
  { id: 'smtp auth', service: 'submissions', at: { client: /^AUTH /i } },
  { id: 'smtp mail', service: 'submissions', at: { client: /^MAIL FROM/i } },
  { id: 'smtp data', service: 'submissions', at: { client: /^DATA$/i } },
  { id: 'smtp body', service: 'submissions', at: { server: /^354/ } },
  { id: 'http request', service: 'https', at: { client: /^(GET|POST|HEAD) / } },
]

export interface HostileHost extends AsyncDisposable {
  readonly host: Host
  readonly port: number
  /** How many connections turned hostile. */
  turned(): number
}

/** Shortened waits: what is shown is that everything ends by its deadline, not how long a person would wait. */
const timing: Host['timing'] = { connect: 400, reply: 400, arrival: 400, check: 2_500, backoff: 50 }

export async function hostileHost(host: Host, stage: Stage, hostility: Hostility): Promise<HostileHost> {
  const certificates = await createCertificates([host.domain], conforming().tls)
  const upstream = host.endpoints[stage.service]
  if (!upstream) throw new Error(`the host has no ${stage.service}`)
  let turned = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const client = new TLSSocket(socket, {
      isServer: true,
      secureContext: certificates.mail,
      ALPNProtocols: ['imap', 'smtp', 'http/1.1'],
    })
    relay(client, upstream, host, stage, () => {
      turned++
      return hostility
    })
  })
  const port = await listen(server)
  const others = Object.entries(host.endpoints).filter(([service]) => service === stage.service)
  const endpoints = Object.fromEntries(
    others.map(([service, endpoint]) => [service, { ...endpoint, address: '127.0.0.1', port }]),
  )
  return {
    // Only the proxied service has a way in, so that no check gets round the stage by its twin (587, 143).
    host: {
      ...host,
      endpoints: { ...keepApart(host, stage.service), ...endpoints },
      trust: { mode: 'ca', ca: [certificates.ca, ...(host.trust.ca ?? [])] },
      timing,
    },
    port,
    turned: () => turned,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function keepApart(host: Host, service: Service): Host['endpoints'] {
  const twin: Partial<Record<Service, Service>> = { imaps: 'imap', submissions: 'submission', https: 'http' }
  return Object.fromEntries(Object.entries(host.endpoints).filter(([name]) => name !== twin[service]))
}

function relay(client: TLSSocket, upstream: Endpoint, host: Host, stage: Stage, turn: () => Hostility): void {
  client.on('error', () => client.destroy())
  let hostile = false
  const goHostile = () => {
    hostile = true
    server?.destroy()
    behave(client, turn())
  }
  let server: TLSSocket | undefined
  if (stage.at === 'connect') {
    client.once('secure', goHostile)
    client.on('data', () => undefined)
    return
  }
  const trust = host.trust.ca ? { ca: [...host.trust.ca] } : {}
  server = connectTls({ host: upstream.address, port: upstream.port, servername: upstream.name, ...trust })
  server.on('error', () => client.destroy())
  const lineOf = { client: lineWatch(stage.at, 'client'), server: lineWatch(stage.at, 'server') }
  client.on('data', (bytes: Buffer) => {
    if (hostile) return
    if (lineOf.client(bytes)) goHostile()
    else server?.write(bytes)
  })
  server.on('data', (bytes: Buffer) => {
    if (hostile) return
    const seen = lineOf.server(bytes)
    client.write(seen === undefined ? bytes : bytes.subarray(0, seen))
    if (seen !== undefined) goHostile()
  })
  client.on('close', () => server?.destroy())
  server.on('close', () => {
    if (!hostile) client.destroy()
  })
}

/** Answers the offset behind the first line that fits, in the chunk it ends in. */
function lineWatch(at: { client: RegExp } | { server: RegExp }, side: 'client' | 'server') {
  const pattern = side in at ? (at as Record<string, RegExp>)[side] : undefined
  let rest = ''
  return (bytes: Buffer): number | undefined => {
    if (!pattern) return undefined
    const before = rest.length
    const text = rest + bytes.toString('latin1')
    let from = 0
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n', from)) {
      if (pattern.test(text.slice(from, end))) return Math.max(0, end + 2 - before)
      from = end + 2
    }
    rest = text.slice(from).slice(-4096)
    return undefined
  }
}

function behave(client: TLSSocket, hostility: Hostility): void {
  const forever = (ms: number, chunk: Buffer) => {
    const timer = setInterval(() => {
      if (client.writableLength < 4_000_000) client.write(chunk)
    }, ms)
    client.once('close', () => clearInterval(timer))
  }
  switch (hostility) {
    case 'close':
      client.end()
      return
    case 'reset':
      client.destroy()
      return
    case 'silent':
      return
    case 'drip':
      forever(100, Buffer.from('2'))
      return
    case 'garbage':
      client.write(Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + 13) % 256)))
      return
    case 'endless-line':
      forever(5, Buffer.alloc(65_536, 'x'))
      return
    case 'huge-literal':
      client.write('* 1 FETCH (UID 1 FLAGS () BODY[] {4294967295}\r\n')
      forever(5, Buffer.alloc(65_536, 'y'))
      return
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
