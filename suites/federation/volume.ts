// Checks of much mail to other servers: a large message, and a hundred of them. Used by the suite of the area federation.
import { check } from '../../harness/check/define.ts'
import { accepted, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { splitMessage } from '../../harness/mail/parse.ts'
import type { Arrival } from '../../harness/peer/arrival.ts'
import type { Exchange } from '../../harness/peer/exchange.ts'
import { largeMail } from '../delivery/large.ts'
import { blameNobodyForSlowLine, letPass } from '../delivery/scene.ts'
import { find, patience, sendSentinel, toPeer } from './scene.ts'

const largeOctets = 5_000_000

const deliversLarge = check({
  id: 'federation/delivers-large-messages',
  requirement: 'federation.delivers-large-messages',
  title: 'delivers a message of 5 MB to another domain, whole',
  profile: 'full',
  needs: { ...toPeer, accounts: 1, messages: 2 },
  async run(t) {
    const [alice] = await t.accounts(1)
    await sendSentinel(t, alice)
    // Its own exchange: a connection that is open there is one that brings the message.
    const exchange = await t.exchange()
    const mail = largeMail(t, alice.address, exchange.address('someone'), largeOctets)
    const smtp = await t.submission(alice)
    const offered = Number(smtp.client.extensions.get('SIZE') ?? 0)
    if (offered > 0 && mail.bytes.length > offered) t.unsupported(`the server takes messages up to ${offered} octets`)
    const outcome = await smtp.send(mail)
    blameNobodyForSlowLine(t, outcome)
    t.control('the message is accepted', outcome, accepted, { coveredBy: 'delivery/delivers-message-of-5-mb' })
    const until = t.now() + 2 * patience(t)
    while (find(exchange, mail) === undefined && t.now() < until) await t.pause(100)
    const arrival = find(exchange, mail)
    // Between two servers a line may be slow, and ours above all.
    if (arrival === undefined && isBusy(exchange)) t.inconclusive('it may still be on its way: a connection is open')
    t.expect('what arrives at the other server', arrival, wholeBody(mail))
  },
})

const isBusy = ({ visits }: Exchange): boolean => visits.some(({ ended }) => !ended)

function wholeBody(mail: Mail) {
  const sent = Buffer.from(splitMessage(mail.bytes).body)
  return satisfies<Arrival | undefined>(
    `a body of ${sent.length} octets, as it was sent`,
    // Behind the last boundary a server may write what it likes: no reader looks there.
    (got) => got !== undefined && Buffer.from(splitMessage(got.bytes).body).subarray(0, sent.length).equals(sent),
    (got) => (got === undefined ? 'nothing' : `a message of ${got.bytes.length} octets`),
  )
}

const senders = 10
/** What any relay takes from one account at once. */
const perSender = 10
const total = senders * perSender

const losesNone = check({
  id: 'federation/loses-none-of-hundred',
  requirement: 'federation.delivers-elsewhere',
  title: 'delivers each of a hundred messages to another domain',
  profile: 'full',
  needs: { ...toPeer, accounts: senders, messages: total, cost: 'bulk', deadline: 240_000 },
  async run(t) {
    const writers = await t.accounts(senders)
    const exchange = await t.exchange()
    // Their allowance has to grow first, at one message a second: earlier checks may have used it.
    await letPass(t, perSender * 1_000)
    const sent = (await Promise.all(writers.map((writer) => sendSome(t, writer, exchange)))).flat()
    const missing = async () => sent.filter((mail) => find(exchange, mail) === undefined).length
    await t.eventually(`of ${total} messages, those that did not come`, missing, none, { within: 2 * patience(t) })
  },
})

async function sendSome(t: CheckContext, writer: Account, exchange: Exchange): Promise<readonly Mail[]> {
  const smtp = await t.submission(writer)
  const sent: Mail[] = []
  for (let n = 0; n < perSender; n++) {
    const mail = await t.mail.encrypted(writer, exchange.address('someone'))
    t.control('each message is accepted', await smtp.send(mail), accepted)
    sent.push(mail)
  }
  return sent
}

const none = satisfies<number>('none', (count) => count === 0, String)

export const volumeChecks = [deliversLarge, losesNone]
