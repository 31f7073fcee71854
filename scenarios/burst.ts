// Does the server keep up with groups: one message that goes to many members at once? How many deliveries a second are that?
// Groups in which one person writes and everybody else has the app open; every member must get every message.
import { openGroup, prepare } from 'chatmail'
import { check } from 'k6'
import type { Options } from 'k6/options'

/** Who receives a message, beside the one who writes it. */
const members = Number(__ENV.MEMBERS ?? 8)
/** Messages of a session, and milliseconds between them: below the 60 a minute that one account may send. */
const messages = Number(__ENV.MESSAGES ?? 5)
const every = Number(__ENV.EVERY ?? 2_000)
/** Milliseconds after which a message counts as lost. */
const patience = Number(__ENV.PATIENCE ?? 10_000)

prepare({ accounts: members + 1 })

export const options: Options = {
  scenarios: {
    burst: {
      executor: 'constant-arrival-rate',
      exec: 'chat',
      // `rate` is messages a second; deliveries are as many times more as there are members.
      rate: 2,
      timeUnit: `${messages}s`,
      duration: '40s',
      // A session lasts about ten seconds, and four begin in these.
      preAllocatedVUs: 7,
      maxVUs: 8,
    },
  },
}

export async function chat() {
  const group = await openGroup({ every })
  try {
    for (let n = 0; n < messages; n++) {
      check(await group.send(), { 'message is accepted': ({ accepted, limited }) => accepted || limited })
    }
    check(await group.settle(patience), { 'every member gets everything': ({ lost }) => lost === 0 })
  } finally {
    await group.close()
  }
}
