// What if all clients come back at once, as after an outage: does the server let them in, and is everything still there?
// People are offline while others write to them. Then, at the same moment, they all connect, log in and get what waits for them.
import { openGroup, prepare } from 'chatmail'
import { check } from 'k6'
import exec from 'k6/execution'
import type { Options } from 'k6/options'

/** Clients that come back, and how many of them one other person writes to. */
const clients = Number(__ENV.CLIENTS ?? 30)
const perWriter = Math.min(clients, Number(__ENV.PER_WRITER ?? 5))
/** How often they come back, milliseconds from one time to the next, and the messages that wait for each of them. */
const rounds = Number(__ENV.ROUNDS ?? 3)
const between = Number(__ENV.BETWEEN ?? 10_000)
const messages = Number(__ENV.MESSAGES ?? 3)
/** Milliseconds after which a message counts as lost. */
const patience = Number(__ENV.PATIENCE ?? 10_000)

prepare({ accounts: perWriter + 1 })

export const options: Options = {
  scenarios: {
    storm: {
      executor: 'per-vu-iterations',
      exec: 'comeAndGo',
      vus: Math.ceil(clients / perWriter),
      iterations: 1,
      maxDuration: `${Math.ceil((rounds * (between + patience)) / 1_000) + 60}s`,
    },
  },
  thresholds: {
    // From the moment at which all come back until everything is there: of one message, and of all that wait for somebody.
    delivery_duration: ['p(99)<5000'],
    catch_up_duration: ['p(99)<5000'],
  },
}

export async function comeAndGo() {
  const group = await openGroup({ every: between / (messages + 1) })
  try {
    for (let round = 1; round <= rounds; round++) {
      await group.goOffline()
      for (let n = 0; n < messages; n++) {
        check(await group.send(), { 'message is accepted': ({ accepted, limited }) => accepted || limited })
      }
      // The same moment for everybody, reckoned from when the scenario began.
      await group.comeBack({ at: exec.scenario.startTime + round * between, atMost: patience })
      check(await group.settle(patience), { 'everything is still there': ({ lost }) => lost === 0 })
    }
  } finally {
    await group.close()
  }
}
