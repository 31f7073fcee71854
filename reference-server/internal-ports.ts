// Ports of the inside that a careless operator leaves open: greets like a mail service, answers HTTP like one with
// figures. None on a good server. Used by startReference.
import { createServer, type Socket } from 'node:net'
import type { Listener } from './smtp/listener.ts'

const figures = 'accounts 1\nmessages 0\n'

export async function openInternalPort(port: number, host: string): Promise<Listener> {
  const sockets = new Set<Socket>()
  const web = port < 10_000
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setTimeout(10_000, () => socket.destroy())
    if (!web) socket.write('220 internal ESMTP\r\n')
    socket.on('data', (chunk: Buffer) => {
      if (!web) socket.end(/^QUIT/i.test(chunk.toString('latin1')) ? '221 Bye\r\n' : '250 Ok\r\n')
      else socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${figures.length}\r\nConnection: close\r\n\r\n${figures}`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
