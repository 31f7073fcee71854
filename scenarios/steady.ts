// Does the server keep up with ordinary chats at a given rate of messages, and how long does a message take then?
// Pairs of people write to each other, a few messages a session, while the other side has its app open.
import { openPair } from 'chatmail'
import { check } from 'k6'
import type { Options } from 'k6/options'

/** Messages of a session, and milliseconds between them: below the 60 a minute that one account may send. */
const messages = Number(__ENV.MESSAGES ?? 5)
const every = Number(__ENV.EVERY ?? 2_000)
/** Milliseconds after which a message counts as lost. */
const patience = Number(__ENV.PATIENCE ?? 10_000)

export const options: Options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      exec: 'chat',
      // `rate` is messages a second: so many messages in the time in which as many sessions begin.
      rate: 10,
      timeUnit: `${messages}s`,
      duration: '60s',
      // A session lasts about ten seconds, and two begin in each.
      preAllocatedVUs: 25,
      maxVUs: 30,
    },
  },
}

export async function chat() {
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
