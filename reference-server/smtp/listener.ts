// The SMTP ports: 465 with TLS from the first byte, 587 and 25 with STARTTLS. Started by startReference.
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import type { Certificates } from '../certificates.ts'
import type { SmtpRole } from './role.ts'
import { SmtpSession } from './session.ts'

export interface Listener {
  readonly port: number
  close(): Promise<void>
}

export interface MailListener extends Listener {
  /** Serves a connection that came in elsewhere: at the port that is shared by ALPN. */
  take(socket: Socket): void
}

/** A refused client has so long to close. */
const lastWordsMs = 5_000

/** Port 1 of loopback, where connections are refused. */
export const nobodyListens: Listener = { port: 1, close: async () => {} }

export async function startSmtp(options: {
  readonly role: SmtpRole
  readonly certificates: Certificates
  readonly security: 'tls' | 'starttls'
  readonly host: string
  readonly port: number
}): Promise<MailListener> {
  const { role, certificates, security } = options
  const { services } = role
  const sockets = new Set<Socket>()
  /** Those with a session: the refused do not count. */
  const served = new Set<Socket>()
  const { tls } = services.behaviour()

  const accept = (socket: Socket) => {
    const most = services.behaviour().limits.connections
    const mostOfClient = role.connectionsPerClient()
    const ofClient = mostOfClient > 0 ? [...served].filter((one) => sameClient(one, socket)).length : -1
    if ((most > 0 && served.size >= most) || ofClient >= mostOfClient) {
      socket.end(`421 4.7.0 ${services.domains[0]} Error: too many connections from ${socket.remoteAddress}\r\n`)
      socket.setTimeout(lastWordsMs, () => socket.destroy())
      return
    }
    served.add(socket)
    socket.once('close', () => served.delete(socket))
    if (socket instanceof TLSSocket && services.behaviour().tls.requiresServerName && !socket.servername)
      socket.destroy()
    const session = new SmtpSession(socket, {
      role,
      secureContext: certificates[role.tls],
      secure: security === 'tls',
    })
    void session.run()
  }
  const inner: Server =
    security === 'tls'
      ? createTlsServer(
          {
            ...certificates.options.mail,
            noDelay: true,
            handshakeTimeout: 10_000,
            ...(tls.alpn.length > 0 ? { ALPNProtocols: [...tls.alpn] } : {}),
          },
          accept,
        )
      : createTcpServer({ noDelay: true }, accept)
  const late = security === 'tls' && tls.handshakeDelayMs > 0
  const server = late
    ? createTcpServer({ noDelay: true }, async (socket) => {
        await services.clock.sleep(tls.handshakeDelayMs)
        inner.emit('connection', socket)
      })
    : inner
  // Before it is accepted, so that closing ends handshakes, too.
  server.prependListener('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  inner.on('tlsClientError', (_error, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const address = server.address()
  return {
    take: (socket) => void server.emit('connection', socket),
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function sameClient(one: Socket, other: Socket): boolean {
  return one.remoteAddress === other.remoteAddress
}
