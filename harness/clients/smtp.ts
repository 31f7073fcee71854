// The SMTP client: every command raw, wrong input on purpose, times of every stage. Used by checks, discovery and load.
import { WireError } from '../host/wire-error.ts'
import { encodeBase64 } from '../wire/base64.ts'
import { dotStuff } from '../wire/dot-stuffing.ts'
import { ehloExtensions, type SmtpReply, SmtpReplyReader } from '../wire/smtp-reply.ts'
import { type ConnectOptions, openSocket } from './connect.ts'
import { latin1 } from './latin1.ts'
import type { LineSocket, Receiver } from './line-socket.ts'
import {
  type SmtpEnvelope,
  type SmtpManner,
  type SmtpOutcome,
  type SmtpSession,
  type SmtpStage,
  submit,
} from './smtp-send.ts'
import type { SessionTimes, SetupStage, Stage } from './stage.ts'
import type { TlsFacts } from './tls-facts.ts'
import { wireFailure } from './wire-failure.ts'

export type { SmtpReply } from '../wire/smtp-reply.ts'
export type { SmtpEnvelope, SmtpManner, SmtpOutcome } from './smtp-send.ts'

export interface SmtpOptions extends ConnectOptions {
  /** Default `[127.0.0.1]`, which is what Delta Chat core sends. */
  readonly ehloName?: string
  /** Read the greeting, whatever it says, and stop there. */
  readonly raw?: boolean
}

/**
 * Greeting, EHLO, and STARTTLS with a second EHLO where the endpoint asks for it. Throws WireError; when the server
 * refuses, it is of code `protocol` and its detail is the reply code (`421`), or `NOT_OFFERED` for a missing STARTTLS.
 */
export async function openSmtp(options: SmtpOptions): Promise<SmtpClient> {
  const client = new SmtpClient(await openSocket(options), options)
  try {
    const greeting = await client.greet()
    if (options.raw) return client
    demand(greeting, 'greeting', 220)
    demand(await client.ehlo(), 'EHLO', 250)
    if (options.endpoint.security === 'starttls') {
      if (!client.extensions.has('STARTTLS')) {
        throw new WireError('protocol', 'STARTTLS', 'STARTTLS: not offered', { detail: 'NOT_OFFERED' })
      }
      demand(await client.starttls(), 'STARTTLS', 220)
      demand(await client.ehlo(), 'EHLO', 250)
    }
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

function demand(reply: SmtpReply, stage: SmtpStage, code: number): void {
  if (reply.code === code) return
  throw new WireError('protocol', stage, `${stage}: ${reply.code} ${reply.text}`, { detail: String(reply.code) })
}

interface Waiting {
  readonly resolve: (reply: SmtpReply) => void
  readonly reject: (error: WireError) => void
  readonly cancel: () => void
}

/** More unasked replies than this are an attack. */
const maxUnasked = 1000

export class SmtpClient implements AsyncDisposable {
  readonly #socket: LineSocket
  readonly #ehloName: string
  #reader: SmtpReplyReader
  #greeting: SmtpReply = { code: 0, lines: [], text: '' }
  #extensions: ReadonlyMap<string, string> = new Map()
  readonly #replies: SmtpReply[] = []
  readonly #waiting: Waiting[] = []

  /** Use openSmtp. */
  constructor(socket: LineSocket, options: { ehloName?: string }) {
    this.#socket = socket
    this.#ehloName = options.ehloName ?? '[127.0.0.1]'
    this.#reader = this.#newReader()
    const receiver: Receiver = { data: (chunk) => this.#received(chunk), ended: (error) => this.#ended(error) }
    socket.stage = 'greeting'
    socket.receive(receiver)
  }

  get greeting(): SmtpReply {
    return this.#greeting
  }

  /** Of the last EHLO: keyword in upper case to its parameters. */
  get extensions(): ReadonlyMap<string, string> {
    return this.#extensions
  }

  get secure(): boolean {
    return this.#socket.tls !== undefined
  }

  get tls(): TlsFacts | undefined {
    return this.#socket.tls
  }

  /** What setting up the session took, in order. */
  get stages(): readonly Stage<SetupStage>[] {
    return this.#socket.stages
  }

  get times(): SessionTimes {
    return this.#socket.times
  }

  /** Octets on the wire so far. */
  get traffic(): { readonly sent: number; readonly received: number } {
    return this.#socket.traffic
  }

  get closed(): boolean {
    return this.#socket.closed
  }

  /** Why the connection is over. */
  get error(): WireError | undefined {
    return this.#socket.error
  }

  /** Reads the greeting; openSmtp has done it. */
  async greet(): Promise<SmtpReply> {
    const began = performance.now()
    this.#greeting = await this.reply('greeting')
    this.#socket.passed('greeting', began)
    return this.#greeting
  }

  /** Sends a line, CRLF added, and gives the reply. The line may be anything. */
  command(line: string): Promise<SmtpReply> {
    const space = line.indexOf(' ')
    return this.#exchange(line, (space === -1 ? line : line.slice(0, space)).slice(0, 20).toUpperCase())
  }

  /** All lines in one write; their replies in order. */
  async pipeline(lines: readonly string[]): Promise<readonly SmtpReply[]> {
    this.#writeLines(lines)
    const replies: SmtpReply[] = []
    for (const line of lines) replies.push(await this.reply(line.slice(0, 20)))
    return replies
  }

  /** Octets as they are, in one write. */
  write(data: string | Uint8Array): void {
    if (typeof data === 'string') this.#socket.tap?.sent(data)
    else this.#socket.tap?.sentSecret(data.length)
    this.#socket.write(data)
  }

  /** The next reply, asked for or not. */
  reply(stage?: string): Promise<SmtpReply> {
    if (stage !== undefined) this.#socket.stage = stage
    const ready = this.#replies.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    if (this.#socket.error !== undefined) return Promise.reject(this.#socket.error)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject, cancel: this.#socket.deadline() })
    })
  }

  /** The next reply, or undefined when none comes in time; the session goes on. */
  replyWithin(ms: number): Promise<SmtpReply | undefined> {
    const ready = this.#replies.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    if (this.#socket.error !== undefined) return Promise.reject(this.#socket.error)
    return new Promise((resolve, reject) => {
      const waiting = { resolve, reject, cancel: () => clearTimeout(timer) }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        resolve(undefined)
      }, ms)
      this.#waiting.push(waiting)
    })
  }

  /** Waits until the peer ends the connection: how it did, or WireError 'timeout'. */
  waitForEnd(ms?: number): Promise<WireError> {
    return this.#socket.waitForEnd(ms)
  }

  async ehlo(name: string = this.#ehloName): Promise<SmtpReply> {
    const began = performance.now()
    const reply = await this.#exchange(`EHLO ${name}`, 'EHLO')
    this.#socket.passed('ehlo', began)
    if (reply.code === 250) this.#extensions = ehloExtensions(reply)
    return reply
  }

  /** STARTTLS and, on 220, the handshake. What EHLO said is forgotten (RFC 3207 4.2); ask again. */
  async starttls(): Promise<SmtpReply> {
    const reply = await this.#exchange('STARTTLS', 'STARTTLS')
    if (reply.code === 220) await this.upgrade()
    return reply
  }

  /** The TLS handshake alone. Plain text the server sent behind its reply is an injection, and ends the session. */
  async upgrade(): Promise<void> {
    if (this.#replies.length > 0 || !this.#reader.empty) {
      throw this.#socket.fail(
        new WireError('protocol', 'STARTTLS', 'STARTTLS: plain text after the reply', { detail: 'STARTTLS_INJECTION' }),
      )
    }
    await this.#socket.startTls()
    this.#reader = this.#newReader()
    this.#extensions = new Map()
  }

  /** AUTH PLAIN with an initial response; a refusal is the value. `actFor`: the identity to act as (RFC 4616). */
  async authPlain(user: string, password: string, actFor = ''): Promise<SmtpReply> {
    const payload = encodeBase64(new TextEncoder().encode(`${actFor}\0${user}\0${password}`))
    this.#socket.tap?.hide(password)
    this.#socket.tap?.hide(payload)
    const began = performance.now()
    let reply = await this.#exchange(`AUTH PLAIN ${payload}`, 'AUTH')
    if (reply.code === 334) reply = await this.#exchange(payload, 'AUTH')
    this.#socket.passed('auth', began)
    return reply
  }

  /**
   * One transaction. A refusal or a hang-up is a value, never a throw; after a refusal the session stays usable.
   * Default is strict alternation, as Delta Chat core does it.
   */
  send(
    message: { readonly envelope: SmtpEnvelope; readonly bytes: Uint8Array },
    manner: SmtpManner = 'alternate',
  ): Promise<SmtpOutcome> {
    return submit(this.#session, message.envelope, message.bytes, manner)
  }

  readonly #session: SmtpSession = {
    exchange: (line, stage) => this.#exchange(line, stage),
    pipelined: (lines) => this.#writeLines(lines),
    reply: (stage) => this.reply(stage),
    body: (message) => this.body(message),
    chunk: (message) => this.#chunk(message),
  }

  /** After a 354: the message, dot-stuffed and ended, and the reply to it. */
  async body(message: Uint8Array): Promise<SmtpReply> {
    this.#socket.stage = 'body'
    this.#socket.tap?.sentMessage(message)
    await this.#socket.send(dotStuff(message))
    return this.reply('body')
  }

  async #chunk(message: Uint8Array): Promise<SmtpReply> {
    this.#socket.stage = 'body'
    const head = `BDAT ${message.length} LAST\r\n`
    this.#socket.tap?.sent(head)
    this.#socket.tap?.sentMessage(message)
    await this.#socket.send(Buffer.concat([Buffer.from(head), message]))
    return this.reply('body')
  }

  reset(): Promise<SmtpReply> {
    return this.#exchange('RSET', 'RSET')
  }

  /** QUIT and its reply; the connection is closed whatever comes. */
  async quit(): Promise<SmtpReply | undefined> {
    try {
      return await this.#exchange('QUIT', 'QUIT')
    } catch {
      return undefined
    } finally {
      this.close()
    }
  }

  /** At once, without a word. */
  close(): void {
    this.#socket.close()
  }

  /** QUIT, without waiting for the answer. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.leave('QUIT\r\n')
  }

  #exchange(line: string, stage: string): Promise<SmtpReply> {
    this.#socket.tap?.sent(line)
    this.#socket.write(`${line}\r\n`)
    return this.reply(stage)
  }

  #writeLines(lines: readonly string[]): void {
    for (const line of lines) this.#socket.tap?.sent(line)
    this.#socket.write(`${lines.join('\r\n')}\r\n`)
  }

  #newReader(): SmtpReplyReader {
    const { tap } = this.#socket
    return new SmtpReplyReader({ onLine: tap === undefined ? undefined : (line) => tap.received(line) })
  }

  #received(chunk: Buffer): void {
    try {
      this.#reader.push(latin1(chunk))
      for (let reply = this.#reader.next(); reply !== undefined; reply = this.#reader.next()) {
        const waiting = this.#waiting.shift()
        waiting?.cancel()
        if (waiting !== undefined) waiting.resolve(reply)
        else if (this.#replies.push(reply) > maxUnasked) {
          throw new WireError('too-long', this.#socket.stage, `more than ${maxUnasked} replies nobody asked for`)
        }
      }
    } catch (cause) {
      this.#socket.fail(wireFailure(cause, this.#socket.stage))
    }
  }

  #ended(error: WireError): void {
    for (const waiting of this.#waiting.splice(0)) {
      waiting.cancel()
      waiting.reject(error)
    }
  }
}
