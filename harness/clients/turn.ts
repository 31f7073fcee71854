// A TURN client over one UDP socket: asks with retransmission, logs in as it is told, relays data. Used by the checks of calls.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { WireError } from '../host/wire-error.ts'
import {
  readAddress,
  readChannelData,
  readError,
  readStun,
  type StunMessage,
  type StunMethod,
  stunAttributes,
  type UdpPlace,
  writeAddress,
  writeChannelData,
  writeStun,
} from '../wire/stun.ts'
import type { ConnectionTap, Transcript } from './transcript.ts'

export interface TurnLogin {
  readonly username: string
  readonly password: string
}

export interface TurnAnswer {
  readonly kind: 'success' | 'error'
  /** 0 for a success. */
  readonly code: number
  readonly reason: string
  readonly mapped?: UdpPlace
  readonly relayed?: UdpPlace
  /** Seconds. */
  readonly lifetime?: number
}

/** What a peer sent, by channel or in an indication. */
export interface Relayed {
  readonly data: Uint8Array
  readonly channel?: number
  readonly peer?: UdpPlace
}

export interface TurnOptions {
  readonly address: string
  readonly port: number
  /** Milliseconds for one answer, all retransmissions included. */
  readonly reply: number
  readonly signal: AbortSignal
  readonly transcript: Transcript
}

/** Retransmissions start here and double, milliseconds (RFC 8489 6.2.1). */
const firstRetransmission = 500
/** Packets kept that nobody asked for. */
const mostWaiting = 1_000

/** Throws WireError 'unreachable' where there is no socket to be had. */
export async function openTurn(options: TurnOptions): Promise<TurnClient> {
  const socket = createSocket(isIPv6(options.address) ? 'udp6' : 'udp4')
  await new Promise<void>((resolve, reject) => {
    const failed = (cause: Error) =>
      reject(new WireError('unreachable', 'UDP', `no way to ${options.address}: ${cause.message}`, { cause }))
    socket.once('error', failed)
    // Connected, the socket hears this server only, and learns of a port where nobody listens.
    socket.connect(options.port, options.address, () => {
      socket.off('error', failed)
      resolve()
    })
  })
  return new TurnClient(socket, options)
}

export class TurnClient implements AsyncDisposable {
  readonly #socket: Socket
  readonly #options: TurnOptions
  readonly #tap: ConnectionTap
  readonly #relayed: Relayed[] = []
  readonly #asked = new Map<string, (message: StunMessage) => void>()
  #wake = () => {}
  #fail: (error: WireError) => void = () => {}
  #closed = false
  #realm = ''
  #nonce = ''
  #login: TurnLogin | undefined
  /** The answer that gave the place this client has. */
  #place: TurnAnswer | undefined

  constructor(socket: Socket, options: TurnOptions) {
    this.#socket = socket
    this.#options = options
    this.#tap = options.transcript.tap()
    this.#tap.note(`UDP to ${options.address}:${options.port}`)
    socket.on('message', (packet) => this.#take(packet))
    socket.on('error', (cause: Error & { code?: string }) => {
      const refused = cause.code === 'ECONNREFUSED'
      const text = refused ? 'nobody listens there' : cause.message
      this.#fail(new WireError(refused ? 'refused' : 'unreachable', 'UDP', text, { cause }))
    })
  }

  binding(): Promise<TurnAnswer> {
    return this.#ask('binding', [])
  }

  /** Asks without a login first, as every client does; then, where one is wanted, with the one given. A place is kept. */
  async allocate(login?: TurnLogin): Promise<TurnAnswer> {
    if (this.#place) return this.#place
    const transport: [number, Uint8Array][] = [[stunAttributes.transport, Uint8Array.from([17, 0, 0, 0])]]
    if (this.#nonce === '' || login === undefined) {
      const first = await this.#ask('allocate', transport)
      if (login === undefined || first.code !== 401) return first
    }
    this.#tap.hide(login.password)
    this.#login = login
    return this.#ask('allocate', transport)
  }

  /** `seconds` 0 gives the allocation up. */
  refresh(seconds: number): Promise<TurnAnswer> {
    if (seconds === 0) this.#place = undefined
    const value = new Uint8Array(4)
    new DataView(value.buffer).setUint32(0, seconds)
    return this.#ask('refresh', [[stunAttributes.lifetime, value]])
  }

  permit(peer: UdpPlace): Promise<TurnAnswer> {
    return this.#ask('createPermission', [[stunAttributes.peer, writeAddress(peer)]])
  }

  bind(channel: number, peer: UdpPlace): Promise<TurnAnswer> {
    return this.#ask('channelBind', [
      [stunAttributes.channel, Uint8Array.from([channel >> 8, channel & 255, 0, 0])],
      [stunAttributes.peer, writeAddress(peer)],
    ])
  }

  send(data: Uint8Array, peer: UdpPlace): void {
    this.#tap.note(`${data.length} octets for ${peer.address}:${peer.port}`)
    this.#write(
      writeStun({
        method: 'send',
        class: 'indication',
        transaction: randomBytes(12),
        attributes: new Map([
          [stunAttributes.peer, writeAddress(peer)],
          [stunAttributes.data, data],
        ]),
      }),
    )
  }

  sendOver(channel: number, data: Uint8Array): void {
    this.#tap.note(`${data.length} octets over channel ${channel}`)
    this.#write(writeChannelData(channel, data))
  }

  /** The next thing a peer sent; undefined when nothing came within so many milliseconds. */
  async receive(within: number): Promise<Relayed | undefined> {
    const until = performance.now() + within
    while (this.#relayed.length === 0) {
      const left = until - performance.now()
      if (left <= 0) return undefined
      await this.#wait(left, (done) => {
        this.#wake = done
      })
    }
    return this.#relayed.shift()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()))
  }

  async #ask(method: StunMethod, own: readonly [number, Uint8Array][]): Promise<TurnAnswer> {
    const answer = await this.#exchange(method, own)
    if (answer.kind === 'error' && answer.code === 438 && this.#login) return this.#exchange(method, own)
    return answer
  }

  async #exchange(method: StunMethod, own: readonly [number, Uint8Array][]): Promise<TurnAnswer> {
    const transaction = randomBytes(12)
    const key = transaction.toString('hex')
    const request: StunMessage = {
      method,
      class: 'request',
      transaction,
      attributes: new Map([...own, ...this.#credentials(method)]),
    }
    const packet = writeStun(request, this.#signer(method))
    this.#tap.sent(`${method} request`)
    const until = performance.now() + this.#options.reply
    let answer: StunMessage | undefined
    this.#asked.set(key, (message) => {
      answer = message
    })
    try {
      for (let pause = firstRetransmission; answer === undefined; pause *= 2) {
        const left = until - performance.now()
        if (left <= 0) throw new WireError('timeout', method, `no answer over UDP in ${this.#options.reply} ms`)
        this.#write(packet)
        await this.#wait(Math.min(pause, left), (done) => {
          this.#asked.set(key, (message) => {
            answer = message
            done()
          })
        })
      }
    } finally {
      this.#asked.delete(key)
    }
    return this.#answered(answer)
  }

  #credentials(method: StunMethod): [number, Uint8Array][] {
    if (this.#login === undefined || method === 'binding') return []
    return [
      [stunAttributes.username, Buffer.from(this.#login.username)],
      [stunAttributes.realm, Buffer.from(this.#realm)],
      [stunAttributes.nonce, Buffer.from(this.#nonce)],
    ]
  }

  #signer(method: StunMethod): ((octets: Uint8Array) => Uint8Array) | undefined {
    if (this.#login === undefined || method === 'binding') return undefined
    const { username, password } = this.#login
    const key = createHash('md5').update(`${username}:${this.#realm}:${password}`).digest()
    return (octets) => createHmac('sha1', key).update(octets).digest()
  }

  #answered(message: StunMessage): TurnAnswer {
    const { attributes, transaction } = message
    const text = (type: number) => Buffer.from(attributes.get(type) ?? []).toString('latin1')
    if (attributes.has(stunAttributes.nonce)) {
      this.#realm = text(stunAttributes.realm)
      this.#nonce = text(stunAttributes.nonce)
    }
    const failed = message.class === 'error'
    const { code, reason } = failed
      ? readError(attributes.get(stunAttributes.error) ?? new Uint8Array(4))
      : { code: 0, reason: '' }
    this.#tap.received(failed ? `${message.method} error ${code} ${reason}` : `${message.method} success`)
    const place = (type: number) => {
      const value = attributes.get(type)
      return value && readAddress(value, transaction)
    }
    const mapped = place(stunAttributes.mapped)
    const relayed = place(stunAttributes.relayed)
    const lifetime = attributes.get(stunAttributes.lifetime)
    const answer: TurnAnswer = {
      kind: failed ? 'error' : 'success',
      code,
      reason,
      ...(mapped ? { mapped } : {}),
      ...(relayed ? { relayed } : {}),
      ...(lifetime?.length === 4 ? { lifetime: Buffer.from(lifetime).readUInt32BE(0) } : {}),
    }
    if (message.method === 'allocate' && !failed) this.#place = answer
    return answer
  }

  #take(packet: Buffer): void {
    const framed = readChannelData(packet)
    if (framed) {
      this.#keep(framed)
      return
    }
    const message = readStun(packet)
    if (message?.class === 'indication' && message.method === 'data') {
      const peer = readAddress(message.attributes.get(stunAttributes.peer) ?? new Uint8Array(), message.transaction)
      this.#keep({ data: message.attributes.get(stunAttributes.data) ?? new Uint8Array(), ...(peer ? { peer } : {}) })
    } else if (message && message.class !== 'request') {
      this.#asked.get(Buffer.from(message.transaction).toString('hex'))?.(message)
    }
  }

  #keep(relayed: Relayed): void {
    this.#tap.note(`${relayed.data.length} octets from a peer`)
    if (this.#relayed.length < mostWaiting) this.#relayed.push(relayed)
    this.#wake()
  }

  #write(packet: Uint8Array): void {
    if (!this.#closed) this.#socket.send(packet, () => {})
  }

  /** Until `arm`'s callback is called or the time is over; rejects when told to stop or when the socket fails. */
  #wait(ms: number, arm: (done: () => void) => void): Promise<void> {
    const { signal } = this.#options
    return new Promise((resolve, reject) => {
      const end = (then: () => void) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        this.#fail = () => {}
        then()
      }
      const onAbort = () => end(() => reject(new WireError('aborted', 'UDP', 'told to stop', { cause: signal.reason })))
      const timer = setTimeout(() => end(resolve), ms)
      if (signal.aborted) return onAbort()
      signal.addEventListener('abort', onAbort, { once: true })
      this.#fail = (error) => end(() => reject(error))
      arm(() => end(resolve))
    })
  }
}
