// Checks of MTA-STS (RFC 8461): the record that announces a policy, the policy, and whether the two fit the MX records.
import { check } from '../../harness/check/define.ts'
import { attempt, equals, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { exchangesOf, fromDns, inWords } from './scene.ts'

/** What the senders of mail make of it: by name and certificate of a public authority. */
const needs = { dns: true, publicName: true, certificate: 'trusted', reach: ['https'] } as const

const publishes = check({
  id: 'transport/publishes-mta-sts',
  requirement: 'transport.publishes-mta-sts',
  title: 'announces that others must use verified TLS (MTA-STS)',
  profile: 'list',
  needs: { dns: true, publicName: true },
  async run(t) {
    t.expect(`MTA-STS records of _mta-sts.${t.host.domain}`, await announcements(t), oneAnnouncement)
  },
})

const serves = check({
  id: 'transport/serves-mta-sts-policy',
  requirement: 'transport.serves-mta-sts-policy',
  title: 'serves the MTA-STS policy that it announces',
  profile: 'list',
  needs,
  async run(t) {
    const policy = await policyOf(t)
    t.expect(`the policy at ${policyAddress(t)}`, policy.flaw, equals('none'))
  },
})

const namesExchanges = check({
  id: 'transport/mta-sts-names-exchanges',
  requirement: 'transport.mta-sts-names-exchanges',
  title: 'names each MX host in its MTA-STS policy',
  profile: 'list',
  needs,
  async run(t) {
    const policy = await goodPolicy(t)
    const published = (await exchangesOf(t)).map(({ exchange }) => exchange)
    const exchanges = published.length === 0 ? [t.host.domain] : published
    // An empty name says that there is no mail (RFC 7505).
    const missing = exchanges.filter(
      (exchange) => exchange !== '' && !policy.mx.some((pattern) => fits(exchange, pattern)),
    )
    t.note(`mx lines: ${policy.mx.join(', ')}`)
    t.expect('MX hosts that the policy does not name', missing, nobody)
  },
})

const enforces = check({
  id: 'transport/mta-sts-enforces',
  requirement: 'transport.mta-sts-enforces',
  title: 'enforces its MTA-STS policy',
  profile: 'list',
  needs,
  async run(t) {
    t.expect('the mode of the policy', (await goodPolicy(t)).mode, equals('enforce'))
  },
})

interface StsPolicy {
  readonly mode: string
  /** Lower case; `*.` stands for one label. */
  readonly mx: readonly string[]
  /** Why senders will not follow it; `none` when they will. */
  readonly flaw: string
}

async function announcements(t: CheckContext): Promise<readonly string[]> {
  const records = await fromDns(t, t.host.resolver.txt(`_mta-sts.${t.host.domain}`, t.signal))
  return records.filter((text) => /^v=STSv1\s*;/.test(text))
}

function policyAddress(t: CheckContext): string {
  return `https://mta-sts.${t.host.domain}/.well-known/mta-sts.txt`
}

async function policyOf(t: CheckContext): Promise<StsPolicy> {
  if ((await announcements(t)).length === 0) t.unsupported('no MTA-STS is announced')
  const broken = (flaw: string): StsPolicy => ({ mode: '', mx: [], flaw })
  const name = new URL(policyAddress(t)).hostname
  if ((await fromDns(t, t.host.resolver.addresses(name, t.signal))).length === 0)
    return broken(`${name} has no address`)
  // Redirects must not be followed (RFC 8461 3.3).
  const response = await attempt(t.https.request(policyAddress(t), { maxBytes: 65_536 }))
  if (response instanceof WireError) {
    if (response.code === 'certificate' || response.code === 'refused') return broken(inWords(response))
    throw response
  }
  return response.status === 200 ? readPolicy(response.text()) : broken(`status ${response.status}`)
}

/** One whose words can be judged; whether there is one is judged by itself. */
async function goodPolicy(t: CheckContext): Promise<StsPolicy> {
  const policy = await policyOf(t)
  t.control('there is a policy', policy.flaw, equals('none'), { coveredBy: 'transport/serves-mta-sts-policy' })
  return policy
}

/** RFC 8461 3.2: lines of `key: value`. */
function readPolicy(text: string): StsPolicy {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const [, key, value] = /^([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    return key === undefined || value === undefined ? [] : [{ key: key.toLowerCase(), value }]
  })
  const first = (key: string) => lines.find((line) => line.key === key)?.value ?? ''
  const mx = lines.filter(({ key }) => key === 'mx').map(({ value }) => value.toLowerCase())
  const mode = first('mode')
  const flaws = [
    ...(first('version') === 'STSv1' ? [] : ['no version: STSv1']),
    ...(['enforce', 'testing', 'none'].includes(mode) ? [] : [`mode "${mode}"`]),
    ...(/^\d{1,10}$/.test(first('max_age')) ? [] : ['no max_age']),
    ...(mx.length > 0 || mode === 'none' ? [] : ['no mx']),
  ]
  return { mode, mx, flaw: flaws.join(', ').slice(0, 300) || 'none' }
}

function fits(exchange: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return exchange === pattern.replace(/\.$/, '')
  return exchange.slice(exchange.indexOf('.') + 1) === pattern.slice(2)
}

const oneAnnouncement: Matcher<readonly string[]> = satisfies(
  'one with v=STSv1 and an id',
  (list) => list.length === 1 && /;\s*id=[a-z0-9]{1,32}\s*(;|$)/i.test(list[0] ?? ''),
  (list) => list.join('; ').slice(0, 300) || 'none',
)

const nobody: Matcher<readonly string[]> = satisfies(
  'none',
  (list) => list.length === 0,
  (list) => list.join(', ').slice(0, 300),
)

export const mtaStsChecks = [publishes, serves, namesExchanges, enforces]
