// How the checks of mail to other servers set their scene: messages that go to exchanges of ours, and what comes of them.
import { accepted, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { EncryptOptions, Mail, Parties } from '../../harness/mail/mail.ts'
import type { Arrival } from '../../harness/peer/arrival.ts'
import type { Exchange } from '../../harness/peer/exchange.ts'

/** What every check here needs beside its accounts. */
export const toPeer = { powers: ['peer'] } as const

/** Submits an encrypted message and demands that it is taken. */
export async function sendOut(
  t: CheckContext,
  from: Account,
  to: Parties,
  options: EncryptOptions = {},
): Promise<Mail> {
  const mail = await t.mail.encrypted(from, to, options)
  const smtp = await t.submission(from)
  t.control('the message is accepted', await smtp.send(mail), accepted, {
    coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
  })
  return mail
}

/** Two servers and what is between them: a message takes longer than one that stays on its server. */
export function patience(t: CheckContext): number {
  return 2 * t.host.timing.arrival
}

export function find(exchange: Exchange, mail: Mail): Arrival | undefined {
  return exchange.arrivals.find(({ messageId }) => messageId === mail.messageId)
}

/** Expects the message there: for checks whose rule it is. */
export function expectThere(t: CheckContext, exchange: Exchange, mail: Mail, what = 'it arrives at the other server') {
  return t.eventually(what, async () => find(exchange, mail), hasCome, { within: patience(t) })
}

/** The first copy that came there; a control: whether mail arrives at all is another check's business. */
export async function arrivalOf(
  t: CheckContext,
  exchange: Exchange,
  mail: Mail,
  within = patience(t),
): Promise<Arrival> {
  const options = { control: true, within }
  const arrival = await t.eventually(
    'it arrives at the other server',
    async () => find(exchange, mail),
    hasCome,
    options,
  )
  if (arrival === undefined) throw new Error('a control that holds has an arrival')
  return arrival
}

/** Sends another message to another exchange, where all is well, and waits for it: what comes first has had its time. */
export async function sendSentinel(t: CheckContext, from: Account): Promise<void> {
  const exchange = await t.exchange()
  await arrivalOf(t, exchange, await sendOut(t, from, exchange.address('someone')))
}

/** Waits until somebody came to the exchange and left again, or brought something. */
export async function beVisited(t: CheckContext, { visits, arrivals }: Exchange): Promise<void> {
  const visited = async () => arrivals.length > 0 || visits.some(({ ended }) => ended)
  await t.eventually('the other server was tried', visited, cameAndWent, { control: true, within: patience(t) })
}

const cameAndWent: Matcher<boolean> = satisfies(
  'a connection that ended',
  (value) => value,
  (value) => (value ? 'yes' : 'none'),
)

export const hasCome: Matcher<Arrival | undefined> = satisfies(
  'the message',
  (arrival) => arrival !== undefined,
  (arrival) => (arrival === undefined ? 'nothing' : `it, by ${arrival.via}`),
)

export const nothing: Matcher<readonly Arrival[]> = satisfies(
  'nothing',
  (arrivals) => arrivals.length === 0,
  (arrivals) => `${arrivals.length} by ${arrivals.map(({ via, tls }) => `${via} ${tls ?? 'in clear'}`).join(', ')}`,
)

/** The time of the host, by its own clock where we can see that. */
export function hostTime(t: CheckContext): number {
  return t.host.powers.clock?.now() ?? Date.now()
}
