// Where the checks of transport look: the services of a host, whatever their certificate. Used by the checks of this folder.
import { attempt } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { TlsFacts } from '../../harness/clients/tls-facts.ts'
import type { Endpoint, Service } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { placeOf } from '../places.ts'
import { plainName } from './names.ts'

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
      // Where no TLS is offered there is none to judge; that there must be is another area's rule.
      if (tls.detail !== 'NOT_OFFERED') failed.push({ endpoint, error: tls })
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

/** The same where silence may be that of a network between. */
export function endUnseen(t: CheckContext, unseen: readonly string[]): void {
  if (unseen.length > 0)
    t.inconclusive(`no session at ${unseen.join(', ')}, which may be the network's doing`.slice(0, 300))
}

/** One line; what a TLS library prints is for its makers. */
export function inWords(error: WireError): string {
  return error.code === 'tls' ? `the TLS handshake fails (${error.detail ?? 'without a reason'})` : error.message
}

/** Whether TLS itself failed: not the way there, nor the service behind it. */
export function isHandshakeFault({ error }: Failure): boolean {
  return error.stage === 'TLS' && (error.code === 'tls' || error.code === 'closed' || error.code === 'reset')
}

function shown({ protocol, cipher, chain, authorizationError }: TlsFacts): string {
  const [leaf] = chain
  const certificate =
    leaf === undefined
      ? 'no certificate'
      : `${leaf.subjectAltNames.join(', ') || leaf.subject}, until ${leaf.validTo.toISOString().slice(0, 10)}, by ${leaf.issuer.replaceAll('\n', ', ')}`
  return `${protocol} ${cipher}; ${certificate}${authorizationError === undefined ? '' : ` (${authorizationError})`}`
}
