// A TURN client for tests: one UDP socket, requests with answers, and whatever comes unasked.
import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import {
  type Attribute,
  attributes,
  classes,
  decodeAddress,
  decodeStun,
  encodeStun,
  find,
  longTermKey,
  methods,
  type StunMessage,
  type Transport,
} from './stun.ts'

export interface Login {
  readonly username: string
  readonly password: string
}

export class TurnClient implements AsyncDisposable {
  readonly #socket: Socket
  readonly #server: Transport
  readonly #packets: Buffer[] = []
  #woken = () => {}
  #realm = ''
  #nonce = ''

  constructor(socket: Socket, server: Transport) {
    this.#socket = socket
    this.#server = server
    socket.on('message', (packet) => {
      this.#packets.push(packet)
      this.#woken()
    })
  }

  get local(): Transport {
    return this.#socket.address()
  }

  send(packet: Buffer): void {
    this.#socket.send(packet, this.#server.port, this.#server.address)
  }

  /** The next packet; undefined after `within` milliseconds. */
  async packet(within = 2_000): Promise<Buffer | undefined> {
    const until = performance.now() + within
    while (this.#packets.length === 0 && performance.now() < until) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, until - performance.now())
        this.#woken = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return this.#packets.shift()
  }

  /** A request with its answer, no login. */
  async ask(
    method: number,
    list: readonly Attribute[] = [],
    key?: Buffer,
    within?: number,
  ): Promise<StunMessage | undefined> {
    this.send(encodeStun({ method, class: classes.request, transaction: randomBytes(12), attributes: list }, key))
    const packet = await this.packet(within)
    return packet === undefined ? undefined : decodeStun(packet)
  }

  /** Logs in as told by the first answer, if need be. */
  async request(method: number, list: readonly Attribute[], login: Login): Promise<StunMessage | undefined> {
    if (this.#nonce === '') {
      const challenge = await this.ask(methods.allocate)
      this.#realm = challenge === undefined ? '' : text(challenge, attributes.realm)
      this.#nonce = challenge === undefined ? '' : text(challenge, attributes.nonce)
    }
    const named: Attribute[] = [
      { type: attributes.username, value: Buffer.from(login.username) },
      { type: attributes.realm, value: Buffer.from(this.#realm) },
      { type: attributes.nonce, value: Buffer.from(this.#nonce) },
    ]
    return this.ask(method, [...list, ...named], longTermKey(login.username, this.#realm, login.password))
  }

  allocate(login: Login): Promise<StunMessage | undefined> {
    const transport = { type: attributes.requestedTransport, value: Buffer.from([17, 0, 0, 0]) }
    return this.request(methods.allocate, [transport], login)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()))
  }
}

export async function openTurnClient(port: number): Promise<TurnClient> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return new TurnClient(socket, { address: '127.0.0.1', port })
}

export function codeOf(message: StunMessage | undefined): number | undefined {
  const value = message && find(message, attributes.errorCode)
  return value === undefined ? undefined : (value[2] ?? 0) * 100 + (value[3] ?? 0)
}

export function addressIn(message: StunMessage | undefined, type: number): Transport {
  const value = message && find(message, type)
  const address = value && decodeAddress(value)
  if (address === undefined) throw new Error(`no address in the answer, error ${codeOf(message)}`)
  return address
}

function text(message: StunMessage, type: number): string {
  return find(message, type)?.toString() ?? ''
}
