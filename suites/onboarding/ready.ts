// How long it takes from an invite to a listening inbox: the promise by which people invite others.
import { check } from '../../harness/check/define.ts'
import { atMost, attempt, imapOk, isTrue } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { loginByImap } from './login.ts'
import { proposal } from './proposal.ts'

/** Where we wait less than that for one reply, as on this machine, our patience is the limit. */
const limitMs = 5_000

/** TCP, TLS and requests of the whole dialogue: this often the network alone makes the user wait. */
const roundTrips = 10

export const isReadyInSeconds = check({
  id: 'onboarding/is-ready-in-seconds',
  requirement: 'onboarding.is-ready-in-seconds',
  title: 'brings a new user to a listening inbox within 5 seconds',
  needs: { creates: 1, alone: true, reach: ['https'] },
  async run(t) {
    const began = t.now()
    const credentials = await proposal(t)
    const limit = Math.min(limitMs, t.host.timing.reply)
    const login = await attempt(loginByImap(t, credentials))
    if (login instanceof WireError) {
      if (login.code !== 'timeout') throw login
      t.expect('milliseconds until we gave up waiting for the login', Math.round(t.now() - began), atMost(limit, ' ms'))
      return
    }
    const { reply, client } = login
    t.control('the proposed credentials let in', reply, imapOk, { coveredBy: 'onboarding/new-proposal-works' })
    const selected = await client.select('INBOX')
    t.control('INBOX is opened', selected.ok, isTrue, { coveredBy: 'imap/selects-inbox' })
    const idle = await attempt(client.idle())
    t.control('the server idles', !(idle instanceof WireError), isTrue, { coveredBy: 'imap/advertises-idle' })
    const took = t.now() - began
    if (!(idle instanceof WireError)) await attempt(idle.done())
    await t.made(credentials)

    const network = roundTrips * client.times.tcp
    t.measure('onboarding.ready', 'from POST /new to a listening inbox', 'ms', [Math.round(took)])
    t.note(`${Math.round(took)} ms, of which about ${Math.round(network)} ms are the network's`)
    t.expect('milliseconds without those of the network', Math.round(took - network), atMost(limit, ' ms'))
  },
})
