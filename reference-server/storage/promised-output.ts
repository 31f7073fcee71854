// Output that may promise something: it leaves only when all that was noted before it is kept. Used by IMAP and SMTP sessions.
import type { Storage } from './types.ts'

export type Keeper = Pick<Storage, 'settled' | 'trouble'>

/** One for each connection: what it sends stays in order. */
export class PromisedOutput {
  readonly #storage: Keeper | undefined
  readonly #failed: () => void
  #held: Promise<void> | undefined

  /** `failed` is called instead of the write when it cannot be kept; the connection should end. */
  constructor(storage: Keeper | undefined, failed: () => void) {
    this.#storage = storage
    this.#failed = failed
  }

  /** Calls `write` at once where nothing is waited for, as always with a storage in memory. */
  send(write: () => void): void {
    const settled = this.#storage?.settled()
    if (settled === undefined && this.#held === undefined) {
      write()
      return
    }
    const held = Promise.all([this.#held, settled])
      .then(write, this.#failed)
      .then(() => {
        if (this.#held === held) this.#held = undefined
      })
    this.#held = held
  }

  /** Resolves, never rejects, when nothing is held back; undefined when nothing is. */
  get held(): Promise<void> | undefined {
    return this.#held
  }
}
