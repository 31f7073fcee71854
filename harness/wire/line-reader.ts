// Lines out of chunks of octets, for text protocols read line by line. A line ends with LF; a CR before it is dropped.
// Used by the line socket's pull side. Holds no more than one line above what it was given.
import { Malformed } from './malformed.ts'
import { concat, type Decode, latin1 } from './octets.ts'

export class LineReader {
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0
  readonly #decode: Decode

  constructor(decode: Decode = latin1) {
    this.#decode = decode
  }

  /** Octets received and not yet taken. */
  get buffered(): number {
    return this.#chunk.length - this.#at
  }

  push(chunk: Uint8Array): void {
    this.#chunk = this.buffered === 0 ? chunk : concat([this.#chunk.subarray(this.#at), chunk])
    this.#at = 0
  }

  /** The next line, one char an octet; undefined when it is not complete. Throws Malformed when it is over `max` octets. */
  takeLine(max: number): string | undefined {
    const end = this.#chunk.indexOf(0x0a, this.#at)
    if ((end === -1 ? this.#chunk.length : end) - this.#at > max) {
      throw new Malformed('too-long', `a line of more than ${max} octets`)
    }
    if (end === -1) return undefined
    const stop = end > this.#at && this.#chunk[end - 1] === 0x0d ? end - 1 : end
    const line = this.#decode(this.#chunk, this.#at, stop)
    this.#at = end + 1
    return line
  }

  /** Exactly `count` octets, or undefined when there are fewer. */
  takeBytes(count: number): Uint8Array | undefined {
    if (this.buffered < count) return undefined
    const bytes = this.#chunk.slice(this.#at, this.#at + count)
    this.#at += count
    return bytes
  }
}
