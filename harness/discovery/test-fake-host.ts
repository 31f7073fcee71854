// A host that greets like a mail server and knows nothing else, for tests of discovery: real sockets on loopback.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { Service } from '../host/host.ts'
import { securityOf } from './places.ts'
import type { Leaf } from './test-certificates.ts'

export interface FakeHostOptions {
  readonly leaf: Leaf
  /** Default: imaps, imap, submissions, submission, https. */
  readonly services?: readonly Service[]
  /** Other certificates for some services. */
  readonly leaves?: Readonly<Partial<Record<Service, Leaf>>>
  /** What one service says first instead of its greeting. */
  readonly greetings?: Readonly<Partial<Record<Service, string>>>
  /** Accepts connections and says nothing. */
  readonly silent?: readonly Service[]
  /** Path to body; anything else is 404. */
  readonly pages?: Readonly<Record<string, string>>
  readonly ehlo?: readonly string[]
  readonly address?: string
  readonly ports?: Readonly<Partial<Record<Service, number>>>
}

export interface FakeHost extends AsyncDisposable {
  readonly ports: Readonly<Partial<Record<Service, number>>>
  /** Values of `--connect` for all services. */
  readonly connect: readonly string[]
  /** What clients said, line by line. */
  readonly heard: readonly string[]
}

export async function startFakeHost(options: FakeHostOptions): Promise<FakeHost> {
  const { services = ['imaps', 'imap', 'submissions', 'submission', 'https'], address = '127.0.0.1' } = options
  const sockets = new Set<Socket>()
  const servers: Server[] = []
  const heard: string[] = []
  const ports: Partial<Record<Service, number>> = {}
  for (const service of services) {
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
      if (options.silent?.includes(service) !== true) serve(service, socket, options, heard)
    })
    server.listen(options.ports?.[service] ?? 0, address)
    await once(server, 'listening')
    servers.push(server)
    ports[service] = (server.address() as AddressInfo).port
  }
  return {
    ports,
    connect: services.map(
      (service) => `${service}=${address.includes(':') ? `[${address}]` : address}:${ports[service]}`,
    ),
    heard,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

function serve(service: Service, socket: Socket, options: FakeHostOptions, heard: string[]): void {
  const { cert, key } = options.leaves?.[service] ?? options.leaf
  const secure = () => {
    const stream = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ cert, key }) })
    stream.on('error', () => socket.destroy())
    return stream
  }
  const protocol = service.startsWith('http') ? 'http' : service.startsWith('imap') ? 'imap' : 'smtp'
  const greeting = options.greetings?.[service] ?? { http: '', imap: '* OK ready\r\n', smtp: '220 ready\r\n' }[protocol]
  const answer = { http: httpAnswer, imap: imapAnswer, smtp: smtpAnswer }[protocol]
  const converse = (stream: Socket, first: string, encrypted: boolean) => {
    if (first !== '') stream.write(first)
    let pending = ''
    stream.on('data', (chunk: Buffer) => {
      const lines = (pending + chunk.toString('latin1')).split('\r\n')
      pending = lines.pop() ?? ''
      for (const line of lines) {
        heard.push(`${service} ${line}`)
        const reply = answer(line, encrypted || securityOf[service] !== 'starttls', options)
        if (reply !== '') stream.write(reply)
        if (/STARTTLS$/i.test(line)) {
          stream.removeAllListeners('data')
          return converse(secure(), '', true)
        }
        if (/LOGOUT$|^QUIT$/i.test(line) || reply.startsWith('HTTP/')) stream.end()
      }
    })
  }
  converse(securityOf[service] === 'tls' ? secure() : socket, greeting, securityOf[service] === 'tls')
}

function imapAnswer(line: string, encrypted: boolean): string {
  const [tag = '', command = ''] = line.split(' ')
  if (/^CAPABILITY$/i.test(command)) {
    return `* CAPABILITY IMAP4rev1 ${encrypted ? 'AUTH=PLAIN' : 'STARTTLS LOGINDISABLED'}\r\n${tag} OK done\r\n`
  }
  if (/^LOGOUT$/i.test(command)) return `* BYE\r\n${tag} OK done\r\n`
  return /^STARTTLS$/i.test(command) ? `${tag} OK begin\r\n` : `${tag} BAD what\r\n`
}

function smtpAnswer(line: string, encrypted: boolean, options: FakeHostOptions): string {
  if (/^EHLO/i.test(line)) {
    const keywords = [...(encrypted ? ['AUTH PLAIN'] : ['STARTTLS']), ...(options.ehlo ?? ['SIZE 31457280'])]
    return `250-fake\r\n${keywords.map((word, i) => `250${i === keywords.length - 1 ? ' ' : '-'}${word}\r\n`).join('')}`
  }
  if (/^QUIT$/i.test(line)) return '221 bye\r\n'
  return /^STARTTLS$/i.test(line) ? '220 go\r\n' : '500 what\r\n'
}

function httpAnswer(line: string, _encrypted: boolean, options: FakeHostOptions): string {
  const path = /^GET (\S+) HTTP/.exec(line)?.[1]
  if (path === undefined) return ''
  const body = options.pages?.[path]
  const head = `HTTP/1.1 ${body === undefined ? '404 Not Found' : '200 OK'}\r\nConnection: close\r\n`
  return `${head}Content-Length: ${Buffer.byteLength(body ?? '')}\r\n\r\n${body ?? ''}`
}
