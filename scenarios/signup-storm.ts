// How fast does the server make accounts, and does it stay right when many people join at once?
// Each iteration is somebody new: a login with a fresh name and password, as an app does it. A server that has too much to do may
// refuse newcomers: that is counted in `limits_hit`, and is no failure.
import { prepare, signUp } from 'chatmail'
import { check } from 'k6'
import type { Options } from 'k6/options'

prepare({ accounts: 0, signUps: 1 })

export const options: Options = {
  scenarios: {
    storm: {
      executor: 'constant-arrival-rate',
      exec: 'join',
      // People a second. Each stays on the server as an account, until that removes those who never come back.
      rate: 5,
      timeUnit: '1s',
      duration: '20s',
      preAllocatedVUs: 10,
      maxVUs: 20,
    },
  },
  thresholds: {
    account_create_duration: ['p(99)<2000'],
    iteration_response: ['p(99)<3000'],
  },
}

export async function join() {
  check(await signUp(), { 'account is made, or a limit says not now': ({ made, limited }) => made || limited })
}
