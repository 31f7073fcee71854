// A client session with port 25 of another server: EHLO, STARTTLS, one transaction after another. Used by the courier.
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { TransportBehaviour } from '../behaviour/outbound.ts'
import type { Clock } from '../clock.ts'
import type { Place } from '../network/network.ts'
import { within } from './deadline.ts'
import { stuff } from './dot-stuffing.ts'
import { type Reply, ReplyReader, Unreachable } from './reply-reader.ts'
import type { TlsOptions } from './trust.ts'
import type { Outcome, Parcel } from './types.ts'

export interface SessionOptions {
  readonly place: Place
  readonly tls: TlsOptions
  /** What to call ourselves. */
  readonly name: string
  /** `never` for a domain that gets its mail in clear. */
  readonly startTls: TransportBehaviour['startTls']
  readonly rules: TransportBehaviour
  readonly clock: Clock
}

export class SmtpClient {
  readonly #options: SessionOptions
  readonly #reader = new ReplyReader()
  #socket: Socket | undefined
  #keywords: ReadonlyMap<string, string> = new Map()
  #over = false
  #untouched = true

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Up to the EHLO inside TLS. A reply that refuses us, or undefined; throws Unreachable. */
  async open(): Promise<Reply | undefined> {
    const { place, name, startTls } = this.#options
    const socket = connectTcp({ host: place.address, port: place.port, noDelay: true })
    this.#use(socket)
    const greeting = await this.#reply('greeting')
    if (greeting.code !== 220) return this.#refused(greeting)
    let hello = await this.#ask(`EHLO ${name}`)
    if (hello.code !== 250) return this.#refused(hello)
    this.#keywords = keywordsOf(hello)
    if (startTls === 'never' || (startTls === 'offered' && !this.#keywords.has('STARTTLS'))) return undefined
    if (!this.#keywords.has('STARTTLS')) throw new Unreachable('STARTTLS is not offered')
    const ready = await this.#ask('STARTTLS')
    if (ready.code !== 220) throw new Unreachable(`STARTTLS refused: ${ready.text}`)
    await this.#secure(socket)
    hello = await this.#ask(`EHLO ${name}`)
    if (hello.code !== 250) return this.#refused(hello)
    this.#keywords = keywordsOf(hello)
    return undefined
  }

  /** Ready for another transaction. */
  get usable(): boolean {
    return !this.#over && this.#socket?.destroyed === false && this.#reader.quiet
  }

  /** The last transaction broke off before the other side said a word: it may be begun anew elsewhere. */
  get untouched(): boolean {
    return this.#untouched
  }

  /** One transaction; throws Unreachable when the connection breaks on the way. */
  async send({ sender, recipients, bytes }: Parcel): Promise<readonly Outcome[]> {
    const { rules } = this.#options
    const fate = (reply: Reply) => fateOf(reply, rules)
    const all = (reply: Reply, of = recipients) =>
      of.map((recipient): Outcome => ({ recipient, fate: fate(reply), reply: reply.text }))
    this.#untouched = true
    const mail = await this.#ask(`MAIL FROM:<${sender}>${this.#parameters(sender, recipients, bytes)}`)
    this.#untouched = false
    if (fate(mail) !== 'sent') return this.#abandon(all(mail))
    const outcomes: Outcome[] = []
    const taken: string[] = []
    for (const recipient of recipients) {
      const rcpt = await this.#ask(`RCPT TO:<${recipient}>`)
      if (fate(rcpt) === 'sent') taken.push(recipient)
      else outcomes.push(...all(rcpt, [recipient]))
      if (rcpt.code === 421) {
        const untold = recipients.slice(outcomes.length + taken.length)
        return [...outcomes, ...all(rcpt, [...taken, ...untold])]
      }
    }
    const [refusal] = outcomes
    if (refusal !== undefined && rules.refusalOfOne === 'for-all') {
      return this.#abandon(recipients.map((recipient) => ({ ...refusal, recipient })))
    }
    if (taken.length === 0) return this.#abandon(outcomes)
    const data = await this.#ask('DATA')
    if (data.code !== 354) return this.#abandon([...outcomes, ...all(data, taken)])
    this.#socket?.write(Buffer.concat([stuff(bytes, rules.stuffsDots), Buffer.from('.\r\n')]))
    const end = await this.#reply('end of DATA')
    return [...outcomes, ...all(end, taken)]
  }

  /** Says goodbye without waiting for the answer. */
  close(): void {
    this.#over = true
    if (this.#socket?.writable) this.#socket.end('QUIT\r\n')
    this.#reader.fail('closed')
    this.#socket?.destroySoon()
  }

  /** The transaction is over without DATA: the next one begins afresh. */
  async #abandon(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
    if (this.#over) return outcomes
    const reset = await this.#ask('RSET').catch(() => undefined)
    if (reset?.code !== 250) this.#over = true
    return outcomes
  }

  #parameters(sender: string, recipients: readonly string[], bytes: Buffer): string {
    let text = ''
    if (this.#keywords.has('SIZE')) text += ` SIZE=${bytes.length}`
    if (this.#keywords.has('8BITMIME') && bytes.some((byte) => byte > 0x7f)) text += ' BODY=8BITMIME'
    const international = [sender, ...recipients].some((address) => /[^\x20-\x7e]/.test(address))
    return international && this.#keywords.has('SMTPUTF8') ? `${text} SMTPUTF8` : text
  }

  async #secure(socket: Socket): Promise<void> {
    const { tls, rules, clock } = this.#options
    this.#reader.detach()
    const secured: TLSSocket = connectTls({ socket, host: this.#options.place.address, ...tls })
    this.#socket = secured
    const done = new Promise<void>((resolve, reject) => {
      const failed = (error?: Error) => reject(new Unreachable(`TLS failed: ${error?.message ?? 'closed'}`))
      secured.once('secureConnect', resolve)
      secured.once('error', failed)
      secured.once('close', () => failed())
      socket.once('error', failed)
    })
    try {
      await within(done, { clock, seconds: rules.timeoutSeconds, what: 'TLS handshake' })
    } catch (error) {
      secured.destroy()
      socket.destroy()
      throw error
    }
    this.#use(secured)
  }

  #use(socket: Socket): void {
    this.#socket = socket
    this.#reader.attach(socket)
  }

  #ask(line: string): Promise<Reply> {
    this.#socket?.write(`${line}\r\n`)
    return this.#reply(`answer to ${line.slice(0, 8).trim()}`)
  }

  async #reply(what: string): Promise<Reply> {
    const { clock, rules } = this.#options
    try {
      const reply = await within(this.#reader.next(), { clock, seconds: rules.timeoutSeconds, what })
      if (reply.code === 421) this.#over = true
      return reply
    } catch (error) {
      this.#over = true
      this.#reader.fail('given up')
      this.#socket?.destroy()
      throw error
    }
  }

  #refused(reply: Reply): Reply {
    this.close()
    return reply
  }
}

/** 2xx: sent; 4xx: deferred; 5xx: failed; anything else is no answer to what we asked. */
export function fateOf(reply: Reply, rules: TransportBehaviour): Outcome['fate'] {
  const kind = Math.floor(reply.code / 100)
  if (kind === 2) return 'sent'
  if (kind === 4) return rules.temporaryIsPermanent ? 'failed' : 'deferred'
  return kind === 5 && !rules.retriesPermanent ? 'failed' : 'deferred'
}

function keywordsOf(hello: Reply): ReadonlyMap<string, string> {
  return new Map(
    hello.lines.slice(1).map((line) => {
      const [keyword = '', ...parameters] = line.trim().split(/\s+/)
      return [keyword.toUpperCase(), parameters.join(' ')]
    }),
  )
}
