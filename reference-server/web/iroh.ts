// The realtime relay as apps and probes see it: `/relay`, `/ping` and `/generate_204`. It takes connections and holds them; it
// passes nothing on between them. Used by the router and the web server.
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { CallsBehaviour } from '../behaviour/calls.ts'
import type { Answer, Route } from './types.ts'

/** RFC 6455 1.3. */
const webSocketKeySuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const plainProtocol = 'iroh derp http'
const mostConnections = 256
const mostFrameOctets = 1_048_576
const idleMs = 60_000

export const irohRoute: Route = ({ request, path, services }) => {
  const { iroh } = services.behaviour().calls
  if (!iroh.served || request.method !== 'GET') return undefined
  // Without an upgrade there is nothing to see.
  if (path === '/relay') return empty(400)
  if (path === '/ping') return empty(iroh.pingStatus, [['Access-Control-Allow-Origin', '*']])
  if (path !== '/generate_204') return undefined
  const challenge = request.header('x-iroh-challenge') ?? ''
  // The client knows by its own word that it talks to a relay and not to the login page of a hotel.
  const known = iroh.answersChallenge && /^[A-Za-z0-9._-]{1,63}$/.test(challenge)
  return empty(204, known ? [['X-Iroh-Response', `response ${challenge}`]] : [])
}

function empty(status: number, headers: Answer['headers'] = []): Answer {
  return { status, headers, body: '' }
}

/** Connections that were taken over from HTTP. */
export type RelayConnections = Set<Duplex>

/** Takes the upgrade of a request for `/relay`; false: it is none that is taken, and was not answered. */
export function upgradeToRelay(
  request: IncomingMessage,
  socket: Duplex,
  { iroh }: CallsBehaviour,
  open: RelayConnections,
): boolean {
  const path = (request.url ?? '').replace(/^https?:\/\/[^/]*/i, '').replace(/\?.*$/, '')
  if (!iroh.served || !iroh.upgrades || request.method !== 'GET' || path !== '/relay') return false
  if (open.size >= mostConnections) return false
  const wanted = (request.headers.upgrade ?? '').toLowerCase()
  const key = request.headers['sec-websocket-key']
  if (wanted === 'websocket') {
    if (key === undefined || request.headers['sec-websocket-version'] !== '13') return false
    const accept = createHash('sha1').update(`${key}${webSocketKeySuffix}`).digest('base64')
    socket.write(switching('websocket', [`Sec-WebSocket-Accept: ${accept}`]))
  } else if (wanted === plainProtocol) socket.write(switching(plainProtocol, []))
  else return false
  hold(socket, wanted === 'websocket', open)
  return true
}

function switching(protocol: string, headers: readonly string[]): string {
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', `Upgrade: ${protocol}`, ...headers]
  return `${lines.join('\r\n')}\r\n\r\n`
}

function hold(socket: Duplex, isWebSocket: boolean, open: RelayConnections): void {
  open.add(socket)
  let pending = Buffer.alloc(0)
  socket.once('close', () => open.delete(socket))
  socket.on('error', () => socket.destroy())
  socket.once('end', () => socket.end())
  if ('setTimeout' in socket && typeof socket.setTimeout === 'function')
    socket.setTimeout(idleMs, () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    if (!isWebSocket) return
    pending = Buffer.concat([pending, chunk])
    for (let frame = readFrame(pending); frame !== undefined; frame = readFrame(pending)) {
      if (frame === 'broken') {
        socket.destroy()
        return
      }
      pending = pending.subarray(frame.length)
      if (frame.opcode === opcodes.ping) socket.write(serverFrame(opcodes.pong, frame.payload))
      if (frame.opcode === opcodes.close) socket.end(serverFrame(opcodes.close, frame.payload.subarray(0, 2)))
    }
  })
  socket.resume()
}

const opcodes = { close: 8, ping: 9, pong: 10 } as const

/** A masked frame of a client (RFC 6455 5.2); undefined: not all of it is here. */
function readFrame(octets: Buffer): { opcode: number; payload: Buffer; length: number } | 'broken' | undefined {
  if (octets.length < 2) return undefined
  const opcode = octets.readUInt8(0) & 0x0f
  const second = octets.readUInt8(1)
  if ((second & 0x80) === 0) return 'broken'
  const short = second & 0x7f
  if (opcode >= opcodes.close && short > 125) return 'broken'
  const more = short === 126 ? 2 : short === 127 ? 8 : 0
  if (octets.length < 2 + more) return undefined
  const size = more === 0 ? short : more === 2 ? octets.readUInt16BE(2) : Number(octets.readBigUInt64BE(2))
  if (size > mostFrameOctets) return 'broken'
  const start = 2 + more + 4
  if (octets.length < start + size) return undefined
  const mask = octets.subarray(start - 4, start)
  const payload = Buffer.from(octets.subarray(start, start + size))
  if (opcode >= opcodes.close) for (let at = 0; at < size; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0)
  return { opcode, payload, length: start + size }
}

/** Control frames have at most 125 octets. */
function serverFrame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload])
}
