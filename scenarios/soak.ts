// Is the server after a long time as it was at the beginning? Gentle load for half an hour, or with --duration for a night.
// The first tenth and the last tenth of the time are judged apart, so that what slowly gets worse shows.
import { openPair } from 'chatmail'
import { check } from 'k6'
import exec from 'k6/execution'
import type { Options } from 'k6/options'

/** Messages of a session, and milliseconds between them: below the 60 a minute that one account may send. */
const messages = Number(__ENV.MESSAGES ?? 5)
const every = Number(__ENV.EVERY ?? 2_000)
/** Milliseconds after which a message counts as lost. */
const patience = Number(__ENV.PATIENCE ?? 10_000)

export const options: Options = {
  scenarios: {
    soak: {
      executor: 'constant-arrival-rate',
      exec: 'chat',
      // `rate` is messages a second.
      rate: 2,
      timeUnit: `${messages}s`,
      duration: '30m',
      // A session lasts about ten seconds, and four begin in these.
      preAllocatedVUs: 7,
      maxVUs: 8,
    },
  },
  thresholds: {
    'delivery_duration{phase:first}': ['p(99)<1000'],
    'delivery_duration{phase:last}': ['p(99)<1000'],
  },
}

export async function chat() {
  const { progress } = exec.scenario
  exec.vu.metrics.tags.phase = progress < 0.1 ? 'first' : progress < 0.9 ? 'middle' : 'last'
  const pair = await openPair({ every })
  try {
    for (let n = 0; n < messages; n++) {
      check(await pair.send(), { 'message is accepted': ({ accepted, limited }) => accepted || limited })
    }
    check(await pair.settle(patience), { 'everything arrives': ({ lost }) => lost === 0 })
  } finally {
    await pair.close()
  }
}
