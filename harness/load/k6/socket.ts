// One connection in k6: what the SMTP and the IMAP client need of a line socket, over k6's TCP extension.
import { Socket } from 'k6/x/tcp'
import type { ConnectOptions } from '../../clients/connect-options.ts'
import { Deadlines } from '../../clients/deadlines.ts'
import type { LineSocket, Receiver } from '../../clients/line-socket.ts'
import { durations, type SetupStage, type Stage } from '../../clients/stage.ts'
import { WireError } from '../../host/wire-error.ts'
import { concat } from '../../wire/octets.ts'

type Needed =
  | 'endpoint'
  | 'stage'
  | 'tls'
  | 'stages'
  | 'times'
  | 'passed'
  | 'closed'
  | 'error'
  | 'traffic'
  | 'receive'
  | 'write'
  | 'send'
  | 'batch'
  | 'deadline'
  | 'fail'
  | 'leave'
  | 'close'

export class K6Socket implements Pick<LineSocket, Needed> {
  readonly endpoint: ConnectOptions['endpoint']
  readonly tap = undefined
  readonly tls = undefined
  stage = 'connect'
  readonly #options: ConnectOptions
  readonly #raw = new Socket()
  readonly #stages: Stage<SetupStage>[] = []
  #receiver: Receiver | undefined
  /** Arrived before there was a receiver. */
  #early: Uint8Array[] = []
  #error: WireError | undefined
  #moved = 0
  readonly #deadlines = new Deadlines(
    () => this.#moved,
    (ms) => this.fail(new WireError('timeout', this.stage, `${this.stage}: not done within ${Math.round(ms)} ms`)),
  )
  /** Writes go one after the other: k6 keeps no order among those that are not awaited. */
  #written: Promise<void> = Promise.resolve()

  constructor(options: ConnectOptions) {
    this.#options = options
    this.endpoint = options.endpoint
    this.#raw.on('data', (data) => this.#received(data))
    this.#raw.on('error', (error) => this.#failed(error))
    this.#raw.on('close', () => this.#over())
    options.signal?.addEventListener('abort', this.#aborted)
  }

  /** TCP and TLS, under one deadline. Nothing is sent to an address that nobody has agreed to. */
  async connect(): Promise<void> {
    const { endpoint, timing, signal } = this.#options
    const { name, address, port } = endpoint
    if (signal?.aborted) this.#aborted()
    const began = performance.now()
    const cancel = this.deadline(timing.connect)
    const raw = this.#raw
    const target = { host: name.replace(/^\[|\]$/g, ''), port, tls: true }
    try {
      await raw.connect(target)
    } catch (error) {
      this.#failed(error as { message?: string })
    } finally {
      cancel()
    }
    if (this.#error === undefined && raw.remote_ip !== address) {
      this.fail(new WireError('unreachable', 'connect', `connect: ${name} led to ${raw.remote_ip}, not to ${address}`))
    }
    if (this.#error !== undefined) throw this.#error
    this.passed('tcp', began)
  }

  get stages(): readonly Stage<SetupStage>[] {
    return this.#stages
  }

  get times() {
    return durations(this.#stages)
  }

  passed(name: SetupStage, started: number): void {
    this.#stages.push({ name, started, ended: performance.now() })
  }

  get closed(): boolean {
    return this.#error !== undefined
  }

  get error(): WireError | undefined {
    return this.#error
  }

  /** k6 counts it by itself. */
  get traffic() {
    return { sent: 0, received: 0 }
  }

  receive(receiver: Receiver): void {
    this.#receiver = receiver
    const early = concat(this.#early)
    this.#early = []
    if (early.length > 0) receiver.data(early as Buffer)
    if (this.#error !== undefined) receiver.ended(this.#error)
  }

  write(data: string | Uint8Array): void {
    if (this.#error === undefined) void this.#append(data)
  }

  send(payload: Uint8Array): Promise<void> {
    return this.#append(payload)
  }

  /** Writes are in order anyway. */
  batch(writes: () => void): void {
    writes()
  }

  #append(data: string | Uint8Array): Promise<void> {
    this.#written = this.#written.then(async () => {
      if (this.#error !== undefined) return
      try {
        await this.#push(data)
        this.#moved += data.length
      } catch (error) {
        this.#failed(error as { message?: string })
      }
    })
    return this.#written
  }

  #push(data: string | Uint8Array): Promise<void> {
    return this.#raw.write(typeof data === 'string' ? data : ownBuffer(data))
  }

  deadline(ms = this.#options.timing.reply): () => void {
    return this.#deadlines.begin(ms)
  }

  fail(error: WireError): WireError {
    if (this.#error !== undefined) return this.#error
    this.#end(error)
    this.#raw.destroy()
    return error
  }

  leave(farewell = ''): void {
    if (this.#error !== undefined) return
    const raw = this.#raw
    this.#end(new WireError('closed', this.stage, `${this.stage}: we closed the connection`))
    const said = farewell === '' ? Promise.resolve() : this.#written.then(() => this.#push(farewell))
    const destroy = () => raw.destroy()
    void said.then(destroy, destroy)
  }

  close(): void {
    this.leave()
  }

  #end(error: WireError): void {
    this.#error = error
    this.#deadlines.end()
    this.#options.signal?.removeEventListener('abort', this.#aborted)
    this.#receiver?.ended(error)
  }

  #received(data: Uint8Array): void {
    if (this.#error !== undefined) return
    // A copy: the buffer is used again by k6 after this.
    const chunk = new Uint8Array(data)
    this.#moved += chunk.length
    if (this.#receiver === undefined) this.#early.push(chunk)
    else this.#receiver.data(chunk as Buffer)
  }

  #failed({ message = 'failed' }: { message?: string }): void {
    const code = this.stage === 'connect' ? 'unreachable' : 'reset'
    this.fail(new WireError(code, this.stage, `${this.stage}: ${message}`))
  }

  #over(): void {
    this.fail(new WireError('closed', this.stage, `${this.stage}: the peer closed the connection`))
  }

  readonly #aborted = (): void => {
    this.fail(new WireError('aborted', this.stage, `${this.stage}: told to stop`))
  }
}

function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}
