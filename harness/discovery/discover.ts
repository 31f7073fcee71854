// HOST text and flags become a Host: names looked up, services found, trust settled, policy and accounts at hand.
// Used by the command line, by load runs and by tests of other projects.
import { setTimeout as delay } from 'node:timers/promises'
import type { AccountStore } from '../host/account.ts'
import { liveTiming, profileBudgets } from '../host/defaults.ts'
import type { Budget, Host, Powers, Timing, Trust } from '../host/host.ts'
import { type HostName, parseHostName } from '../host/host-name.ts'
import { joinPolicy, type PolicyValues } from '../host/policy.ts'
import { TargetError } from '../host/target-error.ts'
import { type TrustFlags, trustFor } from '../host/trust.ts'
import { fileAccountStore, type KeptAccounts } from './account-files.ts'
import { type GivenAccounts, givenAccountStore } from './given-accounts.ts'
import { ownAddressNote } from './own-address.ts'
import { plotFile } from './plot-file.ts'
import { type Place, parseConnects, parseDnsServer, parseResolves } from './reach.ts'
import { createResolver } from './resolver.ts'
import { stateDirectory } from './state-directory.ts'
import { type Survey, survey } from './survey.ts'
import { recordVisit, refuseUnwelcome } from './visits.ts'

export interface DiscoverOptions extends TrustFlags {
  /** `ADDR[:PORT]` of a name server. */
  readonly dns?: string | undefined
  /** `HOST=IP`: the address of a name, on all default ports. */
  readonly resolve?: readonly string[] | undefined
  /** `SERVICE=ADDR:PORT` */
  readonly connect?: readonly string[] | undefined
  readonly family?: 4 | 6 | undefined
  /** Keep trying so long until IMAP and submission answer. Milliseconds. */
  readonly waitMs?: number | undefined
  /** What the operator declared, from `parsePolicy`. */
  readonly policy?: PolicyValues | undefined
  /** Default: files in the state folder. */
  readonly accounts?: AccountStore | undefined
  /** Accounts the user brings instead; those of this host are used, and none is created. */
  readonly given?: GivenAccounts | undefined
  /** Load no kept accounts, but keep those made now. Only for the default store. */
  readonly fresh?: boolean | undefined
  /** Where accounts are kept; the user's state folder by default. */
  readonly state?: string | undefined
  /** The user runs this host: a wish not to be checked does not hold. */
  readonly iOperate?: boolean | undefined
  /** The host is visited since then already, milliseconds since 1970: this is no further visit. */
  readonly visitedSince?: number | undefined
  /** What the user can do over this host, beside talking to it. */
  readonly powers?: Powers | undefined
  /** Default: that of a quick run. */
  readonly budget?: Budget | undefined
  readonly timing?: Timing | undefined
  readonly signal?: AbortSignal | undefined
  /** Words for a progress line. */
  readonly onProgress?: ((text: string) => void) | undefined
}

/** Between two tries while waiting for services. Milliseconds. */
const pause = 500

/** Throws TargetError: usage errors at once, the others when the host cannot be checked. */
export async function discoverHost(text: string, options: DiscoverOptions = {}): Promise<Host> {
  const name = parseHostName(text)
  const trust = trustFor(name, options)
  const connects = parseConnects(options.connect ?? [])
  const overrides = parseResolves(options.resolve ?? [])
  const server = options.dns === undefined ? undefined : parseDnsServer(options.dns)
  const timing = options.timing ?? liveTiming
  const resolver = createResolver({ server, overrides, family: options.family })
  const state = options.state ?? stateDirectory()
  const notes: string[] = []

  const given = options.given === undefined ? undefined : givenAccountStore(options.given, name.domain)
  const files = {
    host: storeKey(name, connects, overrides),
    directory: state,
    // Trouble with the files shows up during the run; the report reads the notes at its end.
    onNote: (note: string) => void notes.push(note),
  }
  const kept = fileAccountStore({ ...files, fresh: options.fresh })

  const found = await surveyUntil(options, name, () =>
    survey({ name, trust, timing, resolver, connects, overridden: overrides.has(name.name), ...picked(options) }),
  )
  if (options.iOperate !== true) await refuseUnwelcome(name, found.wishes, state, options.visitedSince)
  if (found.wishes?.max !== undefined) await recordVisit(name, state)

  notes.push(...notesOf(name, trust, found), ...(options.given?.notes ?? []))
  return {
    label: name.label,
    domain: name.domain,
    endpoints: found.endpoints,
    candidates: found.candidates,
    trust,
    resolver,
    outsideDns: connects.size > 0 || overrides.has(name.name),
    timing,
    budget: options.budget ?? profileBudgets.quick,
    policy: joinPolicy(options.policy ?? {}, found.discovered),
    powers: options.powers ?? {},
    accounts: claimable(given ?? options.accounts, kept),
    ...(options.fresh ? {} : { plot: plotFile(files) }),
    notes,
  }
}

/** Those that were given are the same for every run that gets them: one at a time has each of them. */
function claimable(brought: AccountStore | undefined, kept: KeptAccounts): AccountStore {
  if (brought === undefined) return kept
  return brought.mayCreate ? brought : { ...brought, claim: kept.claim }
}

function picked({ signal, onProgress, iOperate }: DiscoverOptions) {
  return { signal, onProgress, iOperate }
}

/** Repeats the survey until it finds both IMAP and submission, or the wait is over; then takes what there is. */
async function surveyUntil(options: DiscoverOptions, name: HostName, look: () => Promise<Survey>): Promise<Survey> {
  const end = performance.now() + (options.waitMs ?? 0)
  for (;;) {
    let found: Survey | TargetError
    try {
      found = await look()
      if (found.wishes?.check === false) return found
      const { imaps, imap, submissions, submission } = found.endpoints
      if ((imaps ?? imap) !== undefined && (submissions ?? submission) !== undefined) return found
    } catch (error) {
      if (options.signal?.aborted) throw new TargetError('aborted', `told to stop while looking for ${name.label}`)
      // A certificate does not get better by waiting; a server that is starting does.
      if (!(error instanceof TargetError) || error.isUsage || error.code === 'untrusted') throw error
      found = error
    }
    const left = end - performance.now()
    if (left <= 0) {
      if (found instanceof TargetError) throw found
      return found
    }
    options.onProgress?.(`waiting for the services of ${name.label}, ${Math.ceil(left / 1000)} s left`)
    await delay(Math.min(pause, left), undefined, { signal: options.signal }).catch(() => undefined)
  }
}

function* notesOf(name: HostName, trust: Trust, { endpoints, candidates, wishes }: Survey): Iterable<string> {
  const own = ownAddressNote(Object.values(endpoints).map(({ address }) => address))
  if (own !== undefined) yield own
  if (trust.mode === 'presented') {
    yield name.kind === 'address'
      ? 'an IP literal: names and certificates are not judged'
      : 'certificates are not judged (--trust-presented)'
  }
  if (trust.mode === 'name-only') yield 'a name that begins with _: certificates may be self-signed'
  const faults = candidates.filter(({ outcome }) => outcome === 'untrusted' || outcome === 'tls-failed')
  for (const { detail } of faults) if (detail !== undefined) yield detail
  if (wishes?.contact !== undefined) yield `contact given by the host: ${wishes.contact}`
  if (wishes?.max !== undefined) yield `the host asks to be checked at most ${wishes.max}`
}

/** A test bed that borrows a real name must not mix its accounts with those of the real host. */
function storeKey(
  name: HostName,
  connects: ReadonlyMap<unknown, Place>,
  overrides: ReadonlyMap<string, readonly string[]>,
): string {
  const places = [...(overrides.get(name.name) ?? []), ...[...connects.values()].map(({ host }) => host)]
  return places.length === 0 ? name.domain : `${name.domain}@${[...new Set(places)].sort().join(',')}`
}
