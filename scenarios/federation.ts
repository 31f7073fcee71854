// Does mail keep flowing from one server to another at a given rate, and how long does it take then?
// People on the first server write to people on the second: `load federation A B`. Turned round, it is another question.
import { openPair, prepare } from 'chatmail'
import { check } from 'k6'
import type { Options } from 'k6/options'

/** Messages of a session, and milliseconds between them: below the 60 a minute that one account may send. */
const messages = Number(__ENV.MESSAGES ?? 5)
const every = Number(__ENV.EVERY ?? 2_000)
/** Milliseconds after which a message counts as lost: servers may need a while to find each other. */
const patience = Number(__ENV.PATIENCE ?? 30_000)

prepare({ servers: 2 })

export const options: Options = {
  scenarios: {
    federation: {
      executor: 'constant-arrival-rate',
      exec: 'chat',
      // `rate` is messages a second.
      rate: 4,
      timeUnit: `${messages}s`,
      duration: '40s',
      // A session lasts about ten seconds, and eight begin in these.
      preAllocatedVUs: 13,
      maxVUs: 16,
    },
  },
}

export async function chat() {
  const pair = await openPair({ every, oneWay: true })
  try {
    for (let n = 0; n < messages; n++) {
      check(await pair.send(), { 'message is accepted': ({ accepted, limited }) => accepted || limited })
    }
    check(await pair.settle(patience), { 'everything arrives': ({ lost }) => lost === 0 })
  } finally {
    await pair.close()
  }
}
