// What a peer said without being asked, in order, until somebody takes it. Used by the IMAP session.
import type { WireError } from '../host/wire-error.ts'

interface Watcher<T> {
  readonly wants: (event: T) => boolean
  readonly resolve: (event: T | undefined) => void
  readonly reject: (error: WireError) => void
  readonly timer: NodeJS.Timeout
}

export class EventQueue<T> {
  #queued: T[] = []
  readonly #watchers: Watcher<T>[] = []
  #ended: WireError | undefined

  get length(): number {
    return this.#queued.length
  }

  /** Gives it to the first who waits for such a one, else keeps it. */
  add(event: T): void {
    const at = this.#watchers.findIndex(({ wants }) => wants(event))
    if (at === -1) {
      this.#queued.push(event)
      return
    }
    const [watcher] = this.#watchers.splice(at, 1)
    clearTimeout(watcher?.timer)
    watcher?.resolve(event)
  }

  takeAll(): readonly T[] {
    const taken = this.#queued
    this.#queued = []
    return taken
  }

  /** The first that fits, queued or to come; undefined when none comes in `ms`. Rejects once ended and nothing queued fits. */
  take(wants: (event: T) => boolean, ms: number): Promise<T | undefined> {
    const at = this.#queued.findIndex(wants)
    if (at !== -1) return Promise.resolve(this.#queued.splice(at, 1)[0])
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.splice(this.#watchers.indexOf(watcher), 1)
        resolve(undefined)
      }, ms)
      const watcher: Watcher<T> = { wants, resolve, reject, timer }
      this.#watchers.push(watcher)
    })
  }

  /** Nothing more will come: everybody who waits is told why. */
  end(error: WireError): void {
    this.#ended = error
    for (const watcher of this.#watchers.splice(0)) {
      clearTimeout(watcher.timer)
      watcher.reject(error)
    }
  }
}
