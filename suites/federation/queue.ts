// Checks of what becomes of mail that another server does not take: tried again, returned with the reason, given up in time.
import { check } from '../../harness/check/define.ts'
import { isTrue, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext, Delivered } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import type { Answer } from '../../harness/peer/arrival.ts'
import type { Exchange } from '../../harness/peer/exchange.ts'
import { isReportAbout } from '../reports.ts'
import { beVisited, expectThere, find, nothing, patience, sendOut, sendSentinel, toPeer } from './scene.ts'

const one = { ...toPeer, accounts: 1, messages: 1 } as const
/** Moves the clock of the host: nobody else may be about. */
const later = { powers: ['peer', 'clock'], accounts: 1, messages: 2, risky: true, deadline: 60_000 } as const

const minute = 60_000
const day = 24 * 60 * minute

/** Moves the host's clock by five minutes until the message has come, for two hours at most. */
async function waitFor(t: CheckContext, exchange: Exchange, mail: Mail): Promise<void> {
  for (let step = 0; step < 24 && find(exchange, mail) === undefined; step++) {
    await t.host.powers.clock?.advance(5 * minute)
  }
  // Whatever those hours set off has been done by now.
  const came = async () => find(exchange, mail) !== undefined
  await t.eventually('it arrives within two hours', came, isTrue, { within: t.host.timing.arrival / 4 })
}

const deliversLater = check({
  id: 'federation/delivers-when-up-again',
  requirement: 'federation.tries-again',
  title: 'delivers later to a server that was down',
  profile: 'full',
  needs: later,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    exchange.down()
    const mail = await sendOut(t, alice, exchange.address('someone'))
    await sendSentinel(t, alice)
    exchange.up()
    await waitFor(t, exchange, mail)
  },
})

const triesAgain = check({
  id: 'federation/tries-again-after-4xx',
  requirement: 'federation.tries-again',
  title: 'tries again after a temporary refusal',
  profile: 'full',
  needs: later,
  async run(t) {
    const [alice] = await t.accounts(1)
    let refusals = 0
    const answer: Answer = (stage) =>
      stage === 'rcpt' && refusals++ === 0 ? '451 4.7.1 greylisted, come again' : undefined
    const exchange = await t.exchange({ answer })
    const mail = await sendOut(t, alice, exchange.address('someone'))
    await t.eventually('it was refused once', async () => refusals > 0, isTrue, { control: true, within: patience(t) })
    await waitFor(t, exchange, mail)
  },
})

const givesUp = check({
  id: 'federation/gives-up-in-time',
  requirement: 'federation.gives-up-in-time',
  title: 'returns a message that could not be delivered for six days',
  profile: 'full',
  needs: later,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ answer: (stage) => (stage === 'greeting' ? '421 4.3.2 closed' : undefined) })
    const recipient = exchange.address('someone')
    const { values } = await (await t.imap(alice)).status('INBOX', 'UIDNEXT')
    await sendOut(t, alice, recipient)
    await beVisited(t, exchange)
    await t.host.powers.clock?.advance(6 * day)
    // Sessions that were open may be gone by now.
    const client = await t.imap(alice)
    await client.select('INBOX')
    const reported = async () => {
      await client.noop()
      const { messages } = await client.uidFetch(`${values.get('UIDNEXT') ?? 1}:*`, '(UID BODY.PEEK[])')
      return messages.some(({ sections }) => isReportAbout(sections.get('') ?? new Uint8Array(), recipient))
    }
    await t.eventually('a report comes back', reported, isTrue)
  },
})

/** The report about this address that comes back. */
function report(t: CheckContext, sender: Account, recipient: string, control = false): Promise<Delivered | undefined> {
  const came = async () => (await t.inbox(sender).all()).find(({ bytes }) => isReportAbout(bytes, recipient))
  return t.eventually(`a report about ${recipient} comes back`, came, isThere, { control, within: patience(t) })
}

const isThere: Matcher<Delivered | undefined> = satisfies(
  'a message from the mail system',
  (mail) => mail !== undefined,
  (mail) => (mail === undefined ? 'nothing' : `message with UID ${mail.uid}`),
)

/** Refuses everybody whose name begins with gone. */
const refusing =
  (words: string): Answer =>
  (stage, value) =>
    stage === 'rcpt' && value.startsWith('gone') ? `550 5.1.1 ${words}` : undefined

const returnsRefused = check({
  id: 'federation/returns-refused-mail',
  requirement: 'federation.returns-refused-mail',
  title: 'tells the sender that another server refused the message',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ answer: refusing('nobody of that name') })
    const recipient = exchange.address('gone')
    await sendOut(t, alice, recipient)
    await report(t, alice, recipient)
  },
})

const saysWhy = check({
  id: 'federation/says-why',
  requirement: 'federation.says-why',
  title: 'quotes in the report what the other server said',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const words = `reason-${t.mail.random.hex(8)}`
    const exchange = await t.exchange({ answer: refusing(words) })
    const recipient = exchange.address('gone')
    await sendOut(t, alice, recipient)
    const got = await report(t, alice, recipient, true)
    const quoted = Buffer.from(got?.bytes ?? []).includes(words)
    t.expect('the words of the other server stand in it', quoted, isTrue)
  },
})

const sparesOthers = check({
  id: 'federation/spares-other-recipients',
  requirement: 'federation.spares-other-recipients',
  title: 'delivers to the others when one recipient is refused',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ answer: refusing('nobody of that name') })
    const [gone, carol] = [exchange.address('gone'), exchange.address('carol')]
    const mail = await sendOut(t, alice, [gone, carol])
    await expectThere(t, exchange, mail, 'it arrives for the other one')
    await report(t, alice, gone, true)
    const about = (await t.inbox(alice).all()).filter(({ bytes }) => reportsFailureOf(bytes, carol))
    t.expect('no report about the other one', about.length === 0, isTrue)
  },
})

/** Names the address as one that failed, not just in the message that it quotes. */
function reportsFailureOf(bytes: Uint8Array, address: string): boolean {
  const text = Buffer.from(bytes).toString('latin1')
  return text.split(/\r?\n/).some((line) => /^final-recipient:/i.test(line) && line.includes(address))
}

const honoursNullMx = check({
  id: 'federation/honours-null-mx',
  requirement: 'federation.honours-null-mx',
  title: 'returns mail for a domain that takes none',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ mx: 'null' })
    const recipient = exchange.address('someone')
    await sendOut(t, alice, recipient)
    await report(t, alice, recipient)
    t.expect('what that server got', exchange.arrivals, nothing)
  },
})

export const queueChecks = [returnsRefused, saysWhy, sparesOthers, honoursNullMx, deliversLater, triesAgain, givesUp]
