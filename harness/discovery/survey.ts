// One look at a host: every place it may be served at is tried at once, then what it publishes itself. Used by discovery.
import { isIP } from 'node:net'
import type { Candidate, Endpoint, Host, Service, Timing, Trust } from '../host/host.ts'
import type { HostName } from '../host/host-name.ts'
import type { PolicyValues } from '../host/policy.ts'
import type { Resolver } from '../host/resolver.ts'
import { TargetError } from '../host/target-error.ts'
import { WireError } from '../host/wire-error.ts'
import { autoconfigPath, parseAutoconfig } from './autoconfig.ts'
import type { CheckWishes } from './opt-out.ts'
import { isLoopback } from './own-address.ts'
import * as places from './places.ts'
import { httpAt, type Probed, probe, urlOf } from './probe.ts'
import type { Place as FlagPlace } from './reach.ts'
import { whyUnusable } from './unusable.ts'

export interface SurveyOptions {
  readonly name: HostName
  readonly trust: Trust
  readonly timing: Timing
  readonly resolver: Resolver
  readonly connects: ReadonlyMap<Service, FlagPlace>
  /** The address of the name is given by a flag: DNS says nothing about this host. */
  readonly overridden: boolean
  readonly iOperate?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((text: string) => void) | undefined
}

export interface Survey {
  readonly endpoints: Host['endpoints']
  readonly candidates: readonly Candidate[]
  readonly wishes: CheckWishes | undefined
  readonly discovered: PolicyValues
}

/** Throws TargetError when not one mail service can be used, and the host does not ask to be left alone. */
export async function survey(options: SurveyOptions): Promise<Survey> {
  const first = await knock(options)
  const wishes = first.find((one) => one.wishes !== undefined)?.wishes
  if (wishes?.check === false && options.iOperate !== true) {
    return { endpoints: {}, candidates: first.map(({ candidate }) => candidate), wishes, discovered: {} }
  }
  const all = [...first, ...(await knockAtPublished(options, first))]
  const endpoints = places.chooseEndpoints(all)
  const candidates = all.map(({ candidate }) => candidate)
  const { imaps, imap, submissions, submission } = endpoints
  if ([imaps, imap, submissions, submission].every((endpoint) => endpoint === undefined)) {
    throw whyUnusable(options.name, candidates)
  }
  const sizes = all.flatMap(({ messageBytes }) => messageBytes ?? [])
  return { endpoints, candidates, wishes, discovered: sizes.length === 0 ? {} : { messageBytes: Math.min(...sizes) } }
}

/** Flags and default ports. */
async function knock(options: SurveyOptions): Promise<readonly Probed[]> {
  const { name, connects, overridden, onProgress } = options
  const atFlags = [...connects].map(async ([service, { host, port }]): Promise<Probed> => {
    // The certificate must carry the host's name, wherever the connection goes.
    const { origin, ...place } = places.place(service, name.name, port, 'flag')
    return await probe(place, origin, await lookUp(options, host).catch(() => []), options)
  })
  const rest = places.defaultPlaces(name.name).filter(({ service }) => !connects.has(service))
  const atDefaults = async (): Promise<readonly Probed[]> => {
    // A test bed or a tunnel on this machine: the real host of that name, if there is one, is somebody else.
    if (!overridden && [...connects.values()].some(({ host }) => isLoopback(host))) {
      const detail = `--connect points to this machine; add --resolve ${name.name}=IP for the other ports`
      return rest.map((place) => notTried(place, detail))
    }
    onProgress?.(`looking up ${name.label}`)
    const addresses = await addressesOf(options)
    onProgress?.(`knocking at ports ${rest.map(({ port }) => port).join(', ')} of ${name.label}`)
    return await Promise.all(rest.map(({ origin, ...place }) => probe(place, origin, addresses, options)))
  }
  const [flagged, others] = await Promise.all([Promise.all(atFlags), atDefaults()])
  return [...flagged, ...others]
}

async function lookUp({ resolver, signal }: SurveyOptions, host: string): Promise<readonly string[]> {
  const addresses = await resolver.addresses(host, signal)
  const [four, six] = [4, 6].map((family) => addresses.filter((address) => isIP(address) === family))
  return [...(four ?? []).slice(0, 2), ...(six ?? []).slice(0, 2)]
}

/** Of the host itself. Without flags that name another place, a host without an address ends here. */
async function addressesOf(options: SurveyOptions): Promise<readonly string[]> {
  const { name, connects, resolver, signal } = options
  let failure: TargetError
  try {
    const addresses = await lookUp(options, name.name)
    if (addresses.length > 0) return addresses
    const mx = name.kind === 'address' ? [] : await resolver.mx(name.name, signal).catch(() => [])
    const exchange = mx.find((record) => record.exchange !== '' && record.exchange !== name.name)?.exchange
    failure = new TargetError('no-address', `${name.label} has no address`, {
      hint: exchange
        ? `its mail goes to ${exchange}, but a chatmail server answers under its own name`
        : 'check the spelling, leave out -4 and -6, or give --resolve HOST=IP',
    })
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    failure = new TargetError('dns-failed', cause.message, { hint: 'check the network, or give --dns ADDR', cause })
  }
  if (connects.size > 0) return []
  throw failure
}

/** Autoconfig, and SRV records where a mail service is still missing. */
async function knockAtPublished(options: SurveyOptions, known: readonly Probed[]): Promise<readonly Probed[]> {
  const { name, connects, overridden, resolver } = options
  const limit = AbortSignal.timeout(options.timing.connect)
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit])
  const answering = new Set(known.flatMap(({ endpoint }) => endpoint?.service ?? []))
  const complete = (['imaps', 'imap', 'submissions', 'submission'] as const).every((service) => answering.has(service))
  const askSrv = !complete && !overridden && name.kind === 'domain' && connects.size === 0
  const [published, srv] = await Promise.all([
    readAutoconfig(options, known.find(({ endpoint }) => endpoint?.service === 'https')?.endpoint, signal),
    askSrv ? places.srvPlaces(name.name, resolver, signal) : [],
  ])
  const fresh = places.newPlaces(
    [...published, ...srv].filter(({ service }) => !connects.has(service)),
    known.map(({ candidate }) => candidate.endpoint),
  )
  return await Promise.all(
    fresh.slice(0, 16).map(async ({ origin, ...place }): Promise<Probed> => {
      const reason = places.whyNotTried({ ...place, origin }, name.name)
      if (reason !== undefined) return notTried({ ...place, origin }, reason)
      return await probe(place, origin, await lookUp(options, place.name).catch(() => []), options)
    }),
  )
}

/** An absent or unreadable file is no trouble: a check judges it. */
async function readAutoconfig(options: SurveyOptions, https: Endpoint | undefined, signal: AbortSignal) {
  if (https === undefined) return []
  options.onProgress?.(`reading the mail settings ${options.name.label} publishes`)
  try {
    const response = await httpAt(https, { ...options, signal }).request(urlOf(https, autoconfigPath), {
      maxBytes: 128 * 1024,
    })
    return response.status === 200 ? places.autoconfigPlaces(parseAutoconfig(response.text(), options.name.domain)) : []
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof WireError) return []
    throw error
  }
}

function notTried({ origin, ...endpoint }: places.Place, detail: string): Probed {
  return { candidate: { endpoint, origin, outcome: 'not-tried', detail } }
}
