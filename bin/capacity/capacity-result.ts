// The record of a search for capacity, from what came of it: what gave way, how many people, the gate. Used by the capacity command.
import { availableParallelism } from 'node:os'
import { whatGaveWay } from '../../harness/capacity/gave-way.ts'
import { type Assumptions, type Figures, howManyPeople, usualPeople } from '../../harness/capacity/people.ts'
import type { Figure } from '../../harness/capacity/probes/types.ts'
import type { CapacityOutcome } from '../../harness/capacity/run-capacity.ts'
import { describeHost } from '../../harness/host/describe-host.ts'
import type { Host } from '../../harness/host/host.ts'
import type { CapacityRecord } from '../../harness/result/capacity-schema.ts'
import type { ServerRecord } from '../../harness/result/load-schema.ts'
import { type Result, resultFormat } from '../../harness/result/schema.ts'
import { exitCodes, loadExitCodes } from '../exit-codes.ts'

export interface AboutCapacity {
  readonly host: Host
  readonly reference: boolean
  readonly sameMachine: boolean
  readonly started: Date
  readonly toolVersion: string
  readonly options: Readonly<Record<string, unknown>>
  readonly people: Partial<Assumptions>
  readonly upload: Figures['upload']
  readonly server: ServerRecord | undefined
}

export function capacityResult(outcome: CapacityOutcome, about: AboutCapacity): Result {
  const { host } = about
  const capacity = capacityRecord(outcome, about)
  const due = outcome.steps.reduce((sum, step) => sum + step.due, 0)
  const { used, made } = outcome.accounts
  const spent = { freshAccounts: made, reusedAccounts: used - made, messages: due, connections: 0 }
  return {
    format: resultFormat,
    tool: { name: 'chatmail-check', version: about.toolVersion },
    started: about.started.toISOString(),
    seconds: (Date.now() - about.started.getTime()) / 1_000,
    complete: outcome.ended !== 'interrupted',
    seed: 0,
    profile: 'capacity',
    options: { ...about.options },
    vantage: { platform: process.platform, arch: process.arch, node: process.version, cpus: availableParallelism() },
    reference: about.reference,
    hosts: [
      {
        ...describeHost(host),
        candidates: [],
        notes: [...host.notes, ...outcome.notes],
        spent,
        budget: spent,
      },
    ],
    findings: [],
    observations: [],
    measurements: [],
    capacity,
    gate: gateOf(outcome, capacity),
  }
}

function capacityRecord(outcome: CapacityOutcome, about: AboutCapacity): CapacityRecord {
  const { steps, bracket, ended, confirmed, idleLatency } = outcome
  const figures = outcome.probed.filter((one): one is Figure => 'value' in one)
  const missing = outcome.probed.flatMap(({ name, missing }) =>
    typeof missing === 'string' ? [{ name, why: missing }] : [],
  )
  const sampled = about.server !== undefined
  return {
    ended,
    confirmed,
    sameMachine: about.sameMachine,
    ...(idleLatency === undefined ? {} : { idleLatency }),
    steps: steps.map(({ server, said, ...step }) => ({
      ...step,
      ...(server === undefined ? {} : { server: { ...server } }),
      ...(said.length === 0 ? {} : { said: said.map((one) => ({ ...one })) }),
    })),
    bracket: {
      holds: bracket.holds,
      ...(bracket.givesWay === undefined ? {} : { givesWay: bracket.givesWay }),
      spread: bracket.spread,
    },
    gaveWay: whatGaveWay(ended === 'accounts' ? 'most' : ended, steps, sampled),
    figures: figures.map((figure) => ({ ...figure })),
    ...(missing.length === 0 ? {} : { missing }),
    ...(about.server === undefined ? {} : { server: about.server }),
    people: howManyPeople(figuresOf(outcome, about, figures), {
      ...usualPeople,
      days: about.host.policy.retentionDays.value,
      ...about.people,
    }),
  }
}

function figuresOf(outcome: CapacityOutcome, about: AboutCapacity, figures: CapacityRecord['figures']): Figures {
  const { steps, bracket, ended } = outcome
  const find = (name: string) => figures.find((figure) => figure.name === name)
  const idle = find('idle')
  const throughput = find('throughput')
  const held = steps.filter(({ verdict, server }) => verdict === 'holds' && server !== undefined)
  const received = held.reduce((sum, step) => sum + step.received, 0)
  const written = held.reduce((sum, { server }) => sum + (server?.written ?? 0), 0)
  const first = about.server?.points[0]
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
  const measured = throughput && {
    value: throughput.value * 1e6,
    said: `${throughput.value.toFixed(1)} MB/s, as it took in`,
  }
  return {
    rate: bracket.holds,
    isLowerBound: ended !== 'found' || bracket.givesWay === undefined || about.sameMachine,
    idleBytes: number(idle?.bytesEach) || undefined,
    memoryAvailable: number(first?.memoryAvailable),
    diskFree: number(first?.diskFree),
    upload: about.upload ?? measured,
    writtenPerMessage: received === 0 ? undefined : written / received,
    onCard: about.server?.board?.storage.includes('SD card') ?? false,
    connections: idle?.note?.startsWith('then') ? idle.value : undefined,
  }
}

function gateOf({ ended, bracket }: CapacityOutcome, { gaveWay }: CapacityRecord): Result['gate'] {
  const failOn = 'must'
  if (ended === 'interrupted') {
    return { failOn, exitCode: exitCodes.interrupted, verdict: 'interrupted', reason: 'interrupted' }
  }
  if (ended === 'driver') {
    return {
      failOn,
      exitCode: loadExitCodes.invalid,
      verdict: 'undecided',
      reason: `the driver gave way first: ${gaveWay.evidence}`,
    }
  }
  if (bracket.holds === 0) {
    return {
      failOn,
      exitCode: exitCodes.undecided,
      verdict: 'undecided',
      reason: `no rate of messages held: ${gaveWay.evidence}`,
    }
  }
  if (ended === 'no-rest') {
    const reason = 'the server did not come to rest after a step'
    return { failOn, exitCode: exitCodes.undecided, verdict: 'undecided', reason }
  }
  if (ended === 'too-many-steps') {
    return {
      failOn,
      exitCode: exitCodes.undecided,
      verdict: 'undecided',
      reason: 'equal runs disagreed too much to come to an end',
    }
  }
  const reason = ended === 'found' ? 'found' : 'a lower bound was found'
  return { failOn, exitCode: exitCodes.ok, verdict: 'conforms', reason }
}
