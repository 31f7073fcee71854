// Bytes as they come in, handed out as lines and literals. Holds no more than it is asked for plus one burst.

/** Beyond this the source is paused until somebody reads. */
const highWater = 256 * 1024
const lf = 10
const cr = 13

/** What a line can be: its bytes without the line end, the start of one too long (the rest is dropped), or no more input. */
export type LineRead = Buffer | { readonly tooLong: Buffer } | 'endless' | 'ended'

/** One reader at a time: a second call before the first has ended is a mistake of the caller. */
export class ByteReader {
  readonly #pause: () => void
  readonly #resume: () => void
  #chunks: Buffer[] = []
  #size = 0
  #paused = false
  #ended = false
  #wake: (() => void) | undefined

  constructor(source: { pause(): void; resume(): void }) {
    this.#pause = source.pause
    this.#resume = source.resume
  }

  get size(): number {
    return this.#size
  }

  push(chunk: Buffer): void {
    if (this.#ended || chunk.length === 0) return
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#size > highWater && !this.#paused && this.#wake === undefined) {
      this.#paused = true
      this.#pause()
    }
    this.#notify()
  }

  end(): void {
    this.#ended = true
    this.#notify()
  }

  /** Forgets, and gives back, what has come and was not read. */
  takeAll(): Buffer {
    const all = Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#size = 0
    return all
  }

  /** A line longer than `cap` is dropped up to its end; one that has no end within 16 times as much is `endless`. */
  async line(cap: number): Promise<LineRead> {
    let scanned = 0
    let dropped = 0
    let start: Buffer | undefined
    for (;;) {
      while (scanned < this.#chunks.length) {
        const chunk = this.#chunks[scanned] as Buffer
        const at = chunk.indexOf(lf)
        if (at >= 0) {
          const before = this.#chunks.slice(0, scanned).reduce((sum, part) => sum + part.length, 0)
          const line = this.#cut(before + at + 1)
          if (start !== undefined || line.length > cap + 2) return { tooLong: start ?? line.subarray(0, 100) }
          const end = line[line.length - 2] === cr ? line.length - 2 : line.length - 1
          return line.subarray(0, end)
        }
        scanned++
      }
      if (this.#size > cap + 2) {
        dropped += this.#size
        const all = this.takeAll()
        start ??= all.subarray(0, 100)
        scanned = 0
        if (dropped > cap * 16) return 'endless'
      }
      if (this.#ended) return 'ended'
      await this.#more()
    }
  }

  /** Exactly `length` bytes; undefined when the input ends before. */
  async take(length: number): Promise<Buffer | undefined> {
    if (length === 0) return Buffer.alloc(0)
    if (this.#size >= length) return this.#cut(length)
    const whole = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      if (this.#size === 0) {
        if (this.#ended) return undefined
        await this.#more()
        continue
      }
      const part = this.#cut(Math.min(this.#size, length - filled))
      part.copy(whole, filled)
      filled += part.length
    }
    return whole
  }

  /** Reads and forgets; false when the input ends before. */
  async skip(length: number): Promise<boolean> {
    let left = length
    while (left > 0) {
      if (this.#size === 0) {
        if (this.#ended) return false
        await this.#more()
        continue
      }
      left -= this.#cut(Math.min(this.#size, left)).length
    }
    return true
  }

  #cut(length: number): Buffer {
    this.#size -= length
    const first = this.#chunks[0] as Buffer
    if (first.length > length) {
      this.#chunks[0] = first.subarray(length)
      return first.subarray(0, length)
    }
    const parts: Buffer[] = []
    let missing = length
    let used = 0
    while (missing > 0) {
      const chunk = this.#chunks[used] as Buffer
      if (chunk.length > missing) {
        parts.push(chunk.subarray(0, missing))
        this.#chunks[used] = chunk.subarray(missing)
        break
      }
      parts.push(chunk)
      missing -= chunk.length
      used++
    }
    this.#chunks.splice(0, used)
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length)
  }

  #more(): Promise<void> {
    if (this.#paused) {
      this.#paused = false
      this.#resume()
    }
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #notify(): void {
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
  }
}
