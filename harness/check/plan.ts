// Which checks run on a host, which do not and why, and what that will cost the host. Pure.
import { type CoreBinary, howToAddCore } from '../deltachat/binary.ts'
import { isBelieved } from '../deltachat/login-code.ts'
import { type Host, type Power, type Service, standardPorts } from '../host/host.ts'
import type { Finding } from '../result/schema.ts'
import { matchesPattern } from './pattern.ts'
import type { Batch, BatchContext, Check, CheckMeta, Cost, Needs, Profile, Suite } from './types.ts'

export interface Selection {
  readonly profile: Profile
  /** Patterns; when there are any, they alone choose, whatever the profile says. */
  readonly only: readonly string[]
  readonly skip: readonly string[]
  /** Costs allowed beside those of the profile. */
  readonly costs: readonly Cost[]
  /** Of the profile's checks only the light ones, and those of `costs`. */
  readonly lightOnly?: boolean
  /** The user operates this host: intrusive checks are allowed. */
  readonly iOperate: boolean
  /** Units at the same time; as many pairs of accounts are wanted. */
  readonly jobs: number
}

/** What there is at our side; checks that need what is missing are skipped. */
export interface Equipment {
  readonly core?: CoreBinary | undefined
  /** The second host of checks that are about mail between two. */
  readonly partner?: Host | undefined
  /** A mail domain of our own, for hosts that have none beside them. */
  readonly vantage?: boolean | undefined
}

/** What runs as one: a single check, or the selected members of a batch. */
export interface Unit {
  readonly id: string
  readonly area: string
  readonly members: readonly CheckMeta[]
  readonly needs: Needs
  run(t: BatchContext, members: readonly CheckMeta[]): Promise<void>
}

export interface Plan {
  readonly units: readonly Unit[]
  readonly skipped: readonly Skipped[]
  /** Accounts that the pool should hold: enough for the hungriest unit, and for pairs in parallel. */
  readonly poolSize: number
  /** Most that the plan will use. */
  readonly budget: { readonly freshAccounts: number; readonly messages: number; readonly connections: number }
}

/** Why a check does not run: the user's choice, our side, or the host's nature. */
export type SkipKind = NonNullable<Finding['skipped']>

export interface Skipped {
  readonly check: CheckMeta
  readonly area: string
  readonly kind: SkipKind
  readonly reason: string
  readonly missing?: Finding['missing']
}

const profileCosts: Readonly<Record<Profile, readonly Cost[]>> = {
  quick: ['light'],
  list: ['light', 'slow'],
  full: ['light', 'slow', 'bulk'],
}

const missingPower: Readonly<Record<Power, string>> = {
  clock: "needs power over the host's clock",
  expire: "needs power over the host's expiry (--expire-command)",
  peer: 'needs a mail domain of our own (--peer-domain)',
  push: 'needs a push service of our own that the host tells of mail',
}

const profileOrder: readonly Profile[] = ['quick', 'list', 'full']

/** Ids that match no check at all, so that a mistyped pattern is noticed. */
export function unmatchedPatterns(patterns: readonly string[], suites: readonly Suite[]): readonly string[] {
  const ids = allChecks(suites).map((check) => check.id)
  return patterns.filter((pattern) => !ids.some((id) => matchesPattern(pattern, id)))
}

export function allChecks(suites: readonly Suite[]): readonly CheckMeta[] {
  return suites.flatMap((suite) => [...suite.checks, ...suite.batches.flatMap((batch) => batch.members)])
}

export function planChecks(
  host: Host,
  suites: readonly Suite[],
  selection: Selection,
  equipment: Equipment = {},
): Plan {
  const units: Unit[] = []
  const skipped: Skipped[] = []
  for (const suite of suites) {
    const consider = (check: CheckMeta, needs: Needs): boolean => {
      if (!named(check.id, selection)) return false
      const why = whyNot(check, needs, host, selection, equipment)
      if (why) {
        const [kind, reason, missing] = why
        skipped.push({ check, area: suite.area, kind, reason, ...(missing === undefined ? {} : { missing }) })
      }
      return !why
    }
    for (const check of suite.checks) {
      const needs = check.needs ?? {}
      if (consider(check, needs)) units.push(unitOfCheck(check, suite.area, needs))
    }
    for (const batch of suite.batches) {
      const members = batch.members.filter((member) => consider(member, { ...batch.needs, ...member.needs }))
      if (members.length > 0) units.push(unitOfBatch(batch, suite.area, members))
    }
  }
  const poolSize = poolSizeOf(units, host, selection.jobs)
  return { units, skipped, poolSize, budget: budgetOf(units, poolSize) }
}

function unitOfCheck(check: Check, area: string, needs: Needs): Unit {
  return { id: check.id, area, members: [check], needs, run: (t) => check.run(t) }
}

function unitOfBatch(batch: Batch, area: string, members: readonly CheckMeta[]): Unit {
  const perMember = batch.needs?.messages ?? 0
  const messages = members.reduce((sum, member) => sum + (member.needs?.messages ?? perMember), 1)
  return { id: batch.id, area, members, needs: { ...batch.needs, messages }, run: (t, some) => batch.run(t, some) }
}

function named(id: string, selection: Selection): boolean {
  if (selection.only.length > 0 && !selection.only.some((pattern) => matchesPattern(pattern, id))) return false
  return !selection.skip.some((pattern) => matchesPattern(pattern, id))
}

function whyNot(
  check: CheckMeta,
  needs: Needs,
  host: Host,
  selection: Selection,
  equipment: Equipment,
): readonly [SkipKind, string, missing?: Finding['missing']] | undefined {
  const cost = needs.cost ?? 'light'
  if (cost === 'intrusive' && !selection.iOperate)
    return ['consent', 'intrusive: only on a host you operate (--i-operate HOST)']
  if (selection.only.length === 0) {
    const profile = check.profile ?? 'quick'
    if (profileOrder.indexOf(profile) > profileOrder.indexOf(selection.profile))
      return ['profile', `in profile ${profile}`]
    const costs = [...profileCosts[selection.lightOnly ? 'quick' : selection.profile], ...selection.costs, 'intrusive']
    if (!costs.includes(cost)) return ['profile', `${cost}: --cost ${cost}`]
  }
  if (needs.publicName && /^[_[]/.test(host.domain)) return ['inapplicable', `does not apply to ${host.domain}`]
  if (needs.dnsName && host.domain.startsWith('[')) return ['inapplicable', `does not apply to ${host.domain}`]
  if (needs.dns && (host.outsideDns || host.domain.startsWith('[')))
    return ['inapplicable', `does not apply to ${host.domain}: DNS does not say where it is`]
  if (needs.certificate && !judgesCertificates(host, needs.certificate))
    return ['inapplicable', `the certificates of ${host.domain} are taken as they are`]
  if (needs.hosts === 2 && !equipment.partner)
    return ['partner', 'needs a second server: name two, or add --with HOST', 'partner']
  if (needs.deltachat === 'believed' && !isBelieved(host))
    return ['inapplicable', `Delta Chat takes this form only where it believes the certificate by itself`]
  if (needs.deltachat && !equipment.core) return ['equipment', `needs Delta Chat core: ${howToAddCore}`]
  if (needs.creates && !needs.orGiven && !host.accounts.mayCreate)
    return ['accounts', 'makes accounts, but accounts are given']
  const service = needs.reach?.find((name) => unreachable(host, name))
  if (service) {
    const detail = host.candidates.find((item) => item.endpoint.service === service && item.detail)?.detail
    const reason = `cannot reach port ${standardPorts[service]} (${service}) from here${detail ? `: ${detail}` : ''}`
    return ['reach', reason, service]
  }
  const given = (name: Power) => host.powers[name] !== undefined || (name === 'peer' && equipment.vantage === true)
  const power = needs.powers?.find((name) => !given(name))
  if (power) return ['power', missingPower[power], power]
  return undefined
}

function judgesCertificates({ trust: { mode } }: Host, how: NonNullable<Needs['certificate']>): boolean {
  return mode === 'system' || mode === 'ca' || (mode === 'name-only' && how === 'named')
}

/** Out of our reach is a silent port; one that refuses is the host's own doing and will be seen by the check. */
function unreachable(host: Host, service: Service): boolean {
  if (host.endpoints[service]) return false
  const outcomes = host.candidates.filter((item) => item.endpoint.service === service).map((item) => item.outcome)
  if (outcomes.length === 0) return service !== 'https' && service !== 'http'
  return outcomes.every((outcome) => outcome === 'timeout' || outcome === 'unreachable' || outcome === 'not-tried')
}

function poolSizeOf(units: readonly Unit[], host: Host, jobs: number): number {
  const wanted = units.map((unit) => unit.needs.accounts ?? 0)
  const hungriest = Math.max(0, ...wanted)
  const together = wanted
    .sort((a, b) => b - a)
    .slice(0, jobs)
    .reduce((sum, n) => sum + n, 0)
  return Math.max(hungriest, Math.min(together, jobs * 2, host.budget.freshAccounts))
}

/** Accounts that checks make are used by the others, so the two needs do not add up. */
function budgetOf(units: readonly Unit[], poolSize: number): Plan['budget'] {
  const sum = (of: (needs: Needs) => number) => units.reduce((total, unit) => total + of(unit.needs), 0)
  return {
    freshAccounts: Math.max(
      sum((needs) => needs.creates ?? 0),
      poolSize,
    ),
    messages: sum((needs) => needs.messages ?? 0),
    connections: sum((needs) => needs.connections ?? 2 + 2 * (needs.accounts ?? 0)),
  }
}
