// How late iterations start when a thousand are due in a second. Used by the bench.

import { startReference } from '../../../reference-server/index.ts'
import { runLoad } from '../../load/run/run.ts'

export interface StartLag {
  /** Milliseconds. */
  readonly p99: number
  /** The machine had a processor to spare. */
  readonly spare: boolean
}

export async function startLag(rate: number, seconds: number): Promise<StartLag> {
  // Nothing is sent to it: a run wants a host.
  const reference = await startReference()
  try {
    const { metrics, validity } = await runLoad({
      url: new URL('./starts-scenario.ts', import.meta.url).href,
      host: reference.host(),
      consent: { addresses: [] },
      flags: { rate, duration: `${seconds}s`, vus: 50 },
      env: {},
      threads: 1,
      signal: new AbortController().signal,
      say: () => {},
      onBudget: () => {},
      onMoment: () => {},
    })
    const lag = metrics.driver_start_lag?.values
    if (lag?.['p(99)'] === undefined || (lag.count ?? 0) < rate * seconds * 0.9) throw new Error('starts are missing')
    const spare = validity.some(({ gate, holds }) => gate === 'processors' && holds)
    return { p99: lag['p(99)'], spare }
  } finally {
    await reference.close()
  }
}
