// A notification service for tests of the notifier: notes what is posted, answers as it is told.
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Journal } from '../journal.ts'

export interface Sink extends AsyncDisposable {
  readonly url: string
  /** Bodies in the order they came in. */
  readonly posted: readonly string[]
  /** Resolves once so many have come. */
  received(count: number): Promise<void>
}

/** `answer`: status for the body and its place in the order; undefined: no answer at all. */
export async function openSink(
  answer: (body: string, nth: number) => number | undefined,
  tls?: { readonly cert: string; readonly key: string },
): Promise<Sink> {
  const posted: string[] = []
  const sockets = new Set<Socket>()
  let wake = () => {}
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('latin1')
    })
    request.on('end', () => {
      posted.push(body)
      wake()
      const status = request.method === 'POST' ? answer(body, posted.length) : 405
      if (status === undefined) return
      response.writeHead(status).end('thanks')
    })
  }
  const server = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: tls === undefined ? `http://127.0.0.1:${port}/notify` : `https://localhost:${port}/notify`,
    posted,
    async received(count) {
      while (posted.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Resolves once the journal holds so many lines that match. */
export function journalled(journal: Journal, pattern: RegExp, times: number): Promise<void> {
  const count = () => journal.events.filter(({ text }) => pattern.test(text)).length
  return new Promise((resolve) => {
    if (count() >= times) return resolve()
    const leave = journal.subscribe(() => {
      if (count() < times) return
      leave()
      resolve()
    })
  })
}
