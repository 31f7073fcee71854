// Checks of what DNS says about the mail of a server: where it goes, and what others may believe of it.
import { check } from '../../harness/check/define.ts'
import { attempt, equals, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { answerAt, endUnseen, exchangesOf, fromDns, namesUpward, plainName } from './scene.ts'

const publishesMx = check({
  id: 'transport/publishes-mx',
  requirement: 'transport.publishes-mx',
  title: 'publishes an MX record',
  needs: { dns: true },
  async run(t) {
    const exchanges = (await exchangesOf(t)).map(({ exchange, preference }) => `${preference} ${exchange || '.'}`)
    t.expect(`MX records of ${t.host.domain}`, exchanges, some)
  },
})

const exchangesTakeMail = check({
  id: 'transport/exchanges-take-mail',
  requirement: 'transport.exchanges-take-mail',
  title: 'has MX records that lead to servers which answer on port 25',
  needs: { dns: true, reach: ['smtp'], connections: 5 },
  async run(t) {
    const published = (await exchangesOf(t)).map(({ exchange }) => exchange)
    const exchanges = published.length === 0 ? [t.host.domain] : published
    const unseen: string[] = []
    for (const exchange of exchanges.slice(0, 5)) {
      const outcome = await visit(t, exchange)
      if (outcome === undefined) unseen.push(`port 25 of ${exchange}`)
      else t.expect(`port 25 of ${exchange || 'no host at all'}`, outcome, equals('greets'))
    }
    endUnseen(t, unseen)
  },
})

/** Undefined: nothing that can be judged. An empty name says that the domain takes no mail (RFC 7505). */
async function visit(t: CheckContext, exchange: string): Promise<string | undefined> {
  if (exchange === '') return 'the record says that it takes no mail'
  if ((await fromDns(t, t.host.resolver.addresses(exchange, t.signal))).length === 0) return 'the name has no address'
  const endpoint = await t.endpoint('smtp', exchange, 25, 'starttls')
  const session = await attempt(t.submission(undefined, { endpoint, raw: true }))
  if (session instanceof WireError) return session.code === 'refused' ? 'refuses connections' : undefined
  // A server may dislike our address; that one is there is all that is asked.
  const { code, text } = session.client.greeting
  if (code !== 220) t.note(`${exchange} greets with ${code} ${text}`)
  return 'greets'
}

const publishesSpf = check({
  id: 'transport/publishes-spf',
  requirement: 'transport.publishes-spf',
  title: 'publishes one SPF record',
  profile: 'list',
  needs: { dns: true },
  async run(t) {
    const records = await fromDns(t, t.host.resolver.txt(t.host.domain, t.signal))
    const policies = records.filter((text) => /^v=spf1(?: |$)/i.test(text))
    t.expect(`SPF records of ${t.host.domain}`, policies, exactlyOne)
  },
})

const publishesDmarc = check({
  id: 'transport/publishes-dmarc',
  requirement: 'transport.publishes-dmarc',
  title: 'publishes a DMARC policy',
  profile: 'list',
  needs: { dns: true },
  async run(t) {
    // Without one of its own, that of the organisation counts (RFC 7489 6.6.3).
    for (const name of namesUpward(t.host.domain)) {
      const records = await fromDns(t, t.host.resolver.txt(`_dmarc.${name}`, t.signal))
      const policies = records.filter((text) => /^v=DMARC1\s*;/i.test(text))
      if (policies.length === 0) continue
      t.expect(`DMARC records of _dmarc.${name}`, policies, oneDmarcPolicy)
      return
    }
    t.expect(`DMARC records of _dmarc.${t.host.domain}`, [], oneDmarcPolicy)
  },
})

const limitsAuthorities = check({
  id: 'transport/limits-certificate-authorities',
  requirement: 'transport.limits-certificate-authorities',
  title: 'says which authorities may certify its name',
  profile: 'list',
  needs: { dns: true, publicName: true },
  async run(t) {
    // The nearest records count (RFC 8659 3).
    for (const name of namesUpward(t.host.domain)) {
      const records = await fromDns(t, t.host.resolver.caa(name, t.signal))
      if (records.length === 0) continue
      t.expect(
        `CAA records of ${name}`,
        records.map(({ tag, value }) => `${tag} ${value}`),
        namesIssuers,
      )
      return
    }
    t.expect(`CAA records of ${t.host.domain}`, [], namesIssuers)
  },
})

const srvServices = ['imaps', 'imap', 'submissions', 'submission'] as const

const srvRecordsLeadHere = check({
  id: 'transport/srv-records-lead-here',
  requirement: 'transport.srv-records-lead-here',
  title: 'has SRV records that lead to services which answer',
  profile: 'list',
  needs: { dns: true, connections: 8 },
  async run(t) {
    let targets = 0
    const unseen: string[] = []
    for (const service of srvServices) {
      const records = await fromDns(t, t.host.resolver.srv(`_${service}._tcp.${t.host.domain}`, t.signal))
      // A target of "." says that the service is not offered (RFC 2782), which is an answer, too.
      for (const { name, port } of records.filter((record) => plainName(record.name) !== '').slice(0, 2)) {
        targets++
        const where = `_${service}._tcp: ${plainName(name)} port ${port}`
        const outcome = await follow(t, service, plainName(name), port)
        if (outcome === undefined) unseen.push(where)
        else t.expect(where, outcome, equals('answers'))
      }
    }
    if (targets === 0) t.unsupported('there are no SRV records for mail')
    endUnseen(t, unseen)
  },
})

async function follow(
  t: CheckContext,
  service: (typeof srvServices)[number],
  name: string,
  port: number,
): Promise<string | undefined> {
  if ((await fromDns(t, t.host.resolver.addresses(name, t.signal))).length === 0) return 'the name has no address'
  const security = service === 'imaps' || service === 'submissions' ? 'tls' : 'starttls'
  return answerAt(t, await t.endpoint(service, name, port, security))
}

const listed = (list: readonly string[]) => list.join('; ').slice(0, 300) || 'none'

const some: Matcher<readonly string[]> = satisfies('at least one', (list) => list.length > 0, listed)

const exactlyOne: Matcher<readonly string[]> = satisfies('exactly one', (list) => list.length === 1, listed)

const oneDmarcPolicy: Matcher<readonly string[]> = satisfies(
  'one that says p=none, p=quarantine or p=reject',
  (list) => list.length === 1 && /;\s*p\s*=\s*(none|quarantine|reject)\s*(;|$)/i.test(list[0] ?? ''),
  listed,
)

const namesIssuers: Matcher<readonly string[]> = satisfies(
  'some with the tag issue',
  (list) => list.some((text) => /^issue(wild)? /i.test(text)),
  listed,
)

export const recordChecks = [
  publishesMx,
  exchangesTakeMail,
  publishesSpf,
  publishesDmarc,
  limitsAuthorities,
  srvRecordsLeadHere,
]
