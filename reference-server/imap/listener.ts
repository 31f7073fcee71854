// Listens for IMAP clients: startImap is called once a port by startReference.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { ImapConnection } from './connection.ts'
import type { ImapOptions } from './options.ts'
import { createRegistry, type Registry } from './registry.ts'
import { Session } from './session.ts'

interface Listener {
  readonly port: number
  /** Serves a connection that came in elsewhere: at the port that is shared by ALPN. */
  take(socket: Socket): void
  /** Ends all connections and frees the port. */
  close(): Promise<void>
}

/** Rejects when the port cannot be had. Give the listeners of one server the same `registry`. */
export async function startImap(options: ImapOptions, registry: Registry = createRegistry()): Promise<Listener> {
  const open = new Set<ImapConnection>()
  /** Those with a session: the refused do not count. */
  const served = new Set<ImapConnection>()
  const server = createServer((socket) => {
    serve(socket).catch((error: unknown) => {
      options.journal.add('imap', `session ended by an internal error: ${error instanceof Error ? error.stack : error}`)
      socket.destroy()
    })
  })

  function isOver({ client }: ImapConnection): boolean {
    const { connections, connectionsPerClient: mostOfClient } = options.behaviour().imap.limits
    if (connections > 0 && served.size >= connections) return true
    return mostOfClient > 0 && [...served].filter((one) => one.client === client).length >= mostOfClient
  }

  async function serve(socket: Socket): Promise<void> {
    let session: Session | undefined
    const closed = () => {
      open.delete(connection)
      served.delete(connection)
      session?.closed()
    }
    const connection = new ImapConnection(socket, closed, options.storage)
    open.add(connection)
    const fault = options.faults.take('imap:connect')
    if (fault?.kind === 'slow') await options.clock.sleep(fault.ms ?? 0)
    else if (fault !== undefined) connection.destroy()
    if (connection.closed) return
    const { delayMs } = options.behaviour().imap.handshake
    if (options.security === 'tls' && delayMs > 0) await options.clock.sleep(delayMs)
    if (options.security === 'starttls') connection.open()
    else if (!(await connection.secure(options.tls(), options.behaviour().imap.handshake))) return
    if (isOver(connection)) {
      connection.write('* BYE Maximum number of connections exceeded.\r\n')
      connection.end()
      return
    }
    served.add(connection)
    session = new Session(connection, options, registry)
    await session.run()
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: options.host, port: options.port, backlog: 1024 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', (error) => options.journal.add('imap', `listener: ${error.message}`))
  return {
    take: (socket) => void server.emit('connection', socket),
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of [...open]) connection.destroy()
      await closed
    },
  }
}
