// Iterations that do nothing but wait a moment, as many as ordered. Run by the bench.
import type { Options } from 'k6/options'

export const options: Options = {
  scenarios: {
    starts: {
      executor: 'constant-arrival-rate',
      exec: 'start',
      rate: 1_000,
      timeUnit: '1s',
      duration: '5s',
      preAllocatedVUs: 50,
    },
  },
}

export const start = () => new Promise((resolve) => setTimeout(resolve, 5))
