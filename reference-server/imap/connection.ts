// One TCP connection of an IMAP client: TLS from the start or later, deflate on request, batched output with back-pressure.
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type SecureContext, TLSSocket } from 'node:tls'
import { constants, createDeflateRaw, createInflateRaw, type DeflateRaw, type InflateRaw } from 'node:zlib'
import type { ImapBehaviour } from '../behaviour/imap.ts'
import { type Keeper, PromisedOutput } from '../storage/promised-output.ts'
import { ByteReader } from './byte-reader.ts'
import type { Part } from './quoting.ts'

/** A long answer goes out in pieces of this size: a message a write would cost more than the message. */
const worthAWrite = 64 * 1024
/** Output up to this size goes out as one write. */
const joinBelow = 128 * 1024
/** A client that does not read stops us here until it does, or until the connection times out. */
const unsentLimit = 4 * 1024 * 1024

export class ImapConnection {
  readonly reader: ByteReader
  readonly remote: string
  /** Its address. */
  readonly client: string
  readonly #onClose: () => void
  readonly #output: PromisedOutput
  #socket: Socket
  #input: Duplex | InflateRaw
  #inflate: InflateRaw | undefined
  #deflate: DeflateRaw | undefined
  #parts: Part[] = []
  /** Octets of them. */
  #batched = 0
  #mute = false
  #closed = false
  #ending = false

  constructor(socket: Socket, onClose: () => void, storage?: Keeper) {
    this.#output = new PromisedOutput(storage, () => {
      const socket = this.#socket
      if (this.#deflate === undefined && socket.writable) socket.end('* BYE [UNAVAILABLE] Nothing can be kept now.\r\n')
      else socket.destroy()
      this.#close()
    })
    this.#socket = socket
    this.#input = socket
    this.#onClose = onClose
    this.client = socket.remoteAddress ?? '?'
    this.remote = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`
    this.reader = new ByteReader({ pause: () => this.#input.pause(), resume: () => this.#input.resume() })
    socket.setNoDelay(true)
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Nothing more will be read: it is closed, or about to be. */
  get over(): boolean {
    return this.#closed || this.#ending
  }

  get compressed(): boolean {
    return this.#deflate !== undefined
  }

  /** Starts reading in the clear. */
  open(): void {
    this.#listen(this.#socket)
  }

  /** Ends with the connection when the client says nothing for so long. */
  timeout(ms: number, due: () => void): void {
    this.#socket.removeAllListeners('timeout')
    this.#socket.setTimeout(ms, due)
  }

  /** Turns into TLS; rejects never, a failed handshake closes the connection. */
  secure(context: SecureContext, handshake: ImapBehaviour['handshake']): Promise<boolean> {
    const plain = this.#socket
    plain.removeAllListeners('data')
    plain.removeAllListeners('end')
    plain.removeAllListeners('timeout')
    plain.on('error', () => this.#close())
    const secured = new TLSSocket(plain, {
      isServer: true,
      secureContext: context,
      ...(handshake.alpn.length > 0 ? { ALPNProtocols: [...handshake.alpn] } : {}),
    })
    this.#socket = secured
    this.#input = secured
    this.#listen(secured)
    return new Promise((resolve) => {
      const waiting = setTimeout(() => secured.destroy(), 10_000)
      waiting.unref()
      const done = (worked: boolean) => {
        clearTimeout(waiting)
        // Without a server name Node has false here, though its types say string.
        const named = typeof secured.servername === 'string' || handshake.withoutServerName === 'accepted'
        if (!named) secured.destroy()
        resolve(worked && named)
      }
      secured.once('secure', () => done(true))
      secured.once('close', () => done(false))
    })
  }

  /** RFC 4978: from the next octet on both directions are deflated.. */
  compress(): void {
    const inflate = createInflateRaw()
    const deflate = createDeflateRaw({ level: 6 })
    const socket = this.#socket
    const early = this.reader.takeAll()
    socket.removeAllListeners('data')
    inflate.on('data', (chunk: Buffer) => this.reader.push(chunk))
    inflate.on('error', () => this.destroy())
    deflate.on('data', (chunk: Buffer) => {
      if (socket.writable) socket.write(chunk)
    })
    deflate.on('error', () => this.destroy())
    if (early.length > 0) inflate.write(early)
    socket.pipe(inflate)
    this.#input = inflate
    this.#inflate = inflate
    this.#deflate = deflate
  }

  /** From now on nothing reaches the client. */
  mute(): void {
    this.#mute = true
  }

  /** Adds to the batch; `flush` sends it. */
  write(...parts: readonly Part[]): void {
    this.#parts.push(...parts)
    for (const part of parts) this.#batched += part.length
  }

  flush(): void {
    const parts = this.#parts
    if (parts.length === 0) return
    this.#parts = []
    this.#batched = 0
    const [socket, deflate] = [this.#socket, this.#deflate]
    this.#output.send(() => this.#transmit(parts, socket, deflate))
  }

  #transmit(parts: readonly Part[], socket: Socket, deflate: DeflateRaw | undefined): void {
    if (this.#closed || this.#mute || !socket.writable) return
    const buffers = parts.map((part) =>
      typeof part === 'string'
        ? Buffer.from(part, 'latin1')
        : Buffer.from(part.buffer, part.byteOffset, part.byteLength),
    )
    const total = buffers.reduce((sum, part) => sum + part.length, 0)
    const target = deflate ?? socket
    if (total <= joinBelow || deflate !== undefined) {
      target.write(buffers.length === 1 ? (buffers[0] as Buffer) : Buffer.concat(buffers, total))
    } else {
      socket.cork()
      for (const part of buffers) socket.write(part)
      socket.uncork()
    }
    deflate?.flush(constants.Z_SYNC_FLUSH)
  }

  /** Between the parts of a long answer: what is batched goes out once it is worth a write. */
  async paced(): Promise<void> {
    if (this.#batched >= worthAWrite) await this.drained()
  }

  /** Sends the batch and waits while the client is slow to read. */
  async drained(): Promise<void> {
    this.flush()
    if (this.#output.held !== undefined) await this.#output.held
    while (!this.#closed && this.#unsent() > unsentLimit) {
      await new Promise<void>((resolve) => {
        const socket = this.#socket
        const done = () => {
          socket.off('drain', done)
          socket.off('close', done)
          resolve()
        }
        socket.on('drain', done)
        socket.on('close', done)
      })
    }
  }

  /** Sends what is left and closes; a peer that does not close its side loses it after a second. */
  end(): void {
    this.flush()
    if (this.over) return
    this.#ending = true
    const socket = this.#socket
    this.#output.send(() => {
      if (this.#deflate !== undefined) this.#deflate.flush(constants.Z_SYNC_FLUSH, () => socket.end())
      else socket.end()
    })
    const waiting = setTimeout(() => socket.destroy(), 1000)
    waiting.unref()
    socket.once('close', () => clearTimeout(waiting))
    this.reader.end()
  }

  destroy(): void {
    this.#socket.destroy()
    this.#close()
  }

  #unsent(): number {
    return this.#socket.writableLength + (this.#deflate?.writableLength ?? 0)
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.reader.push(chunk))
    socket.on('end', () => this.reader.end())
    socket.on('error', () => this.#close())
    socket.on('close', () => {
      if (socket === this.#socket) this.#close()
    })
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#inflate?.destroy()
    this.#deflate?.destroy()
    this.reader.end()
    this.#onClose()
  }
}
