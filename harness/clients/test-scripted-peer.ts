// A peer that plays a script on a real socket: for the tests of the clients, hostile behaviour above all.
import { createServer, type Socket } from 'node:net'
import type { Security, Service } from '../host/host.ts'
import type { ConnectOptions } from './connect-options.ts'

export interface Peer extends AsyncDisposable {
  readonly port: number
  /** Everything clients sent, one char an octet. */
  readonly heard: () => string
  /** Ready for openSmtp and openImap: short waits, plain text. */
  options(service: Service, overrides?: Partial<ConnectOptions> & { security?: Security }): ConnectOptions
}

/** What a script may do to the client in front of it. */
export interface Line {
  readonly socket: Socket
  send(text: string | Uint8Array): void
  /** Waits for something that the client sends, from where the last wait ended. */
  hear(pattern: RegExp): Promise<RegExpExecArray>
}

/** `script` runs once for each connection; when it ends the connection stays open. */
export async function scriptedPeer(script: (line: Line) => Promise<void> | void): Promise<Peer> {
  let heard = ''
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    let unread = ''
    let wake: (() => void) | undefined
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      unread += chunk.toString('latin1')
      wake?.()
    })
    const line: Line = {
      socket,
      send: (text) => void (socket.writable && socket.write(text)),
      async hear(pattern) {
        for (;;) {
          const match = pattern.exec(unread)
          if (match !== null) {
            unread = unread.slice(match.index + match[0].length)
            return match
          }
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      },
    }
    void script(line)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    heard: () => heard,
    options: (service, { security = 'none', ...overrides } = {}) => ({
      endpoint: { service, security, name: 'peer.test', address: '127.0.0.1', port },
      trust: { mode: 'presented' },
      timing: { connect: 400, reply: 400 },
      ...overrides,
    }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
