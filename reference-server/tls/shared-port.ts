// One port for several services: looks at the first octets of a connection and hands it, untouched, to the service whose
// protocol the client offers by ALPN. Used for port 443.
import type { Server, Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import { readHello } from './client-hello.ts'

/** A ClientHello with post-quantum keys has about 2 kB. */
const mostOctets = 16_384
const mostMs = 10_000

/** Takes a connection over as if it had come to the service's own port. */
export type Take = (socket: Socket) => void

/**
 * Puts itself before `server`, which gets every connection that `choose` names no other service for: clients without
 * ALPN, with other offers, and those that do not speak TLS at all.
 */
export function sharePort(
  server: Server,
  options: { readonly clock: Clock; readonly choose: (offers: readonly string[]) => Take | undefined },
): void {
  const own = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  const peeking = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    peeking.add(socket)
    peek(socket, options.clock, (offers) => {
      peeking.delete(socket)
      if (socket.destroyed) return
      const take = options.choose(offers)
      if (take !== undefined) take(socket)
      else for (const listener of own) listener.call(server, socket)
    })
  })
  const close = server.close.bind(server)
  server.close = (done) => {
    for (const socket of peeking) socket.destroy()
    return close(done)
  }
}

/** `done` runs once: with the offers, or with none where nothing can be learned or the client went away. */
function peek(socket: Socket, clock: Clock, done: (offers: readonly string[]) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  const fail = () => socket.destroy()
  const finish = (offers: readonly string[]) => {
    stopWaiting()
    socket.off('data', take)
    socket.off('end', gone)
    socket.off('close', gone)
    socket.off('error', fail)
    // The next reader finds the socket as it came, with what was read back in front.
    socket.pause()
    if (chunks.length > 0 && !socket.destroyed) socket.unshift(Buffer.concat(chunks, length))
    done(offers)
  }
  const take = (chunk: Buffer) => {
    chunks.push(chunk)
    length += chunk.length
    const hello = readHello(Buffer.concat(chunks, length))
    if (hello.kind === 'hello') finish(hello.offers)
    else if (hello.kind === 'other' || length > mostOctets) finish([])
  }
  const gone = () => {
    fail()
    finish([])
  }
  const stopWaiting = clock.after(mostMs, gone)
  socket.on('data', take)
  socket.once('end', gone)
  socket.once('close', gone)
  socket.on('error', fail)
}
