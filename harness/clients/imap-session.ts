// The engine of the IMAP client: tags, literals, whose answer is whose, the queue of what nobody asked for.
// ImapClient adds the commands.
import { WireError } from '../host/wire-error.ts'
import { literalMarker } from '../wire/imap-command.ts'
import { type ImapLimits, type ImapResponse, ImapResponseReader } from '../wire/imap-response.ts'
import { EventQueue } from './event-queue.ts'
import { claims, verbOf } from './imap-claims.ts'
import { latin1 } from './latin1.ts'
import type { LineSocket } from './line-socket.ts'
import type { TlsFacts } from './tls-facts.ts'
import { wireFailure } from './wire-failure.ts'

export interface ImapReply {
  readonly status: 'OK' | 'NO' | 'BAD' | 'BYE'
  /** Response code, upper case: `AUTHENTICATIONFAILED`. */
  readonly code?: string
  readonly codeArguments?: string
  readonly text: string
  /** The untagged responses that answer this command. */
  readonly untagged: readonly ImapResponse[]
}

export interface ImapCommandOptions {
  /** How octets are sent: wait for the `+` of each, or not. Default: `plus` where the server offers it. */
  readonly literal?: 'sync' | 'plus'
  /** Named in errors; default: the verb. */
  readonly stage?: string
  /** Keeps the whole command out of the transcript. */
  readonly secret?: boolean
  /** Default: `a1`, `a2` ... */
  readonly tag?: string
}

interface Running {
  readonly tag: string
  readonly verb: string
  readonly untagged: ImapResponse[]
  outcome: ImapReply | WireError | undefined
  /** Told `true` by a `+`, `false` by the end of the command. */
  continued: ((go: boolean) => void) | undefined
  settled: ((outcome: ImapReply | WireError) => void) | undefined
  cancel: () => void
}

/** Octets a peer may send between two things we ask of it. */
const maxUnread = 128 << 20
const maxEvents = 20_000

export class ImapSession implements AsyncDisposable {
  readonly #socket: LineSocket
  readonly #limits: ImapLimits | undefined
  #reader: ImapResponseReader
  #tags = 0
  #running: Running | undefined
  /** The command that was asked for last, until it is over. */
  #last: Promise<ImapReply> | undefined
  #idling = false
  readonly #events = new EventQueue<ImapResponse>()
  #capabilities: ReadonlySet<string> = new Set()
  #exists = 0
  #unread = 0
  /** Set by a reply after which the stream changes (STARTTLS, COMPRESS): what follows is not ours to parse. */
  #halted = false

  constructor(socket: LineSocket, options: { limits?: ImapLimits } = {}) {
    this.#socket = socket
    this.#limits = options.limits
    this.#reader = this.#newReader()
    socket.stage = 'greeting'
    socket.receive({ data: (chunk) => this.#received(chunk), ended: (error) => this.#ended(error) })
  }

  /** Upper case; as last told, by whichever response. */
  get capabilities(): ReadonlySet<string> {
    return this.#capabilities
  }

  /** Messages in the selected mailbox, as last told. */
  get exists(): number {
    return this.#exists
  }

  get tls(): TlsFacts | undefined {
    return this.#socket.tls
  }

  get closed(): boolean {
    return this.#socket.closed
  }

  /** Why the connection is over. */
  get error(): WireError | undefined {
    return this.#socket.error
  }

  protected get socket(): LineSocket {
    return this.#socket
  }

  /**
   * Sends a command and gives its tagged reply; NO and BAD are values. Parts that are octets go as literals. Commands of
   * one session run one after the other. Throws WireError when the connection ends or the deadline passes first.
   */
  command(text: string | readonly (string | Uint8Array)[], options: ImapCommandOptions = {}): Promise<ImapReply> {
    if (this.#idling) return Promise.reject(new Error('IDLE is running: end it with done() first'))
    return this.#inTurn(() => this.#run(text, options))
  }

  /** At once when no other command runs, else after it. */
  #inTurn(run: () => Promise<ImapReply>): Promise<ImapReply> {
    const turn = this.#last === undefined ? run() : this.#last.then(run, run)
    const over = () => {
      if (this.#last === turn) this.#last = undefined
    }
    turn.then(over, over)
    this.#last = turn
    return turn
  }

  async #run(text: string | readonly (string | Uint8Array)[], options: ImapCommandOptions): Promise<ImapReply> {
    const first = typeof text === 'string' ? text : text[0]
    const running = this.#start(verbOf(typeof first === 'string' ? first : ''), options)
    try {
      // Nearly all commands are one line, which leaves at once.
      if (typeof text === 'string') this.#writeLine(`${running.tag} ${text}`, options)
      else await this.#transmit(running, text, options)
      return await this.#outcome(running)
    } finally {
      this.#running = undefined
    }
  }

  #writeLine(line: string, { secret }: ImapCommandOptions): void {
    const { tap } = this.#socket
    if (secret) tap?.sentSecret(line.length)
    else if (line !== '') tap?.sent(line)
    this.#socket.write(`${line}\r\n`)
  }

  #start(verb: string, options: ImapCommandOptions): Running {
    if (this.#socket.error !== undefined) throw this.#socket.error
    this.#socket.stage = options.stage ?? verb
    this.#unread = 0
    this.#tags++
    const running: Running = {
      tag: options.tag ?? `a${this.#tags}`,
      verb,
      untagged: [],
      outcome: undefined,
      continued: undefined,
      settled: undefined,
      cancel: this.#socket.deadline(),
    }
    this.#running = running
    return running
  }

  async #transmit(running: Running, parts: readonly (string | Uint8Array)[], options: ImapCommandOptions) {
    const { tap } = this.#socket
    let line = `${running.tag} `
    for (const part of parts) {
      if (typeof part === 'string') {
        line += part
        continue
      }
      const plus = this.#literalPlus(part.length, options)
      line += literalMarker(part.length, plus)
      if (options.secret) tap?.sentSecret(line.length)
      else tap?.sent(line)
      if (plus) {
        // The marker and what it announces leave in one write.
        const marker = line
        let sent: Promise<void> | undefined
        this.#socket.batch(() => {
          this.#socket.write(marker)
          sent = this.#socket.send(part)
        })
        await sent
      } else {
        const go = this.#continuation(running)
        this.#socket.write(line)
        if (!(await go)) return
        await this.#socket.send(part)
      }
      if (running.verb === 'APPEND') tap?.sentMessage(part)
      else tap?.sentSecret(part.length)
      line = ''
    }
    this.#writeLine(line, options)
  }

  #literalPlus(octets: number, options: ImapCommandOptions): boolean {
    if (options.literal !== undefined) return options.literal === 'plus'
    return this.#capabilities.has('LITERAL+') || (octets <= 4096 && this.#capabilities.has('LITERAL-'))
  }

  #continuation(running: Running): Promise<boolean> {
    if (running.outcome !== undefined) return Promise.resolve(false)
    return new Promise((resolve) => {
      running.continued = resolve
    })
  }

  #outcome(running: Running): Promise<ImapReply> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: ImapReply | WireError) => {
        if (outcome instanceof WireError) reject(outcome)
        else resolve(outcome)
      }
      if (running.outcome === undefined) running.settled = settle
      else settle(running.outcome)
    })
  }

  /** A command that is answered by `+` and goes on: `answer` sends what follows; its tagged reply is the value. */
  protected continuedCommand(text: string, answer: string, options: ImapCommandOptions): Promise<ImapReply> {
    if (this.#idling) return Promise.reject(new Error('IDLE is running: end it with done() first'))
    return this.#inTurn(async () => {
      const running = this.#start(verbOf(text), options)
      try {
        const go = this.#continuation(running)
        this.write(`${running.tag} ${text}\r\n`)
        if (await go) this.write(`${answer}\r\n`)
        return await this.#outcome(running)
      } finally {
        this.#running = undefined
      }
    })
  }

  /** Resolves once the server idles; throws WireError 'protocol', its detail the status, when it refuses. */
  async idle(): Promise<ImapIdle> {
    await this.#last?.then(nothing, nothing)
    if (this.#idling) throw new Error('IDLE is running already')
    const running = this.#start('IDLE', {})
    const go = this.#continuation(running)
    this.write(`${running.tag} IDLE\r\n`)
    if (!(await go)) {
      this.#running = undefined
      const { status, text } = await this.#outcome(running)
      throw new WireError('protocol', 'IDLE', `IDLE: ${status} ${text}`, { detail: status })
    }
    running.cancel()
    this.#idling = true
    return {
      next: (ms) => this.waitFor(() => true, ms),
      done: async () => {
        try {
          if (running.outcome === undefined) {
            running.cancel = this.#socket.deadline()
            this.write('DONE\r\n')
          }
          return await this.#outcome(running)
        } finally {
          this.#idling = false
          if (this.#running === running) this.#running = undefined
        }
      },
    }
  }

  /** Takes everything unsolicited so far, in order: EXISTS, EXPUNGE, FETCH, BYE, alerts, and replies to raw writes. */
  events(): readonly ImapResponse[] {
    this.#unread = 0
    return this.#events.takeAll()
  }

  /**
   * Takes the first unsolicited response that fits, queued or to come; undefined when none comes in `ms`. Throws
   * WireError when the connection is over and nothing queued fits.
   */
  waitFor(wants: (response: ImapResponse) => boolean, ms: number): Promise<ImapResponse | undefined> {
    this.#unread = 0
    return this.#events.take(wants, ms)
  }

  /** Octets as they are, in one write. Tagged replies to them are events. */
  write(data: string | Uint8Array): void {
    if (typeof data === 'string') this.#socket.tap?.sent(data)
    else this.#socket.tap?.sentSecret(data.length)
    this.#socket.write(data)
  }

  /** The next unclaimed response as a line, literals left out. For raw conversations. */
  async readLine(ms: number): Promise<string | undefined> {
    return (await this.waitFor(() => true, ms))?.line
  }

  /** Waits until the peer ends the connection: how it did, or WireError 'timeout'. */
  waitForEnd(ms?: number): Promise<WireError> {
    return this.#socket.waitForEnd(ms)
  }

  /** At once, without a word. */
  close(): void {
    this.#socket.close()
  }

  /** LOGOUT, without waiting for the answer. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.leave(`${this.#idling ? 'DONE\r\n' : ''}z LOGOUT\r\n`)
  }

  /** After a reply that halted reading: the octets behind it, and a fresh start for what comes now. */
  protected resume(): Uint8Array {
    const rest = this.#reader.rest()
    this.#reader = this.#newReader()
    this.#halted = false
    return rest
  }

  protected forgetCapabilities(): void {
    this.#capabilities = new Set()
  }

  #newReader(): ImapResponseReader {
    const { tap } = this.#socket
    const watcher =
      tap === undefined
        ? undefined
        : { line: (text: string) => tap.received(text), literal: (octets: Uint8Array) => tap.receivedLiteral(octets) }
    return new ImapResponseReader({ decode: latin1, limits: this.#limits, watcher })
  }

  #received(chunk: Buffer): void {
    try {
      this.#unread += chunk.length
      if (this.#unread > maxUnread) throw this.#tooMuch(`more than ${maxUnread} octets`)
      this.#reader.push(chunk, performance.now())
      while (!this.#halted) {
        const response = this.#reader.next()
        if (response === undefined) break
        this.#dispatch(response)
      }
    } catch (cause) {
      this.#socket.fail(wireFailure(cause, this.#socket.stage))
    }
  }

  #tooMuch(what: string): WireError {
    return new WireError('too-long', this.#socket.stage, `${this.#socket.stage}: ${what} nobody asked for`)
  }

  #dispatch(response: ImapResponse): void {
    const running = this.#running
    this.#learn(response)
    if (response.kind === 'continuation' && running?.continued !== undefined) {
      running.continued(true)
      running.continued = undefined
    } else if (response.kind === 'tagged' && running !== undefined && response.tag === running.tag) {
      this.#finish(running, replyOf(response, running.untagged))
    } else if (response.kind === 'untagged' && running !== undefined && claims(running.verb, response)) {
      running.untagged.push(response)
    } else {
      this.#events.add(response)
      if (this.#events.length > maxEvents) throw this.#tooMuch(`more than ${maxEvents} responses`)
    }
  }

  #learn(response: ImapResponse): void {
    const { type, number = 0 } = response
    if (type === 'EXISTS') this.#exists = number
    else if (type === 'EXPUNGE') this.#exists = Math.max(0, this.#exists - 1)
    else if (type === 'CAPABILITY') this.#capabilities = capabilitiesIn(response.text)
    else if (response.code === 'CAPABILITY') this.#capabilities = capabilitiesIn(response.codeArguments ?? '')
  }

  #finish(running: Running, outcome: ImapReply | WireError): void {
    if (running.outcome !== undefined) return
    running.outcome = outcome
    running.cancel()
    const changes = running.verb === 'STARTTLS' || running.verb === 'COMPRESS'
    if (changes && !(outcome instanceof WireError) && outcome.status === 'OK') this.#halted = true
    running.continued?.(false)
    running.settled?.(outcome)
  }

  #ended(error: WireError): void {
    if (this.#running !== undefined) this.#finish(this.#running, error)
    this.#events.end(error)
  }
}

/** IDLE, running. */
export interface ImapIdle {
  /** The next unsolicited response, queued ones first (also those from before IDLE); undefined when none comes in `ms`. */
  next(ms: number): Promise<ImapResponse | undefined>
  /** DONE, and the reply to IDLE. */
  done(): Promise<ImapReply>
}

function nothing(): void {}

/** By the words they were told in: thousands of sessions are told the same. */
const told = new Map<string, ReadonlySet<string>>()
const mostTold = 100

function capabilitiesIn(text: string): ReadonlySet<string> {
  const known = told.get(text)
  if (known !== undefined) return known
  const capabilities = new Set(text.toUpperCase().split(' ').filter(Boolean))
  // Nobody's endless list is kept.
  if (text.length > 4_096) return capabilities
  if (told.size === mostTold) told.clear()
  told.set(text, capabilities)
  return capabilities
}

function replyOf(response: ImapResponse, untagged: readonly ImapResponse[]): ImapReply {
  const { code, codeArguments, text } = response
  const reply = { status: response.type as ImapReply['status'], text, untagged }
  if (code === undefined) return reply
  return codeArguments === undefined ? { ...reply, code } : { ...reply, code, codeArguments }
}
