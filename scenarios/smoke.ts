// Does a load run work at all against this server? One pair, three messages, over in a few seconds: run it first.
import { openPair } from 'chatmail'
import { check } from 'k6'
import type { Options } from 'k6/options'

export const options: Options = {
  scenarios: {
    smoke: { executor: 'per-vu-iterations', exec: 'chat', vus: 1, iterations: 1, maxDuration: '60s' },
  },
}

export async function chat() {
  const pair = await openPair({ every: 1_000 })
  try {
    for (let n = 0; n < 3; n++) {
      check(await pair.send(), { 'message is accepted': ({ accepted }) => accepted })
    }
    check(await pair.settle(), { 'everything arrives': ({ lost }) => lost === 0 })
  } finally {
    await pair.close()
  }
}
