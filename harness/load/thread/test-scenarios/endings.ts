// Scenario functions that end in other ways than by themselves. For tests of the engine.
import exec from 'k6/execution'
import type { Options } from 'k6/options'

export const options: Options = {
  scenarios: {
    tested: {
      executor: 'constant-vus',
      exec: __ENV.EXEC ?? 'wait',
      vus: 2,
      duration: __ENV.DURATION ?? '1s',
      gracefulStop: __ENV.GRACE ?? '200ms',
    },
  },
  thresholds: {
    ...(__ENV.EXEC === 'count' ? { iterations: [{ threshold: 'count<5', abortOnFail: true }] } : {}),
    ...(__ENV.EXEC === 'nothing' ? { group_duration: ['p(95)<1000'] } : {}),
  },
}

export const wait = () => new Promise((resolve) => setTimeout(resolve, 60_000))

export const nothing = () => new Promise((resolve) => setTimeout(resolve, 100))

export const count = () => new Promise((resolve) => setTimeout(resolve, 50))

export async function abort() {
  await new Promise((resolve) => setTimeout(resolve, 100))
  exec.test.abort('enough')
}

export async function throwing() {
  await new Promise((resolve) => setTimeout(resolve, 100))
  throw new Error(`no ${exec.vu.idInTest}`)
}

export async function block() {
  const end = performance.now() + 300
  while (performance.now() < end);
  await new Promise((resolve) => setTimeout(resolve, 1))
}
