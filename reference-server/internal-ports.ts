// Ports of the inside that a careless operator leaves open: greets like a mail service, answers HTTP like one with
// figures. None on a good server. Used by startReference.
import { createServer, type Socket } from 'node:net'
import type { Listener } from './smtp/listener.ts'

const figures = 'accounts 1\nmessages 0\n'

/** Where the inside speaks HTTP: deliveries, which are posted, and figures. */
const webAnswers = [
  { isAt: (port: number) => port === 10_082, answer: answer('405 Method Not Allowed', 'Method Not Allowed') },
  { isAt: (port: number) => port < 10_000, answer: answer('200 OK', figures) },
]

function answer(status: string, body: string): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
}

export async function openInternalPort(port: number, host: string): Promise<Listener> {
  const sockets = new Set<Socket>()
  const web = webAnswers.find(({ isAt }) => isAt(port))?.answer
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setTimeout(10_000, () => socket.destroy())
    if (web === undefined) socket.write('220 internal ESMTP\r\n')
    socket.on('data', (chunk: Buffer) => {
      if (web === undefined) socket.end(/^QUIT/i.test(chunk.toString('latin1')) ? '221 Bye\r\n' : '250 Ok\r\n')
      else socket.end(web)
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
