// One SMTP session of a mail exchange of the peer (RFC 5321, STARTTLS by RFC 3207), on a socket that somebody opened to us.
// Shares no code with the reference server. Used by exchange.ts.
import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { ConnectionTap } from '../clients/transcript.ts'
import { messageIdOf } from '../mail/parse.ts'
import { dotUnstuff } from '../wire/dot-stuffing.ts'
import { LineReader } from '../wire/line-reader.ts'
import { Malformed } from '../wire/malformed.ts'
import { type Answer, type Arrival, exchangeLimits, type Visit } from './arrival.ts'

export interface ReceiverOptions {
  readonly hostName: string
  /** Undefined: STARTTLS is not offered. */
  readonly secure: SecureContext | undefined
  readonly greetingDelayMs: number
  readonly answer: Answer
  readonly tap: Pick<ConnectionTap, 'sent' | 'received' | 'receivedLiteral' | 'note'>
  readonly visit: Visit
  readonly taken: (arrival: Arrival) => void
}

export class SmtpReceiver {
  readonly #options: ReceiverOptions
  #socket: Socket
  #lines = new LineReader()
  #tls: string | undefined
  #name = ''
  #sender: string | undefined
  #recipients: string[] = []
  #commands = 0
  #then = () => {}
  /** The message so far, dots and all; undefined outside of DATA. */
  #data: Buffer[] | undefined
  #dataOctets = 0

  constructor(socket: Socket, options: ReceiverOptions) {
    this.#options = options
    this.#socket = socket
    this.#attach(socket)
    const timer = setTimeout(() => this.#greet(), options.greetingDelayMs)
    socket.once('close', () => {
      clearTimeout(timer)
      options.visit.ended = true
      options.tap.note('the connection ended')
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #greet(): void {
    const refusal = this.#options.answer('greeting', '')
    this.#reply(refusal ?? `220 ${this.#options.hostName} ESMTP peer of chatmail-check`)
    if (refusal !== undefined) this.#socket.end()
  }

  #attach(socket: Socket): void {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.setTimeout(exchangeLimits.silenceMs, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => this.#received(chunk))
  }

  #reply(text: string): void {
    this.#options.tap.sent(text)
    if (this.#socket.writable) this.#socket.write(`${text}\r\n`)
  }

  #received(chunk: Buffer): void {
    if (this.#data !== undefined) {
      this.#moreData(chunk)
      return
    }
    this.#lines.push(chunk)
    try {
      while (this.#data === undefined) {
        const line = this.#lines.takeLine(exchangeLimits.lineOctets)
        if (line === undefined) return
        this.#options.tap.received(line)
        this.#commands += 1
        if (this.#commands > exchangeLimits.commands) throw new Malformed('too-long', 'too many commands')
        this.#then = () => {}
        this.#reply(this.#command(line))
        this.#then()
      }
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      this.#reply('421 4.7.0 enough')
      this.#socket.destroy()
    }
    const rest = this.#lines.takeBytes(this.#lines.buffered)
    if (rest !== undefined && rest.length > 0) this.#moreData(Buffer.from(rest))
  }

  /** What to answer; what else there is to do is done behind the answer. */
  #command(line: string): string {
    const [verb = '', ...words] = line.split(' ')
    const argument = words.join(' ').trim()
    const { hostName, secure } = this.#options
    switch (verb.toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        this.#name = argument
        this.#reset()
        return verb.toUpperCase() === 'HELO' ? `250 ${hostName}` : this.#greetBack()
      case 'STARTTLS':
        if (secure === undefined || this.#tls !== undefined) return '502 5.5.1 not here'
        this.#then = () => this.#startTls(secure)
        return '220 2.0.0 go ahead'
      case 'MAIL':
        return this.#mail(argument)
      case 'RCPT':
        return this.#rcpt(argument)
      case 'DATA':
        if (this.#recipients.length === 0) return '503 5.5.1 no recipients'
        this.#data = []
        this.#dataOctets = 0
        return '354 go on'
      case 'RSET':
        this.#reset()
        return '250 2.0.0 done'
      case 'NOOP':
        return '250 2.0.0 done'
      case 'QUIT':
        this.#then = () => this.#socket.end()
        return '221 2.0.0 bye'
      default:
        return '500 5.5.1 unknown command'
    }
  }

  #greetBack(): string {
    const { hostName, secure } = this.#options
    const offers = secure !== undefined && this.#tls === undefined ? ['250-STARTTLS'] : []
    return [
      `250-${hostName}`,
      `250-SIZE ${exchangeLimits.messageOctets}`,
      '250-8BITMIME',
      ...offers,
      '250 SMTPUTF8',
    ].join('\r\n')
  }

  #mail(argument: string): string {
    const path = /^FROM:\s*<([^>]*)>/i.exec(argument)?.[1]
    if (path === undefined) return '501 5.5.4 MAIL FROM:<address>'
    const refusal = this.#options.answer('mail', path)
    if (refusal !== undefined) return refusal
    this.#reset()
    this.#sender = path
    return '250 2.1.0 known'
  }

  #rcpt(argument: string): string {
    const path = /^TO:\s*<([^>]+)>/i.exec(argument)?.[1]
    if (path === undefined || this.#sender === undefined) return '503 5.5.1 RCPT TO:<address> after MAIL'
    if (this.#recipients.length >= exchangeLimits.recipients) return '452 4.5.3 too many recipients'
    const refusal = this.#options.answer('rcpt', path)
    if (refusal === undefined) this.#recipients.push(path)
    return refusal ?? '250 2.1.5 lives here'
  }

  #reset(): void {
    this.#sender = undefined
    this.#recipients = []
  }

  #moreData(chunk: Buffer): void {
    this.#data?.push(chunk)
    this.#dataOctets += chunk.length
    if (this.#dataOctets > exchangeLimits.messageOctets) {
      this.#reply('552 5.3.4 too large')
      this.#socket.destroy()
      return
    }
    // The end may lie across chunks; most chunks are no end, and a look at the last octets shows it.
    const tail = Buffer.concat((this.#data ?? []).slice(-5)).subarray(-5)
    if (!/(^|\r\n)\.\r\n$/.test(tail.toString('latin1'))) return
    const whole = Buffer.concat(this.#data ?? [])
    const bytes = dotUnstuff(whole)
    if (bytes === undefined) return
    this.#data = undefined
    this.#taken(bytes)
  }

  #taken(bytes: Uint8Array): void {
    this.#options.tap.receivedLiteral(bytes)
    const refusal = this.#options.answer('data', '')
    const arrival: Arrival = {
      via: 'smtp',
      from: this.#sender ?? '',
      to: this.#recipients,
      bytes,
      messageId: messageIdOf(bytes) ?? '',
      tls: this.#tls,
      name: this.#name,
      at: performance.now(),
    }
    this.#reset()
    if (refusal === undefined) this.#options.taken(arrival)
    this.#reply(refusal ?? '250 2.0.0 taken')
  }

  #startTls(secureContext: SecureContext): void {
    const plain = this.#socket
    plain.removeAllListeners('data')
    plain.removeAllListeners('timeout')
    // Nothing that came in clear may count inside (RFC 3207 6).
    this.#lines = new LineReader()
    this.#reset()
    this.#name = ''
    const { visit, tap } = this.#options
    visit.tls = 'failed'
    const secured = new TLSSocket(plain, { isServer: true, secureContext })
    secured.once('secure', () => {
      visit.tls = 'done'
      this.#tls = secured.getProtocol() ?? 'TLS'
      tap.note(`TLS is up: ${this.#tls}`)
    })
    secured.once('error', (error) => tap.note(`TLS: ${error.message.slice(0, 200)}`))
    secured.once('close', () => plain.destroy())
    this.#attach(secured)
  }
}
