// One connection: TCP or TLS, upgraded and compressed in place, with a deadline on everything waited for.
// The clients read it by push (`receive`); checks of raw behaviour by line.
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Endpoint } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { LineReader } from '../wire/line-reader.ts'
import type { ConnectOptions } from './connect-options.ts'
import { Deadlines } from './deadlines.ts'
import { DeflateLayer } from './deflate-layer.ts'
import { latin1 } from './latin1.ts'
import { durations, type SessionTimes, type SetupStage, type Stage } from './stage.ts'
import type { TlsFacts } from './tls-facts.ts'
import { tlsFacts, tlsOptions } from './tls-upgrade.ts'
import type { ConnectionTap } from './transcript.ts'
import { bareName, distrust } from './trust.ts'
import { abortedError, timeoutError, wireFailure } from './wire-failure.ts'

/** Where received octets go. Both are called in order, never after each other's end, and must not throw. */
export interface Receiver {
  data(chunk: Buffer): void
  /** The connection is over, by whoever's doing. Called once. */
  ended(error: WireError): void
}

/** Larger payloads are written in slices, so that progress shows and nothing piles up. */
const slice = 65_536

export class LineSocket implements AsyncDisposable {
  readonly endpoint: Endpoint
  /** Named in errors: what the connection is doing now, in words of the protocol. */
  stage = 'connect'
  readonly tap: ConnectionTap | undefined
  #tls: TlsFacts | undefined
  readonly #stages: Stage<SetupStage>[] = []
  readonly #options: ConnectOptions
  readonly #raw: Socket
  #stream: Socket | TLSSocket
  #deflate: DeflateLayer | undefined
  #error: WireError | undefined
  #detached = false
  #receiver: Receiver | undefined
  readonly #lines = new LineReader(latin1)
  #wake: (() => void) | undefined
  /** Octets that arrived, and that the kernel took from us. */
  #moved = 0
  readonly #deadlines = new Deadlines(
    () => this.#moved,
    (ms) => this.fail(timeoutError(this.stage, ms)),
  )

  /** Takes over a connected socket. `dialled`: when connecting began, on the clock of performance.now(). */
  constructor(raw: Socket, options: ConnectOptions, dialled: number) {
    this.endpoint = options.endpoint
    this.#options = options
    this.#raw = raw
    this.#stream = raw
    this.passed('tcp', dialled)
    this.tap = options.transcript?.tap()
    this.tap?.hideOwnAddress(raw.localAddress ?? '', options.endpoint.address)
    const { endpoint } = options
    this.tap?.note(`connected to ${endpoint.name} (${endpoint.address}) port ${endpoint.port}, ${endpoint.service}`)
    this.#attach(raw)
    options.signal?.addEventListener('abort', this.#aborted)
    raw.once('close', () => options.signal?.removeEventListener('abort', this.#aborted))
  }

  /** Undefined while in plain text. */
  get tls(): TlsFacts | undefined {
    return this.#tls
  }

  /** What setting up the session took so far, in order: noted here and by the clients. */
  get stages(): readonly Stage<SetupStage>[] {
    return this.#stages
  }

  get times(): SessionTimes {
    return durations(this.#stages)
  }

  /** Notes a stage that ends now. */
  passed(name: SetupStage, started: number): void {
    this.#stages.push({ name, started, ended: performance.now() })
  }

  get closed(): boolean {
    return this.#error !== undefined
  }

  /** Why it is over. */
  get error(): WireError | undefined {
    return this.#error
  }

  /** Octets on the wire so far, TLS and all. */
  get traffic(): { readonly sent: number; readonly received: number } {
    return { sent: this.#raw.bytesWritten, received: this.#raw.bytesRead }
  }

  /** Octets received that nobody has read: pull side only. */
  get buffered(): number {
    return this.#lines.buffered
  }

  /** From now on everything received goes here, beginning with what was buffered. */
  receive(receiver: Receiver): void {
    this.#receiver = receiver
    const rest = this.#lines.takeBytes(this.#lines.buffered)
    if (rest !== undefined && rest.length > 0) receiver.data(Buffer.from(rest.buffer, rest.byteOffset, rest.length))
    if (this.#error !== undefined) receiver.ended(this.#error)
  }

  /** One write. Dropped silently when the connection is over: the next wait says so. */
  write(data: string | Uint8Array): void {
    if (this.#error !== undefined) return
    if (this.#deflate !== undefined) this.#deflate.write(data)
    else if (typeof data === 'string') this.#stream.write(data, 'utf8')
    else this.#stream.write(data)
  }

  /** For an owner of the detached stream: called once when the connection is over. */
  whenEnded(ended: (error: WireError) => void): void {
    this.receive({ data: () => {}, ended })
  }

  /** Writes all of it; resolves when the kernel has taken it or the connection is over. Never rejects: the next wait does. */
  async send(payload: Uint8Array): Promise<void> {
    if (payload.length <= slice) return this.write(payload)
    for (let at = 0; at < payload.length && this.#error === undefined; at += slice) {
      const piece = payload.subarray(at, at + slice)
      await this.#within(this.#options.timing.reply, (done) => {
        if (this.#deflate !== undefined) this.#deflate.write(piece, done)
        else this.#stream.write(piece, done)
      })
      this.#moved += piece.length
    }
  }

  /** Groups the writes made in `writes` into one. */
  batch(writes: () => void): void {
    this.#stream.cork()
    writes()
    this.#stream.uncork()
  }

  /** The next line without its end, one char an octet. For raw conversations; not beside a receiver. */
  async readLine(max = 8192): Promise<string> {
    const line = await this.#pull(() => this.#lines.takeLine(max))
    this.tap?.received(line)
    return line
  }

  async readBytes(count: number): Promise<Uint8Array> {
    return this.#pull(() => this.#lines.takeBytes(count))
  }

  /** Waits until the peer has ended the connection, and says how. */
  async waitForEnd(ms = this.#options.timing.reply): Promise<WireError> {
    const patience = performance.now() + ms
    while (this.#error === undefined && performance.now() < patience) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience - performance.now())
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return this.#error ?? new WireError('timeout', this.stage, `${this.stage}: still open after ${ms} ms`)
  }

  async #pull<T>(take: () => T | undefined): Promise<T> {
    const end = performance.now() + this.#options.timing.reply
    for (;;) {
      let taken: T | undefined
      try {
        taken = take()
      } catch (cause) {
        throw this.fail(wireFailure(cause, this.stage))
      }
      if (taken !== undefined) return taken
      if (this.#error !== undefined) throw this.#error
      const left = end - performance.now()
      if (left <= 0) throw this.fail(timeoutError(this.stage, this.#options.timing.reply))
      await this.#within(left, (done) => {
        this.#wake = done
      })
    }
  }

  /** Runs something that calls back, but no longer than the deadline and the connection. */
  #within(ms: number, start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#wake = undefined
        resolve()
      }
      const timer = setTimeout(() => this.fail(timeoutError(this.stage, ms)), ms)
      this.#wake = done
      start(done)
    })
  }

  /** A deadline for something the owner waits for; see Deadlines. Returns what cancels it. */
  deadline(ms = this.#options.timing.reply): () => void {
    return this.#deadlines.begin(ms)
  }

  /** The TLS handshake, now. Throws WireError of stage `TLS`; after that the connection is gone. */
  async startTls(ms = this.#options.timing.connect): Promise<void> {
    if (this.#error !== undefined) throw this.#error
    const stage = this.stage
    this.stage = 'TLS'
    const began = performance.now()
    this.#detach(this.#raw)
    const secured = connectTls({ socket: this.#raw, ...tlsOptions(this.#options) })
    this.#stream = secured
    secured.on('error', this.#failed)
    secured.on('close', this.#over)
    const cancel = this.deadline(ms)
    try {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        secured.once('secureConnect', resolve)
      })
    } finally {
      cancel()
      this.#wake = undefined
    }
    if (this.#error !== undefined) throw this.#error
    this.passed('tls', began)
    const facts = tlsFacts(secured, this.#options)
    this.#tls = facts
    const { trust, anyCertificate = false } = this.#options
    const refusal = anyCertificate ? undefined : distrust(trust, facts, bareName(this.endpoint.name), 'TLS')
    if (refusal !== undefined) throw this.fail(refusal)
    this.tap?.note(`${facts.protocol} ${facts.cipher}`)
    this.stage = stage
    this.#attach(secured)
  }

  /** From now on both directions are raw deflate (RFC 4978). `rest`: what came behind the reply. */
  compress(rest: Uint8Array): void {
    this.#deflate = new DeflateLayer(
      (chunk) => this.#stream.write(chunk),
      (chunk) => this.#deliver(chunk),
      (cause) => this.fail(wireFailure(cause, this.stage)),
    )
    if (rest.length > 0) this.#deflate.received(rest)
  }

  /** Hands the stream to another owner, who then closes it; this object keeps deadlines and the abort signal. */
  detach(): Duplex {
    this.#detached = true
    this.#stream.off('end', this.#over)
    return this.#stream
  }

  #attach(stream: Socket | TLSSocket): void {
    stream.on('data', this.#data)
    if (stream === this.#raw) {
      stream.on('error', this.#failed)
      stream.on('close', this.#over)
    }
    stream.on('end', this.#over)
  }

  /** The raw socket keeps its error listener: once under TLS it has nothing else to tell us. */
  #detach(stream: Socket): void {
    stream.off('data', this.#data)
    stream.off('end', this.#over)
    stream.off('close', this.#over)
  }

  readonly #data = (chunk: Buffer): void => {
    if (this.#error !== undefined) return
    this.#moved += chunk.length
    if (this.#deflate !== undefined) this.#deflate.received(chunk)
    else if (!this.#detached) this.#deliver(chunk)
  }

  #deliver(chunk: Buffer): void {
    if (this.#error !== undefined) return
    if (this.#receiver !== undefined) {
      this.#receiver.data(chunk)
      return
    }
    this.#lines.push(chunk)
    this.#wake?.()
    if (this.#lines.buffered > 64 << 20) {
      this.fail(new WireError('too-long', this.stage, `${this.stage}: the peer sends without end`))
    }
  }

  readonly #failed = (cause: Error): void => {
    this.fail(wireFailure(cause, this.stage))
  }

  readonly #over = (): void => {
    // With COMPRESS the last octets may still be inside the inflater.
    const finish = () => this.fail(new WireError('closed', this.stage, `${this.stage}: the peer closed the connection`))
    if (this.#deflate !== undefined) this.#deflate.drained(finish)
    else finish()
  }

  readonly #aborted = (): void => {
    this.fail(abortedError(this.stage, this.#options.signal as AbortSignal))
  }

  /** Ends the connection for a reason; the first reason stays. Returns it. */
  fail(error: WireError): WireError {
    if (this.#error !== undefined) return this.#error
    this.#error = error
    this.#deadlines.end()
    this.tap?.note(error.message)
    this.#destroy()
    this.#wake?.()
    this.#receiver?.ended(error)
    return error
  }

  #destroy(): void {
    this.#stream.destroy()
    this.#raw.destroy()
    this.#deflate?.close()
  }

  /** Says goodbye, without waiting for an answer, and closes. */
  leave(farewell = ''): void {
    if (this.#error !== undefined) return
    this.#error = new WireError('closed', this.stage, `${this.stage}: we closed the connection`)
    this.#deadlines.end()
    this.#receiver?.ended(this.#error)
    this.#wake?.()
    if (farewell === '' || this.#deflate !== undefined) {
      this.#destroy()
      return
    }
    // A peer that does not answer our FIN must neither keep the socket nor the process.
    const stream = this.#stream
    stream.end(farewell)
    stream.resume()
    this.#raw.unref()
    setTimeout(() => this.#destroy(), 500).unref()
  }

  /** At once. */
  close(): void {
    this.leave()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}
