// How soon does somebody hear of a new message while many others idle, too? And does each of them hear?
// Few people write, now to this one, now to that one of a crowd that has the app open and waits. What an idle connection costs
// the server in memory shows when its machine is sampled meanwhile: `imap_idlers` says how many there are.
import { openGroup, prepare } from 'chatmail'
import { check } from 'k6'
import type { Options } from 'k6/options'

/** Accounts that idle, and how many of them there are for each that writes. */
const idlers = Number(__ENV.IDLERS ?? 100)
const perWriter = Math.min(idlers, Number(__ENV.PER_WRITER ?? 25))
/** Messages of each writer, and milliseconds between them: below the 60 a minute that one account may send. */
const messages = Number(__ENV.MESSAGES ?? 20)
const every = Number(__ENV.EVERY ?? 1_500)
/** Milliseconds after which a message counts as lost. */
const patience = Number(__ENV.PATIENCE ?? 10_000)

prepare({ accounts: perWriter + 1 })

export const options: Options = {
  scenarios: {
    crowd: {
      executor: 'per-vu-iterations',
      exec: 'wait',
      vus: Math.ceil(idlers / perWriter),
      iterations: 1,
      maxDuration: `${Math.ceil((messages * every + patience) / 1_000) + 60}s`,
    },
  },
  thresholds: {
    imap_idle_notify_duration: ['p(99)<1000'],
  },
}

export async function wait() {
  const crowd = await openGroup({ every })
  try {
    for (let n = 0; n < messages; n++) {
      const sent = await crowd.send({ to: (n * 7) % perWriter })
      check(sent, { 'message is accepted': ({ accepted, limited }) => accepted || limited })
    }
    check(await crowd.settle(patience), { 'everything arrives': ({ lost }) => lost === 0 })
  } finally {
    await crowd.close()
  }
}
