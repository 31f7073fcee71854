// COMPRESS=DEFLATE (RFC 4978): raw deflate in both directions of a connection. Inserted by the line socket.
import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib'

export class DeflateLayer {
  readonly #deflate = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH })
  readonly #inflate = createInflateRaw()
  #closed = false

  constructor(send: (chunk: Buffer) => void, deliver: (chunk: Buffer) => void, failed: (cause: Error) => void) {
    this.#deflate.on('data', send)
    this.#inflate.on('data', deliver)
    for (const stream of [this.#deflate, this.#inflate]) {
      stream.on('error', (cause) => {
        if (!this.#closed) failed(cause)
      })
    }
  }

  write(data: string | Uint8Array, done?: () => void): void {
    this.#deflate.write(data, 'utf8', () => done?.())
  }

  received(chunk: Uint8Array): void {
    this.#inflate.write(chunk)
  }

  /** Calls back when everything received has been delivered. */
  drained(done: () => void): void {
    if (this.#closed || this.#inflate.destroyed) done()
    else this.#inflate.flush(constants.Z_SYNC_FLUSH, done)
  }

  close(): void {
    this.#closed = true
    this.#deflate.destroy()
    this.#inflate.destroy()
  }
}
