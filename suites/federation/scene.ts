// How the checks of mail to other servers set their scene: a message that goes to an exchange of ours, and what comes of it.
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

/** The first copy that came to the exchange; a control: whether mail arrives at all is another check's business. */
export async function arrivalOf(t: CheckContext, exchange: Exchange, mail: Mail): Promise<Arrival> {
  const came = () => exchange.arrivals.find(({ messageId }) => messageId === mail.messageId)
  const arrival = await t.eventually('it arrives at the other server', async () => came(), hasCome, {
    control: true,
  })
  if (arrival === undefined) throw new Error('a control that holds has an arrival')
  return arrival
}

export const hasCome: Matcher<Arrival | undefined> = satisfies(
  'the message',
  (arrival) => arrival !== undefined,
  (arrival) => (arrival === undefined ? 'nothing' : `it, by ${arrival.via}`),
)

/** The time of the host, by its own clock where we can see that. */
export function hostTime(t: CheckContext): number {
  return t.host.powers.clock?.now() ?? Date.now()
}
