// Checks of delivery reports that go to other servers: that they are sent, and that the other side can believe them.
import { check } from '../../harness/check/define.ts'
import { accepted, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SeenSignature } from '../../harness/mail/verify-dkim.ts'
import type { Arrival } from '../../harness/peer/arrival.ts'
import { openPort25 } from '../inbound/scene.ts'
import { isReportAbout } from '../reports.ts'
import { hasCome, patience, toPeer } from './scene.ts'
import { showSignatures, signaturesOf } from './signing.ts'

const needs = { ...toPeer, reach: ['smtp'], messages: 1 } as const

/** Writes to somebody who does not exist, as a stranger from another server, and waits for the report. */
async function reportTo(t: CheckContext, control: boolean): Promise<Arrival | undefined> {
  const exchange = await t.exchange()
  const missing = t.unusedCredentials().address
  const peer = await t.peer()
  const mail = peer.sign(await t.mail.encrypted(exchange.address('someone'), missing), { domain: exchange.domain })
  const outcome = await (await openPort25(t, peer)).send(mail)
  if (!outcome.accepted && (outcome.reply?.code ?? 0) >= 500)
    t.unsupported('such a recipient is refused at once: the other server reports it')
  t.control('the message is taken', outcome, accepted, { coveredBy: 'inbound/accepts-signed-mail' })
  const came = async () => exchange.arrivals.find(({ bytes }) => isReportAbout(bytes, missing))
  return t.eventually('a report arrives', came, hasCome, { control, within: patience(t) })
}

const reportsElsewhere = check({
  id: 'federation/reports-to-other-servers',
  requirement: 'federation.reports-to-other-servers',
  title: 'tells a sender on another server that a user does not exist',
  profile: 'list',
  needs,
  run: async (t) => void (await reportTo(t, false)),
})

const signsBounces = check({
  id: 'federation/signs-bounces',
  requirement: 'federation.signs-bounces',
  title: 'signs the reports that it sends to other servers',
  profile: 'list',
  needs: { ...needs, dnsName: true },
  async run(t) {
    const arrival = await reportTo(t, true)
    if (arrival === undefined) return
    const signatures = await signaturesOf(t, arrival.bytes)
    t.expect('signatures of the report', signatures, goodOne(t.host.domain))
  },
})

const goodOne = (domain: string) =>
  satisfies<readonly SeenSignature[]>(
    `a good one of ${domain}`,
    (list) => list.some((one) => one.good && one.domain === domain),
    showSignatures,
  )

export const reportChecks = [reportsElsewhere, signsBounces]
