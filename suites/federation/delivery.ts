// Checks of the way to other servers: mail gets there, to everybody, once, by the exchange that the domain names.
import { check, observation } from '../../harness/check/define.ts'
import { equals, isTrue, type Matcher, matchesText, satisfies } from '../../harness/check/matchers.ts'
import { splitMessage } from '../../harness/mail/parse.ts'
import type { Arrival } from '../../harness/peer/arrival.ts'
import { arrivalOf, expectThere, find, patience, sendOut, sendSentinel, toPeer } from './scene.ts'

const one = { ...toPeer, accounts: 1, messages: 1 } as const

const delivers = check({
  id: 'federation/delivers-elsewhere',
  requirement: 'federation.delivers-elsewhere',
  title: 'delivers encrypted mail to another domain',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const mail = await sendOut(t, alice, exchange.address('someone'))
    const arrival = await expectThere(t, exchange, mail)
    if (arrival === undefined) return
    t.expect('its envelope', `${arrival.from} to ${arrival.to.join(', ')}`, equals(envelope(mail.envelope)))
    // Behind the last boundary a server may write what it likes: no reader looks there.
    const sent = Buffer.from(splitMessage(mail.bytes).body)
    const came = Buffer.from(splitMessage(arrival.bytes).body)
    t.expect('its body is that which was sent', came.subarray(0, sent.length).equals(sent), isTrue)
  },
})

const envelope = ({ from, to }: { readonly from: string; readonly to: readonly string[] }) =>
  `${from} to ${to.join(', ')}`

const reachesAll = check({
  id: 'federation/reaches-every-recipient',
  requirement: 'federation.reaches-every-recipient',
  title: 'delivers to all recipients, on one other domain and on two',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const [first, second] = [await t.exchange(), await t.exchange()]
    const wanted = [...['bob', 'carol', 'dave'].map(first.address), second.address('eve')]
    const mail = await sendOut(t, alice, wanted)
    const reached = async () => [...first.arrivals, ...second.arrivals].flatMap(({ to }) => to)
    await t.eventually(`recipients of ${mail.description}`, reached, allOf(wanted), { within: patience(t) })
  },
})

const allOf = (wanted: readonly string[]): Matcher<readonly string[]> =>
  satisfies(
    `all ${wanted.length}, each once`,
    (reached) => reached.length === wanted.length && wanted.every((address) => reached.includes(address)),
    (reached) => `${reached.length}: ${reached.join(', ')}`,
  )

const groups = observation({
  id: 'federation/groups-recipients',
  requirement: 'federation.groups-recipients',
  title: 'copies of a message for three recipients at one domain',
  profile: 'full',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const wanted = ['bob', 'carol', 'dave'].map(exchange.address)
    await sendOut(t, alice, wanted)
    const reached = async () => exchange.arrivals.flatMap(({ to }) => to)
    await t.eventually('recipients', reached, allOf(wanted), { control: true, within: patience(t) })
    t.observe(exchange.arrivals.length, 'copies')
  },
})

const deliversOnce = check({
  id: 'federation/delivers-once',
  requirement: 'federation.delivers-once',
  title: 'sends a message that was taken no second time',
  profile: 'list',
  needs: { ...toPeer, accounts: 1, messages: 3 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const mail = await sendOut(t, alice, exchange.address('someone'))
    await arrivalOf(t, exchange, mail)
    await arrivalOf(t, exchange, await sendOut(t, alice, exchange.address('someone')))
    await sendSentinel(t, alice)
    const copies = exchange.arrivals.filter(({ messageId }) => messageId === mail.messageId)
    t.expect('copies of the first message', copies.length, equals(1))
  },
})

const followsOrder = check({
  id: 'federation/follows-mx-order',
  requirement: 'federation.follows-mx-order',
  title: 'delivers to the exchange with the lowest preference number',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const first = await t.exchange({ spare: 'below' })
    const spare = await t.exchange({ beside: { domain: first.domain, preference: 20 } })
    const mail = await sendOut(t, alice, first.address('someone'))
    const place = async () => (find(first, mail) ? 'the first' : find(spare, mail) ? 'the spare one' : 'none')
    await t.eventually(
      'the exchange that got it',
      place,
      { ...equals('the first'), hopeless: isSpare },
      {
        within: patience(t),
      },
    )
  },
})

const isSpare = (place: string) => place === 'the spare one'

const triesNext = check({
  id: 'federation/tries-next-mx',
  requirement: 'federation.tries-next-mx',
  title: 'tries the next exchange when nobody answers at the first',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const first = await t.exchange({ spare: 'instead' })
    const spare = await t.exchange({ beside: { domain: first.domain, preference: 20 } })
    first.down()
    const mail = await sendOut(t, alice, first.address('someone'))
    await expectThere(t, spare, mail, 'it arrives at the second one')
  },
})

const withoutMx = check({
  id: 'federation/delivers-without-mx',
  requirement: 'federation.delivers-without-mx',
  title: 'delivers to a domain that has an address and no MX record',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ mx: 'none' })
    await expectThere(t, exchange, await sendOut(t, alice, exchange.address('someone')))
  },
})

const usesHttps = observation({
  id: 'federation/uses-https',
  requirement: 'federation.uses-https',
  title: 'the way to a server that takes mail by HTTPS and by SMTP',
  profile: 'full',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ https: 'mxdeliv' })
    const arrival = await arrivalOf(t, exchange, await sendOut(t, alice, exchange.address('someone')))
    t.observe(arrival.via)
  },
})

const fallsBack = check({
  id: 'federation/falls-back-to-smtp',
  requirement: 'federation.falls-back-to-smtp',
  title: 'delivers by SMTP where the web server knows no /mxdeliv',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ https: 'web' })
    await expectThere(t, exchange, await sendOut(t, alice, exchange.address('someone')))
  },
})

const saysName = check({
  id: 'federation/says-its-name',
  requirement: 'federation.says-its-name',
  title: 'names itself in EHLO by its full name',
  profile: 'list',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const arrival = await arrivalOf(t, exchange, await sendOut(t, alice, exchange.address('someone')))
    t.expect('what it said in EHLO', nameIn(arrival), matchesText(fullName, 'a full name or an address literal'))
  },
})

const fullName = /^(?:[\w-]+(?:\.[\w-]+)+\.?|\[[\da-f.:]+\]|\[IPv6:[\da-f.:]+\])$/i
const nameIn = ({ name, via }: Arrival) => (via === 'https' ? '[0.0.0.0]' : (name.split(' ')[0] ?? ''))

const slowness = 2_500

const waitsForSlow = check({
  id: 'federation/waits-for-slow-servers',
  requirement: 'federation.waits-for-slow-servers',
  title: 'waits for a server that greets after some seconds',
  profile: 'full',
  needs: one,
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ greetingDelayMs: slowness })
    const mail = await sendOut(t, alice, exchange.address('someone'))
    const came = async () => find(exchange, mail) !== undefined
    await t.eventually('it arrives at the slow server', came, isTrue, { within: patience(t) + slowness })
  },
})

export const deliveryChecks = [
  delivers,
  reachesAll,
  groups,
  deliversOnce,
  followsOrder,
  triesNext,
  withoutMx,
  usesHttps,
  fallsBack,
  saysName,
  waitsForSlow,
]
