// Results of several hosts become one comparison: bands, and a row for each check with a cell for each host. Pure.
import {
  type Cell,
  type Change,
  type ComparedHost,
  type Comparison,
  comparisonFormat,
  type Pairing,
  type Row,
} from '../result/comparison.ts'
import type { Finding, HostRecord, Result } from '../result/schema.ts'
import { conformanceBand, federationBand, isAsked, jitterOf, speedBand } from './bands.ts'

/** A host to be compared, with its run where there is one. */
export interface Contender {
  readonly label: string
  readonly state: ComparedHost['state']
  /** Why it was not checked. */
  readonly reason?: string | undefined
  readonly result?: Result | undefined
  readonly status?: ComparedHost['status']
  readonly notes?: ComparedHost['notes']
}

export interface Circumstances {
  readonly version: string
  readonly made: Date
  readonly complete: boolean
  readonly order: Comparison['order']
  readonly pairing?: Pairing | undefined
  readonly changes: readonly Change[]
}

export function compareHosts(contenders: readonly Contender[], about: Circumstances): Comparison {
  const hosts = contenders.map((one) => comparedHost(one, about.pairing)).sort(inOrder(about.order))
  const runs = hosts.map(({ label }) => contenders.find((one) => one.label === label))
  const profiles = new Set(hosts.flatMap(({ profile }) => profile ?? []))
  const [profile] = profiles
  return {
    format: comparisonFormat,
    tool: { name: 'chatmail-check', version: about.version },
    made: about.made.toISOString(),
    ...(profiles.size === 1 && profile !== undefined ? { profile } : {}),
    complete: about.complete,
    order: about.order,
    hosts,
    rows: rowsOf(runs.map((run) => ({ label: run?.label ?? '', findings: findingsOf(run) }))),
    ...(about.pairing ? { pairing: about.pairing } : {}),
    changes: [...about.changes].sort((a, b) => b.at.localeCompare(a.at)),
  }
}

/** Each host of a result, as if it had been checked alone. */
export function contendersOf(result: Result): Contender[] {
  return result.hosts.map((host) => {
    const own = <T extends { readonly host: string }>(items: readonly T[]): T[] =>
      items.filter((item) => item.host === host.label)
    const alone: Result = {
      ...result,
      hosts: [host],
      findings: own(result.findings),
      observations: own(result.observations),
      measurements: own(result.measurements),
    }
    const reached = alone.findings.length > 0
    return {
      label: host.label,
      state: reached ? 'checked' : 'unreached',
      ...(reached ? {} : { reason: host.notes[0] ?? 'it could not be checked' }),
      result: alone,
    }
  })
}

function comparedHost(one: Contender, pairing: Pairing | undefined): ComparedHost {
  const { label, state, reason, result } = one
  const host = result?.hosts.find((record) => record.label === label)
  const findings = findingsOf(one).filter(isAsked)
  const count = (of: readonly Finding[]) => ({
    held: of.filter(({ verdict }) => verdict === 'pass' || verdict === 'tolerated').length,
    all: of.length,
  })
  const holes = findings.filter(({ verdict, withheld }) => verdict === 'fail' && withheld !== undefined)
  const until = holes[0]?.withheld
  return {
    label,
    domain: host?.domain ?? label,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(result
      ? {
          started: result.started,
          profile: result.profile,
          complete: result.complete,
          tool: result.tool.version,
        }
      : {}),
    reference: result?.reference ?? false,
    ...(host?.implementation && host.implementation.name !== 'unknown' ? { version: host.implementation.text } : {}),
    required: count(findings.filter(({ level }) => level === 'must')),
    further: count(findings.filter(({ level }) => level !== 'must')),
    ...(until === undefined ? {} : { withheld: { n: holes.length, until } }),
    ...(result && host ? pathOf(result, host) : {}),
    bands: bandsOf(one, host, pairing),
    ...(one.status ? { status: one.status } : {}),
    ...(one.notes ? { notes: one.notes } : {}),
  }
}

function pathOf(result: Result, host: HostRecord): Partial<ComparedHost> {
  const measured = result.measurements.filter((item) => item.host === host.label)
  const jitter = jitterOf(measured, host)
  const delivery = measured.find(({ id, unit }) => id === 'delivery' && unit === 'ms')
  return {
    ...(host.roundTrip === undefined ? {} : { roundTrip: host.roundTrip }),
    ...(jitter === undefined ? {} : { jitter }),
    ...(delivery ? { delivery: { samples: delivery.samples, censored: delivery.censored } } : {}),
  }
}

function bandsOf(one: Contender, host: HostRecord | undefined, pairing: Pairing | undefined): ComparedHost['bands'] {
  const not = (kind: 'opted-out' | 'unreached') => ({ band: 'not measured' as const, reasons: [{ kind }] })
  const federation = pairing
    ? { federation: federationBand(pairing.complete ? pairing.shares : undefined, one.label, one.result) }
    : {}
  if (one.state !== 'checked' || !one.result || !host) {
    const none = not(one.state === 'opted-out' ? 'opted-out' : 'unreached')
    return { conformance: none, speed: none, ...(pairing ? { federation: none } : {}) }
  }
  return {
    conformance: conformanceBand(one.result, one.label),
    speed: speedBand(one.result, host),
    ...federation,
  }
}

interface Run {
  readonly label: string
  readonly findings: readonly Finding[]
}

function findingsOf(one: Contender | undefined): readonly Finding[] {
  if (one?.state !== 'checked') return []
  return one.result?.findings.filter(({ host }) => host === one.label) ?? []
}

/** Problems first, then where hosts differ, then what they have in common; within these by level and in the order of a run. */
function rowsOf(runs: readonly Run[]): Row[] {
  const byCheck = new Map<string, Map<string, Finding>>()
  for (const { label, findings } of runs) {
    for (const finding of findings) {
      if (finding.withheld !== undefined) continue
      const known = byCheck.get(finding.check) ?? new Map<string, Finding>()
      byCheck.set(finding.check, known.set(label, finding))
    }
  }
  const rows = [...byCheck].flatMap(([check, known]): Row[] => {
    const found = [...known.values()]
    const [first] = found
    if (first === undefined || !found.some(isAsked)) return []
    const cells = runs.map((run) => cellOf(run, known.get(run.label)))
    const { requirement, area, level, title } = first
    return [{ check, requirement, area, level, title, differs: new Set(cells.flatMap(kindOf)).size > 1, cells }]
  })
  return rows
    .map((row, at) => ({ row, at }))
    .sort((a, b) => rank(a.row) - rank(b.row) || a.at - b.at)
    .map(({ row }) => row)
}

const levels = ['must', 'should', 'may'] as const

function rank({ level, differs, cells }: Row): number {
  const problem = cells.some(({ word }) => word === 'PROBLEM')
  const remark = cells.some(({ word }) => word === 'REMARK')
  return (problem ? 0 : 100) + (differs ? 0 : 30) + levels.indexOf(level) * 10 + (remark ? 0 : 1)
}

/** Hosts where it was not tested neither agree nor differ. */
function kindOf({ verdict }: Cell): readonly string[] {
  if (verdict === 'pass' || verdict === 'tolerated') return ['holds']
  return verdict === 'fail' || verdict === 'unsupported' ? [verdict] : []
}

function cellOf({ label, findings }: Run, finding: Finding | undefined): Cell {
  if (finding === undefined) {
    const secret = findings.some(({ withheld }) => withheld !== undefined)
    return { host: label, verdict: secret ? 'withheld' : 'absent', word: 'NOT TESTED' }
  }
  const { verdict, level, reason } = finding
  return {
    host: label,
    verdict,
    word: wordFor(verdict, level),
    ...(reason === undefined ? {} : { reason: firstLine(reason) }),
  }
}

function wordFor(verdict: Finding['verdict'], level: Finding['level']): Cell['word'] {
  if (verdict === 'pass') return 'OK'
  if (verdict === 'fail') return level === 'must' ? 'PROBLEM' : 'REMARK'
  return verdict === 'tolerated' || verdict === 'unsupported' ? 'REMARK' : 'NOT TESTED'
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 400)

const bands = ['A', 'B', 'not met', 'not measured'] as const

/** By name, or by band and then by name: never by a number. */
function inOrder(order: Comparison['order']): (a: ComparedHost, b: ComparedHost) => number {
  const place = ({ bands: { conformance }, status }: ComparedHost): number =>
    order === 'band' ? bands.indexOf(status?.conformance.band ?? conformance.band) : 0
  return (a, b) => place(a) - place(b) || a.label.localeCompare(b.label, 'en')
}
