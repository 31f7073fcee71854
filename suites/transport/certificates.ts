// Checks of the certificates and of the TLS that each port shows to a client of today. One session a port shows all of it.
import { batch } from '../../harness/check/define.ts'
import { equals, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { BatchContext, CheckMeta } from '../../harness/check/types.ts'
import type { CertificateFacts, TlsFacts } from '../../harness/clients/tls-facts.ts'
import {
  clientServices,
  endWithout,
  type Failure,
  inWords,
  isHandshakeFault,
  type Look,
  lookAt,
  nameOf,
  secureServices,
} from './scene.ts'

const speaksModern: CheckMeta = {
  id: 'transport/speaks-modern-tls',
  requirement: 'transport.speaks-modern-tls',
  title: 'speaks TLS 1.2 or newer on every port',
}

const speaks13: CheckMeta = {
  id: 'transport/speaks-tls-1.3',
  requirement: 'transport.speaks-tls-1.3',
  title: 'speaks TLS 1.3 with apps',
}

const isTrusted: CheckMeta = {
  id: 'transport/certificate-is-trusted',
  requirement: 'transport.certificate-is-trusted',
  title: 'shows certificates that a known authority vouches for, with the whole chain',
  needs: { certificate: 'trusted' },
}

const carriesName: CheckMeta = {
  id: 'transport/certificate-carries-name',
  requirement: 'transport.certificate-carries-name',
  title: 'shows certificates that carry its name',
  needs: { certificate: 'named' },
}

const isInDate: CheckMeta = {
  id: 'transport/certificate-is-in-date',
  requirement: 'transport.certificate-is-in-date',
  title: 'shows certificates that are valid today',
  needs: { certificate: 'trusted' },
}

const isRenewed: CheckMeta = {
  id: 'transport/certificate-is-renewed-in-time',
  requirement: 'transport.certificate-is-renewed-in-time',
  title: 'shows certificates that do not expire soon',
  needs: { certificate: 'trusted' },
}

const hasStrongKeys: CheckMeta = {
  id: 'transport/keys-are-strong',
  requirement: 'transport.keys-are-strong',
  title: 'has certificates with strong keys',
}

const showsOne: CheckMeta = {
  id: 'transport/shows-one-certificate',
  requirement: 'transport.shows-one-certificate',
  title: 'shows one certificate on all mail ports',
}

export const certificates = batch({
  id: 'transport/certificates',
  needs: { connections: secureServices.length },
  members: [speaksModern, speaks13, isTrusted, carriesName, isInDate, isRenewed, hasStrongKeys, showsOne],
  async run(t) {
    const { looks, failed } = await lookAt(t, secureServices)
    if (looks.length + failed.length === 0) t.inconclusive('no port offers TLS')
    judgeVersions(t, looks, failed)
    for (const { endpoint, tls } of looks) {
      const [leaf] = tls.chain
      if (leaf === undefined) continue
      const where = `the certificate at ${nameOf(endpoint)}`
      t.member(isTrusted.id).expect(where, tls, leadsToRoot)
      t.member(carriesName.id).expect(where, tls, bears(endpoint.name))
      t.member(isInDate.id).expect(where, leaf, validToday)
      t.member(isRenewed.id).expect(where, leaf, lastsAWhile)
      t.member(hasStrongKeys.id).expect(where, leaf, strongKey)
    }
    measureDays(t, looks)
    judgeSameness(t, looks)
    endWithout(t, failed)
  },
})

/** Until the first of them expires; below 0 where one has. */
function measureDays(t: BatchContext, looks: readonly Look[]): void {
  const left = looks.flatMap(({ tls }) => tls.chain.slice(0, 1)).map(({ validTo }) => validTo.getTime() - Date.now())
  if (left.length === 0) return
  t.measure('certificate-days-left', 'first certificate expires in', 'days', [Math.floor(Math.min(...left) / day)])
}

/** A port that fails at the handshake says nothing of certificates, and all of what it speaks. */
function judgeVersions(t: BatchContext, looks: readonly Look[], failed: readonly Failure[]): void {
  for (const { service, endpoint, tls } of looks) {
    t.member(speaksModern.id).expect(`TLS at ${nameOf(endpoint)}`, tls.protocol, modern)
    if (clientServices.some((one) => one === service))
      t.member(speaks13.id).expect(`the newest TLS at ${nameOf(endpoint)}`, tls.protocol, newest)
  }
  for (const failure of failed.filter(isHandshakeFault))
    t.member(speaksModern.id).expect(`TLS at ${nameOf(failure.endpoint)}`, inWords(failure.error), modern)
}

function judgeSameness(t: BatchContext, looks: readonly Look[]): void {
  const member = t.member(showsOne.id)
  const [first, ...others] = looks.filter(isOwn)
  const wanted = first?.tls.chain[0]
  if (first === undefined || wanted === undefined || others.length === 0) {
    member.expect('ports with another certificate', 0, equals(0))
    return
  }
  for (const { service, endpoint, tls } of others) {
    // A web server in front may have its own, of which the other rules speak; and of a pair for the same name, one service
    // may prefer RSA and another ECDSA.
    const tolerate: Matcher<CertificateFacts | undefined> = satisfies(
      'another good one, for the web or with another kind of key',
      (leaf) => tls.nameMatches && (service === 'https' || leaf?.keyType !== wanted.keyType),
      showLeaf,
    )
    member.expect(`the certificate at ${nameOf(endpoint)}`, tls.chain[0], sameAs(wanted, first), { tolerate })
  }

  /** Port 25 may be that of an exchange elsewhere. */
  function isOwn({ service, endpoint }: Look): boolean {
    return service !== 'smtp' || endpoint.name === t.host.domain
  }
}

const modern: Matcher<string> = satisfies('TLS 1.2 or newer', (protocol) => /^TLSv1\.[23]$/.test(protocol))

const newest: Matcher<string> = satisfies('TLS 1.3', (protocol) => protocol === 'TLSv1.3')

const dates: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

/** Dates are another rule's business. */
const leadsToRoot: Matcher<TlsFacts> = satisfies(
  'a chain that leads to a known authority',
  ({ authorized, authorizationError = '' }) => authorized || dates.has(authorizationError),
  ({ chain, authorizationError = 'known' }) => {
    const last = chain.at(-1)
    const end = `${chain.length === 1 ? 'one certificate' : `${chain.length} certificates`}, the last one by ${last?.issuer.replaceAll('\n', ', ')}`
    const words: Readonly<Record<string, string>> = {
      DEPTH_ZERO_SELF_SIGNED_CERT: 'a certificate that it signed itself',
      SELF_SIGNED_CERT_IN_CHAIN: `an authority of its own (${end})`,
      UNABLE_TO_VERIFY_LEAF_SIGNATURE: `an incomplete chain or a stranger's (${end})`,
      UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `an incomplete chain or a stranger's (${end})`,
    }
    return words[authorizationError] ?? `${authorizationError} (${end})`
  },
)

function bears(name: string): Matcher<TlsFacts> {
  return satisfies(
    `one for ${name}`,
    ({ nameMatches }) => nameMatches,
    ({ chain: [leaf] }) => `one for ${leaf?.subjectAltNames.join(', ') || 'nobody'}`.slice(0, 300),
  )
}

const day = 86_400_000

const validToday: Matcher<CertificateFacts> = satisfies(
  'valid today',
  ({ validFrom, validTo }) => validFrom.getTime() <= Date.now() && Date.now() <= validTo.getTime(),
  showDates,
)

/** Short-lived certificates have not 14 days to be renewed in. One that has expired is another rule's. */
const lastsAWhile: Matcher<CertificateFacts> = satisfies(
  'at least 14 days left, or a quarter of its life',
  ({ validFrom, validTo }) => {
    const left = validTo.getTime() - Date.now()
    return left < 0 || left >= Math.min(14 * day, (validTo.getTime() - validFrom.getTime()) / 4)
  },
  showDates,
)

function showDates({ validFrom, validTo }: CertificateFacts): string {
  const left = Math.floor((validTo.getTime() - Date.now()) / day)
  return `valid from ${validFrom.toISOString().slice(0, 10)} to ${validTo.toISOString().slice(0, 10)}: ${left} days left`
}

/** RFC 9325 4.5; types that are not listed are strong by themselves. */
const leastBits: Readonly<Record<string, number>> = { rsa: 2_048, 'rsa-pss': 2_048, dsa: 2_048, ec: 256 }

const strongKey: Matcher<CertificateFacts> = satisfies(
  'RSA of 2048 bits or more, a curve of 256, or the like',
  ({ keyType, keyBits }) => keyBits === undefined || keyBits >= (leastBits[keyType] ?? 0),
  ({ keyType, keyBits }) => `${keyType}${keyBits === undefined ? '' : ` of ${keyBits} bits`}`,
)

function sameAs(wanted: CertificateFacts, { endpoint }: Look): Matcher<CertificateFacts | undefined> {
  return satisfies(
    `that of ${nameOf(endpoint)} (${showLeaf(wanted)})`,
    (leaf) => leaf?.fingerprint256 === wanted.fingerprint256,
    showLeaf,
  )
}

function showLeaf(leaf: CertificateFacts | undefined): string {
  if (leaf === undefined) return 'none'
  return `SHA-256 ${leaf.fingerprint256.slice(0, 16)}, until ${leaf.validTo.toISOString().slice(0, 10)}`
}
