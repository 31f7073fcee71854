// What the calibration runs: pairs that send as fast as they are let, in sessions of as many messages as in the run.
import { openPair } from 'chatmail'
import type { Options } from 'k6/options'

const messages = Number(__ENV.MESSAGES)

export const options: Options = {
  scenarios: { flood: { executor: 'constant-vus', exec: 'flood', vus: 1, duration: '60s', gracefulStop: '0s' } },
}

export async function flood() {
  const pair = await openPair({ every: 0 })
  try {
    for (let n = 0; n < messages; n++) await pair.send()
    await pair.settle(5_000)
  } finally {
    await pair.close()
  }
}
