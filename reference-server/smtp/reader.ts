// Turns the bytes of a submission socket into lines and messages, with caps. Used by the SMTP session only.
import type { Socket } from 'node:net'

/** too-long: a line over the cap was thrown away; end: the peer is gone. */
export type Line = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'too-long' | 'end' }

/** Still dot-stuffed, with CRLF at its end; null when it was longer than the cap and thrown away. */
export type Body = { readonly kind: 'body'; readonly bytes: Buffer | null } | { readonly kind: 'flood' | 'end' }

const lineFeed = 0x0a
const mostBuffered = 4_194_304
const nothing = Buffer.alloc(0)

export class SmtpReader {
  #socket: Socket | undefined
  #chunks: Buffer[] = []
  #length = 0
  #ended = false
  #wake: (() => void) | undefined

  readonly #take = (chunk: Buffer) => {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    // Whoever floods us while nobody reads is stopped by flow control.
    if (this.#length > mostBuffered) this.#socket?.pause()
    this.#wake?.()
  }
  readonly #finish = () => {
    this.#ended = true
    this.#wake?.()
  }

  attach(socket: Socket): void {
    this.#socket = socket
    socket.on('data', this.#take)
    socket.once('end', this.#finish)
    socket.once('close', this.#finish)
  }

  /** Lets go of the socket for STARTTLS; what was read and not used is kept or forgotten. */
  detach(keep: boolean): void {
    const socket = this.#socket
    socket?.off('data', this.#take)
    socket?.off('end', this.#finish)
    socket?.off('close', this.#finish)
    socket?.pause()
    this.#socket = undefined
    if (!keep) this.clear()
  }

  clear(): void {
    this.#chunks = []
    this.#length = 0
  }

  /** True when a whole line is here already. */
  get hasLine(): boolean {
    return this.#chunks.some((chunk) => chunk.includes(lineFeed))
  }

  async line(cap: number): Promise<Line> {
    let dropping = false
    for (;;) {
      const buffered = this.#joined()
      const end = buffered.indexOf(lineFeed)
      if (end >= 0) {
        this.#keep(buffered.subarray(end + 1))
        if (dropping || end > cap) return { kind: 'too-long' }
        const carriage = end > 0 && buffered[end - 1] === 0x0d
        return { kind: 'line', text: buffered.toString('utf8', 0, carriage ? end - 1 : end) }
      }
      if (buffered.length > cap) {
        dropping = true
        this.clear()
      }
      if (this.#ended) return { kind: 'end' }
      await this.#more()
    }
  }

  /** Up to the line with the lone dot. Bytes beyond `cap` are read but not kept; twice that much more is a flood. */
  async message(cap: number, bareLineFeeds: boolean): Promise<Body> {
    const kept: Buffer[] = []
    let size = 0
    // The line end before the first line, so that a lone dot at the very start ends the message.
    let tail: Buffer = Buffer.from('\r\n')
    for (;;) {
      for (let chunk = this.#chunks.shift(); chunk !== undefined; chunk = this.#chunks.shift()) {
        this.#length -= chunk.length
        const window = tail.length === 0 ? chunk : Buffer.concat([tail, chunk])
        const end = findEnd(window, bareLineFeeds)
        if (end !== undefined) {
          const used = end.at - tail.length
          const bytes = used >= 0 ? chunk.subarray(0, used) : nothing
          const rest = chunk.subarray(end.next - tail.length)
          if (rest.length > 0) {
            this.#chunks.unshift(rest)
            this.#length += rest.length
          }
          size += used
          if (size > cap) return { kind: 'body', bytes: null }
          kept.push(bytes)
          const all = Buffer.concat(kept)
          // The end may have begun in an earlier chunk.
          return { kind: 'body', bytes: used < 0 ? all.subarray(0, Math.max(0, all.length + used)) : all }
        }
        size += chunk.length
        if (size <= cap + 5) kept.push(chunk)
        else kept.length = 0
        if (size > cap * 3 + 1_000_000) return { kind: 'flood' }
        tail = window.subarray(Math.max(0, window.length - 4))
      }
      if (this.#ended) return { kind: 'end' }
      await this.#more()
    }
  }

  /** Exactly `count` bytes (BDAT). */
  async exactly(count: number, cap: number): Promise<Body> {
    const kept: Buffer[] = []
    let missing = count
    for (;;) {
      while (missing > 0) {
        const chunk = this.#chunks.shift()
        if (chunk === undefined) break
        this.#length -= chunk.length
        const part = chunk.subarray(0, missing)
        const rest = chunk.subarray(missing)
        if (rest.length > 0) {
          this.#chunks.unshift(rest)
          this.#length += rest.length
        }
        missing -= part.length
        if (count <= cap) kept.push(part)
      }
      if (missing === 0) return { kind: 'body', bytes: count <= cap ? Buffer.concat(kept) : null }
      if (this.#ended) return { kind: 'end' }
      await this.#more()
    }
  }

  #joined(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] ?? nothing
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#length = rest.length
  }

  #more(): Promise<void> {
    if (this.#socket?.isPaused()) this.#socket.resume()
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined
        resolve()
      }
    })
  }
}

/** `at`: where the message ends, its last CRLF included; `next`: first byte after the end mark. */
function findEnd(window: Buffer, bareLineFeeds: boolean): { at: number; next: number } | undefined {
  const strict = window.indexOf('\r\n.\r\n', 0, 'latin1')
  const found = strict < 0 ? undefined : { at: strict + 2, next: strict + 5 }
  if (!bareLineFeeds) return found
  for (const mark of ['\n.\n', '\n.\r\n']) {
    const at = window.indexOf(mark, 0, 'latin1')
    if (at >= 0 && (found === undefined || at + 1 < found.at)) return { at: at + 1, next: at + mark.length }
  }
  return found
}
