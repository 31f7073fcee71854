// A virtual user of k6 as the chatmail module sees one: its number, when its iteration was due, and k6's metrics by our names.
import exec from 'k6/execution'
import { Counter, Gauge, Rate, Trend } from 'k6/metrics'
import { chatmailMetrics, countedFromZero } from '../metrics/builtin.ts'
import { timeNow } from '../thread/clock.ts'
import type { SessionUser } from '../thread/virtual-user.ts'
import { EndSignal } from './end-signal.ts'

/** k6 counts octets by itself, and no virtual user of k6 knows how many others idle. */
const notOurs = ['data_sent', 'data_received', 'imap_idlers']

const kinds = { counter: Counter, gauge: Gauge, rate: Rate, trend: Trend }

export class K6User implements SessionUser {
  inInit = true
  iteration: { readonly signal: AbortSignal } | undefined
  /** k6 drops a start that would be late: an iteration that runs began when it was due. */
  due = 0
  /** A run over time is for k6's own outputs to tell. */
  readonly recorder = { wasDue: () => {} }
  readonly #metrics = new Map<string, { add(value: number, tags?: Record<string, string>): void }>()

  constructor() {
    for (const { name, kind, contains } of chatmailMetrics) {
      if (!notOurs.includes(name)) this.#metrics.set(name, new kinds[kind](name, contains === 'time'))
    }
    this.#metrics.set('iteration_failed', new Rate('iteration_failed'))
    this.#metrics.set('iteration_response', new Trend('iteration_response', true))
  }

  get idInTest(): number {
    return exec.vu.idInTest
  }

  add(metric: string, value: number, tags?: Record<string, string>): void {
    this.#metrics.get(metric)?.add(value, tags)
  }

  /** So that nothing seen is told from nothing measured. */
  countFromZero(): void {
    for (const name of countedFromZero) this.add(name, 0)
  }

  async iterate(work: () => unknown): Promise<void> {
    const signal = new EndSignal()
    this.inInit = false
    this.iteration = { signal: signal as unknown as AbortSignal }
    this.due = timeNow()
    let failed = 1
    try {
      await work()
      failed = 0
    } finally {
      this.add('iteration_failed', failed)
      this.add('iteration_response', timeNow() - this.due)
      this.iteration = undefined
      signal.end()
    }
  }
}
