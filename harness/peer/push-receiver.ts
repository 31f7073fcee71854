// A push service of our own on loopback: hears which devices a server wakes, and answers as a check wants it. Started beside the
// reference server by whoever runs checks on it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushService } from '../host/host.ts'

export interface PushReceiver extends AsyncDisposable {
  /** Where tokens are to be posted to. */
  readonly url: string
  readonly power: PushService
}

/** Octets; those that phones get have a few hundred. */
const longestToken = 8_192
/** A server that never stops does not fill our memory. */
const mostKept = 100_000

export async function openPushReceiver(): Promise<PushReceiver> {
  const received: string[] = []
  const statuses = new Map<string, number>()
  const server = createServer((request, response) => {
    hear(request, response, (token) => {
      if (received.length < mostKept) received.push(token)
      return statuses.get(token) ?? 200
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/notify`,
    power: {
      received: () => [...received],
      answer: (token, status) => void statuses.set(token, status),
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function hear(request: IncomingMessage, response: ServerResponse, statusFor: (token: string) => number): void {
  const chunks: Buffer[] = []
  let octets = 0
  const answer = (status: number) => response.writeHead(status, { connection: 'close' }).end()
  request.on('error', () => response.destroy())
  response.on('error', () => request.destroy())
  request.on('data', (chunk: Buffer) => {
    octets += chunk.length
    if (octets <= longestToken) chunks.push(chunk)
  })
  request.on('end', () => {
    if (request.method !== 'POST') answer(405)
    else if (octets > longestToken) answer(413)
    else answer(statusFor(Buffer.concat(chunks).toString('latin1')))
  })
}
