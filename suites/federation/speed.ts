// How long a message takes from its sender's MAIL until another server has it, one message at a time, on one clock.
import { check } from '../../harness/check/define.ts'
import { accepted, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import { arrivalOf, find, patience, sendOut, toPeer } from './scene.ts'

const limitMs = 1_000
const samples = 12
/** One outlier decides nothing. */
const lateAllowed = 2
/** Round trips on the way: MAIL, RCPT, DATA and the message here, as many there, EHLO and STARTTLS there. */
const trips = 10

export const deliversInASecond = check({
  id: 'federation/delivers-in-a-second',
  requirement: 'federation.delivers-in-a-second',
  title: 'hands a message over to another server in less than a second',
  profile: 'list',
  needs: { ...toPeer, accounts: 2, messages: samples + 1, alone: true, deadline: 90_000 },
  async run(t) {
    const accounts = await t.accounts(2)
    const exchange = await t.exchange()
    // The first one looks the names up and finds out what the other server can do.
    const first = await sendOut(t, accounts[0], exchange.address('someone'))
    await arrivalOf(t, exchange, first, Math.max(3 * limitMs, patience(t)))
    const sessions = [await t.submission(accounts[0]), await t.submission(accounts[1])] as const
    const roundTrip = Math.min(...sessions.map(({ client }) => client.times.tcp))
    const network = roundTrip < 2 ? 0 : trips * roundTrip
    const taken: (number | null)[] = []
    for (let n = 0; n < samples; n++) {
      // In turns, so that the burst which relays allow is enough.
      const turn = n % 2 === 0 ? 0 : 1
      const mail = await t.mail.encrypted(accounts[turn], exchange.address('someone'))
      const outcome = await sessions[turn].send(mail)
      t.control('each message is accepted', outcome, accepted)
      const until = t.now() + Math.max(2 * limitMs + network, patience(t))
      while (find(exchange, mail) === undefined && t.now() < until) await t.pause(2)
      const arrival = find(exchange, mail)
      taken.push(arrival === undefined ? null : Math.max(0, arrival.at - outcome.times.started - network))
      if (taken.filter(isLate).length > lateAllowed) break
    }
    t.measure('federation', 'federation, from MAIL to the other server', 'ms', taken)
    t.expect(`messages that took longer, of ${samples}`, taken.filter(isLate).length, fewEnough)
  },
})

const isLate = (ms: number | null) => ms === null || ms > limitMs

const fewEnough: Matcher<number> = satisfies(
  `at most ${lateAllowed} that took more than ${limitMs} ms`,
  (late) => late <= lateAllowed,
  String,
)
