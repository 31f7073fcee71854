// Reads SMTP replies of another server, with caps on everything. Used by the SMTP client of the way out only.
import type { Socket } from 'node:net'

export interface Reply {
  readonly code: number
  /** All lines in one, without line ends: `250 first second`. Printable ASCII, 500 characters at most. */
  readonly text: string
  /** What follows the code, line by line. */
  readonly lines: readonly string[]
}

/** The connection, the handshake or the language failed: nobody to talk to there. */
export class Unreachable extends Error {
  readonly code = 'unreachable'
}

const mostBytes = 65_536
const mostLines = 200

export class ReplyReader {
  #socket: Socket | undefined
  #text = ''
  #ended: string | undefined
  #wake: (() => void) | undefined

  readonly #take = (chunk: Buffer) => {
    this.#text += chunk.toString('latin1')
    if (this.#text.length > mostBytes) this.#fail('a reply without end')
    else this.#wake?.()
  }
  readonly #finish = () => this.#fail('the connection was closed')
  readonly #broken = (error: Error) => this.#fail(error.message)

  attach(socket: Socket): void {
    this.#socket = socket
    socket.on('data', this.#take)
    socket.on('error', this.#broken)
    socket.once('end', this.#finish)
    socket.once('close', this.#finish)
  }

  /** Lets go of the socket for STARTTLS; throws when the other side has said something already: anybody may have. */
  detach(): void {
    if (this.#text !== '') throw new Unreachable('text in clear after STARTTLS')
    this.#socket?.off('data', this.#take)
    this.#socket?.off('error', this.#broken)
    this.#socket?.off('end', this.#finish)
    this.#socket?.off('close', this.#finish)
    this.#socket = undefined
  }

  /** False when the other side has hung up, or has spoken without being asked. */
  get quiet(): boolean {
    return this.#ended === undefined && this.#text === ''
  }

  async next(): Promise<Reply> {
    for (;;) {
      const reply = this.#parse()
      if (reply !== undefined) return reply
      if (this.#ended !== undefined) throw new Unreachable(this.#ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }

  /** Ends every waiting with an error. */
  fail(reason: string): void {
    this.#fail(reason)
  }

  #parse(): Reply | undefined {
    const lines: string[] = []
    let at = 0
    for (;;) {
      const end = this.#text.indexOf('\n', at)
      if (end < 0) return undefined
      const match = /^(\d{3})(?:([ -])(.*))?$/.exec(this.#text.slice(at, end).replace(/\r$/, ''))
      if (match === null || lines.length >= mostLines) throw new Unreachable('no SMTP reply')
      at = end + 1
      lines.push(printable(match[3] ?? ''))
      if (match[2] === '-') continue
      this.#text = this.#text.slice(at)
      const text = `${match[1]} ${lines.join(' ')}`.slice(0, 500).trimEnd()
      return { code: Number(match[1]), text, lines }
    }
  }

  #fail(reason: string): void {
    this.#ended ??= reason
    this.#socket?.destroy()
    this.#wake?.()
  }
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?')
}
