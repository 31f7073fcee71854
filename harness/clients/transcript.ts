// What was said on the wire, redacted as it is captured. Checks show it as evidence; the clients write into it.
import { isIP } from 'node:net'
import { asksForSecrets, headerOf, redactReceived, redactSent, redactTurn, spellings } from './redaction.ts'

/** `at`: milliseconds since the connection began. `>` we sent, `<` we received, `-` happened. */
export interface TranscriptLine {
  readonly at: number
  readonly connection: number
  readonly direction: '>' | '<' | '-'
  readonly text: string
}

const lineLength = 1000

/** Keeps the first and the last lines when full, and says how many are missing between. */
export class Transcript {
  readonly #maxLines: number
  readonly #first: TranscriptLine[] = []
  #last: TranscriptLine[] = []
  #dropped = 0
  #connections = 0
  readonly #secrets = new Set<string>()
  readonly #ownAddresses = new Map<string, RegExp>()

  constructor(options: { maxLines?: number } = {}) {
    this.#maxLines = Math.max(4, options.maxLines ?? 600)
  }

  /** From now on replaced wherever it shows: as it is, quoted, in base64. Of less than 4 chars only its commands are redacted. */
  hide(secret: string): void {
    for (const spelling of spellings(secret)) this.#secrets.add(spelling)
  }

  /** Our own address is nobody's business in a report. Loopback and `peer`, the address we talk to, stay. */
  hideOwnAddress(address: string, peer: string): void {
    const bare = address.replace(/^::ffff:/i, '')
    if (isIP(bare) === 0 || bare === peer || bare.startsWith('127.') || bare === '::1') return
    // 192.0.2.1 is no part of 192.0.2.12.
    const digits = bare.replaceAll('.', '\\.')
    this.#ownAddresses.set(bare, new RegExp(isIP(bare) === 4 ? `(?<!\\d|\\d\\.)${digits}(?!\\d|\\.\\d)` : digits, 'g'))
  }

  tap(): ConnectionTap {
    this.#connections++
    return new ConnectionTap(this, this.#connections)
  }

  get lines(): readonly TranscriptLine[] {
    if (this.#dropped === 0) return [...this.#first, ...this.#last]
    const next = this.#last[0]
    const gap: TranscriptLine = {
      at: next?.at ?? 0,
      connection: next?.connection ?? 0,
      direction: '-',
      text: `${this.#dropped} lines left out`,
    }
    return [...this.#first, gap, ...this.#last]
  }

  /** Redacts what `hide` named and keeps the line. Only a tap calls it. */
  capture(line: TranscriptLine): void {
    let text = line.text
    for (const secret of this.#secrets) if (text.includes(secret)) text = text.replaceAll(secret, '***')
    for (const [own, whole] of this.#ownAddresses) if (text.includes(own)) text = text.replace(whole, '<our address>')
    if (text.length > lineLength) text = `${text.slice(0, lineLength)}<${text.length - lineLength} more chars>`
    const kept = text === line.text ? line : { ...line, text }
    const half = this.#maxLines / 2
    if (this.#first.length < half) {
      this.#first.push(kept)
      return
    }
    this.#last.push(kept)
    // Let it grow to twice its share, so that cutting it is rare.
    if (this.#last.length >= half * 2) {
      this.#dropped += this.#last.length - half
      this.#last = this.#last.slice(-half)
    }
  }
}

/** One connection's share of a transcript. */
export class ConnectionTap {
  readonly #transcript: Transcript
  readonly #connection: number
  readonly #began = performance.now()
  #secretsDue = false
  #lastReceived = ''

  constructor(transcript: Transcript, connection: number) {
    this.#transcript = transcript
    this.#connection = connection
  }

  hide(secret: string): void {
    this.#transcript.hide(secret)
  }

  hideOwnAddress(address: string, peer: string): void {
    this.#transcript.hideOwnAddress(address, peer)
  }

  /** Lines as we send them, with or without CRLF. */
  sent(text: string): void {
    for (const line of text.replace(/\r?\n$/, '').split(/\r?\n/)) {
      if (asksForSecrets(line)) {
        this.#secretsDue = true
        this.#capture('>', redactSent(line))
      } else {
        this.#capture('>', this.#secretsDue ? '***' : redactSent(line))
      }
    }
  }

  /** A message we send: its header, and how much body. */
  sentMessage(message: Uint8Array): void {
    this.#message('>', message)
  }

  /** Octets we send that are nobody's business. */
  sentSecret(octets: number): void {
    this.#capture('>', `<${octets} octets>`)
  }

  received(line: string): void {
    if (this.#secretsDue && !line.startsWith('+') && !line.startsWith('334')) this.#secretsDue = false
    this.#lastReceived = line
    this.#capture('<', redactReceived(line))
  }

  /** A literal: of a message the header, of metadata the value, of anything else its size. */
  receivedLiteral(octets: Uint8Array): void {
    const before = this.#lastReceived
    if (octets.length <= 512 && /^\* METADATA |^ ?\/\S+ /i.test(before)) {
      const text = Buffer.from(octets).toString('latin1')
      const shown = /devicetoken/i.test(before) ? '***' : /\/turn /i.test(before) ? redactTurn(text) : text
      this.#capture('<', shown)
    } else {
      this.#message('<', octets)
    }
  }

  note(text: string): void {
    this.#capture('-', text)
  }

  #message(direction: '>' | '<', message: Uint8Array): void {
    const header = headerOf(message)
    for (const line of header?.lines ?? []) this.#capture(direction, line)
    const body = header?.body ?? message.length
    if (body > 0 || header === undefined) {
      this.#capture(direction, header === undefined ? `<${body} octets>` : `<${body} octets of body>`)
    }
  }

  #capture(direction: '>' | '<' | '-', text: string): void {
    const at = Math.round((performance.now() - this.#began) * 100) / 100
    this.#transcript.capture({ at, connection: this.#connection, direction, text })
  }
}
