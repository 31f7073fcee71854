// A thread of a run as the run sees it: started, told what to do, listened to. Used by the run.
import { Worker } from 'node:worker_threads'
import type { FromThread, ThreadStart, ToThread } from '../thread/protocol.ts'

const news: ReadonlySet<FromThread['kind']> = new Set(['batch', 'threw', 'refused', 'abort', 'fail', 'account'])

/** A thread that cannot go on: the scenario file is broken, or we are. */
export class ThreadFailed extends Error {
  /** scenario: the file is to blame. */
  readonly blame: 'scenario' | 'engine'

  constructor(message: string, blame: 'scenario' | 'engine', stack?: string) {
    super(message)
    this.name = 'ThreadFailed'
    this.blame = blame
    if (stack !== undefined) this.stack = stack
  }
}

type Answer<K extends FromThread['kind']> = Extract<FromThread, { readonly kind: K }>

export class ThreadHandle {
  readonly #worker: Worker
  readonly #waiting = new Map<FromThread['kind'], (message: FromThread) => void>()
  readonly #early = new Map<FromThread['kind'], FromThread>()
  #fail: (error: Error) => void = () => {}
  /** Rejects when the thread cannot go on. */
  readonly failed: Promise<never>

  /** `onNews`: batches, errors of iterations, refusals, new accounts, and wishes to abort. */
  constructor(start: ThreadStart, onNews: (message: FromThread) => void) {
    const here = import.meta.url
    const file = new URL(here.endsWith('.ts') ? '../thread/main.ts' : '../thread/main.js', here)
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject
    })
    this.failed.catch(() => {})
    this.#worker = new Worker(file, { workerData: start, execArgv: ['--disable-warning=ExperimentalWarning'] })
    this.#worker.on('message', (message: FromThread) => {
      if (message.kind === 'failed') {
        const blame = message.what === 'thread' ? 'engine' : 'scenario'
        this.#fail(new ThreadFailed(message.message, blame, message.stack))
        return
      }
      if (news.has(message.kind)) {
        onNews(message)
        return
      }
      const waiting = this.#waiting.get(message.kind)
      if (waiting === undefined) this.#early.set(message.kind, message)
      else waiting(message)
    })
    this.#worker.on('error', (error) => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error))
      this.#fail(new ThreadFailed(message, 'engine', stack))
    })
    this.#worker.on('exit', () => this.#fail(new ThreadFailed('a thread ended by itself', 'engine')))
  }

  tell(message: ToThread): void {
    this.#worker.postMessage(message)
  }

  /** The next message of that kind. Rejects when the thread cannot go on. */
  hear<K extends FromThread['kind']>(kind: K): Promise<Answer<K>> {
    const early = this.#early.get(kind)
    this.#early.delete(kind)
    if (early !== undefined) return Promise.resolve(early as Answer<K>)
    const heard = new Promise<Answer<K>>((resolve) => {
      this.#waiting.set(kind, (message) => {
        this.#waiting.delete(kind)
        resolve(message as Answer<K>)
      })
    })
    return Promise.race([heard, this.failed])
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}
