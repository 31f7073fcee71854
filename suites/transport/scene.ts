// Where the checks of transport look: the services of a host, whatever their certificate, and what DNS has. Used by the checks
// of this folder.
import { attempt } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { TlsFacts } from '../../harness/clients/tls-facts.ts'
import type { Endpoint, Service } from '../../harness/host/host.ts'
import type { MxRecord } from '../../harness/host/resolver.ts'
import { WireError } from '../../harness/host/wire-error.ts'

type SecureService = Exclude<Service, 'http'>

export const mailServices = ['imaps', 'imap', 'submissions', 'submission'] as const
/** What apps use: relays take the newest TLS there. */
export const clientServices = [...mailServices, 'https'] as const
export const secureServices = [...clientServices, 'smtp'] as const

/** A service, and how it secured a session with us. */
export interface Look {
  readonly service: SecureService
  readonly endpoint: Endpoint
  readonly tls: TlsFacts
}

/** How reports call a service: by its port and name. */
export function nameOf({ service, port }: Pick<Endpoint, 'service' | 'port'>): string {
  return `port ${port} (${service})`
}

/** Where the service is, also where its certificate or its TLS kept it from being used. */
export function placeOf({ host }: CheckContext, service: Service): Endpoint | undefined {
  const own = host.endpoints[service]
  if (own !== undefined) return own
  const found = host.candidates.find(
    ({ endpoint, outcome }) =>
      endpoint.service === service && (outcome === 'untrusted' || outcome === 'tls-failed') && endpoint.address,
  )
  const address = found?.endpoint.address
  return found === undefined || address === undefined ? undefined : { ...found.endpoint, address }
}

/** The services that there are; port 25 is that of the first mail exchange. */
export async function placesOf(t: CheckContext, services: readonly SecureService[]): Promise<readonly Endpoint[]> {
  const places = services.map((service) => (service === 'smtp' ? exchangePlace(t) : placeOf(t, service)))
  return (await Promise.all(places)).filter((place) => place !== undefined)
}

/** Port 25 where mail for the host goes: often the host itself. */
async function exchangePlace(t: CheckContext): Promise<Endpoint | undefined> {
  const here = placeOf(t, 'smtp')
  if (here === undefined || t.host.outsideDns || t.host.domain.startsWith('[')) return here
  const records = await t.host.resolver.mx(t.host.domain, t.signal).catch(() => [])
  const [first] = [...records].sort((a, b) => a.preference - b.preference)
  const name = first === undefined ? '' : plainName(first.exchange)
  if (name === '' || name === here.name) return here
  const elsewhere = await attempt(t.endpoint('smtp', name, 25, 'starttls'))
  return elsewhere instanceof WireError ? undefined : elsewhere
}

/** Sessions with these services, all at once. What cannot be had is told apart: by the handshake, or before and after it. */
export async function lookAt(
  t: CheckContext,
  services: readonly SecureService[],
): Promise<{ readonly looks: readonly Look[]; readonly failed: readonly Failure[] }> {
  const places = await placesOf(t, services)
  const outcomes = await Promise.all(
    places.map(async (endpoint) => ({ endpoint, tls: await attempt(t.tls(endpoint)) }) as const),
  )
  const looks: Look[] = []
  const failed: Failure[] = []
  for (const { endpoint, tls } of outcomes) {
    if (tls instanceof WireError) {
      t.note(`${nameOf(endpoint)}: ${inWords(tls)}`)
      failed.push({ endpoint, error: tls })
    } else {
      t.note(`${nameOf(endpoint)}: ${shown(tls)}`)
      looks.push({ service: endpoint.service as SecureService, endpoint, tls })
    }
  }
  return { looks, failed }
}

export interface Failure {
  readonly endpoint: Endpoint
  readonly error: WireError
}

/** Does a service answer there? Undefined: something came between, and nothing is said. */
export async function answerAt(
  t: CheckContext,
  place: Endpoint,
): Promise<'answers' | 'refuses connections' | undefined> {
  const session = await attempt(t.tls(place))
  if (!(session instanceof WireError)) return 'answers'
  t.note(`${place.name} (${place.address}), ${nameOf(place)}: ${inWords(session)}`)
  return session.code === 'refused' ? 'refuses connections' : undefined
}

/** After all that can be said: nothing is said for good while some port gave no session. */
export function endWithout(t: CheckContext, failed: readonly Failure[]): void {
  const [first] = failed
  if (first !== undefined) t.inconclusive(`no session at ${nameOf(first.endpoint)}: ${inWords(first.error)}`)
}

/** One line; what a TLS library prints is for its makers. */
export function inWords(error: WireError): string {
  return error.code === 'tls' ? `the TLS handshake fails (${error.detail ?? 'without a reason'})` : error.message
}

/** The same where silence may be that of a network between. */
export function endUnseen(t: CheckContext, unseen: readonly string[]): void {
  if (unseen.length > 0)
    t.inconclusive(`no session at ${unseen.join(', ')}, which may be the network's doing`.slice(0, 300))
}

/** Whether TLS itself failed: not the way there, nor the service behind it. */
export function isHandshakeFault({ error }: Failure): boolean {
  return error.stage === 'TLS' && (error.code === 'tls' || error.code === 'closed' || error.code === 'reset')
}

/** An answer of DNS; its trouble is never the host's fault. */
export async function fromDns<T>(t: CheckContext, question: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await question
  } catch (error) {
    if (t.signal.aborted) throw error
    return t.inconclusive(`DNS gave no answer: ${error instanceof Error ? error.message : error}`)
  }
}

/** Whether a name has an address; not where the network has one for names that nobody has. */
export async function exists(t: CheckContext, name: string): Promise<boolean> {
  const ask = (one: string) => fromDns(t, t.host.resolver.addresses(one, t.signal))
  const [found, invented] = [await ask(name), await ask('no-such-host.invalid')]
  if (invented.length > 0) t.inconclusive('the name servers of this network have an address for every name')
  return found.length > 0
}

/** MX records, most wanted first. */
export async function exchangesOf(t: CheckContext): Promise<readonly MxRecord[]> {
  const records = await fromDns(t, t.host.resolver.mx(t.host.domain, t.signal))
  return [...records]
    .map(({ exchange, preference }) => ({ exchange: plainName(exchange), preference }))
    .sort((a, b) => a.preference - b.preference)
}

/** The name itself and those above it, but for the topmost. */
export function namesUpward(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, at) => labels.slice(at).join('.'))
}

/** Lower case, without the final dot: empty for the root, which as an exchange means "takes no mail" (RFC 7505). */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

function shown({ protocol, cipher, chain, authorizationError }: TlsFacts): string {
  const [leaf] = chain
  const certificate =
    leaf === undefined
      ? 'no certificate'
      : `${leaf.subjectAltNames.join(', ') || leaf.subject}, until ${leaf.validTo.toISOString().slice(0, 10)}, by ${leaf.issuer.replaceAll('\n', ', ')}`
  return `${protocol} ${cipher}; ${certificate}${authorizationError === undefined ? '' : ` (${authorizationError})`}`
}
