// The record of a load run, from what came of it. Used by load.
import { availableParallelism } from 'node:os'
import type { Host } from '../../harness/host/host.ts'
import type { LoadOutcome } from '../../harness/load/run/run.ts'
import type { ServerRecord } from '../../harness/result/load-schema.ts'
import { type HostRecord, type Result, resultFormat } from '../../harness/result/schema.ts'
import { loadExitCodes } from '../exit-codes.ts'

export interface AboutLoad {
  readonly scenario: string
  readonly host: Host
  readonly reference: boolean
  readonly started: Date
  readonly toolVersion: string
  readonly server?: ServerRecord | undefined
  readonly options: Readonly<Record<string, unknown>>
}

export function loadResult(outcome: LoadOutcome, about: AboutLoad): Result {
  const { budget, plans, verdict, stopped, ...rest } = outcome
  return {
    format: resultFormat,
    tool: { name: 'chatmail-check', version: about.toolVersion },
    started: about.started.toISOString(),
    seconds: (Date.now() - about.started.getTime()) / 1_000,
    complete: verdict !== 'interrupted',
    seed: 0,
    profile: `load ${about.scenario}`,
    options: { ...about.options },
    vantage: { platform: process.platform, arch: process.arch, node: process.version, cpus: availableParallelism() },
    reference: about.reference,
    hosts: [hostRecord(outcome, about.host)],
    findings: [],
    observations: [],
    measurements: [],
    load: {
      scenario: about.scenario,
      verdict,
      ...(stopped === undefined ? {} : { stopped }),
      seconds: rest.seconds,
      threads: rest.threads,
      virtualUsers: budget.virtualUsers,
      scenarios: plans.map((plan) => ({ ...plan })),
      thresholds: rest.thresholds.map((threshold) => ({ ...threshold })),
      validity: rest.validity.map((gate) => ({ ...finite(gate) })),
      metrics: structuredClone(rest.metrics) as NonNullable<Result['load']>['metrics'],
      errors: rest.errors.map((error) => ({ ...error })),
      ...(rest.refusals.length === 0 ? {} : { refusals: rest.refusals.map((refusal) => ({ ...refusal })) }),
      interruptedIterations: rest.interruptedIterations,
      ...(about.server === undefined ? {} : { server: about.server }),
      series: { every: rest.series.every, points: rest.series.points.map((point) => ({ ...point })) },
    },
    gate: {
      exitCode: loadExitCodes[verdict],
      failOn: 'must',
      verdict: gateVerdict[verdict],
      reason: reasonFor(outcome),
    },
  }
}

const gateVerdict = {
  pass: 'conforms',
  fail: 'fails',
  invalid: 'undecided',
  interrupted: 'interrupted',
  aborted: 'undecided',
} as const

function reasonFor({ verdict, stopped, thresholds, validity }: LoadOutcome): string {
  switch (verdict) {
    case 'pass':
      return 'every threshold holds'
    case 'interrupted':
      return 'interrupted'
    case 'aborted':
      return stopped ?? 'the scenario ended the run'
    case 'invalid':
      return `says nothing about the server: ${validity
        .filter(({ holds }) => !holds)
        .map(({ gate }) => gate)
        .join(', ')}`
    case 'fail': {
      const broken = thresholds
        .filter((one) => one.verdict !== 'pass')
        .map(({ metric, threshold }) => `${metric} ${threshold}`)
      return stopped === undefined ? `not kept: ${broken.join('; ')}` : `stopped: ${stopped}`
    }
  }
}

/** JSON knows no infinity: where a system has no limit, a very large one stands for it. */
function finite<T extends { readonly value: number }>(gate: T): T {
  return Number.isFinite(gate.value) ? { ...gate } : { ...gate, value: Number.MAX_SAFE_INTEGER }
}

function hostRecord({ budget, metrics }: LoadOutcome, host: Host): HostRecord {
  const count = (name: string): number => metrics[name]?.values.count ?? 0
  const fresh = budget.accounts - budget.reused
  return {
    label: host.label,
    domain: host.domain,
    endpoints: Object.values(host.endpoints).map((endpoint) => ({ ...endpoint })),
    candidates: [],
    trust: host.trust.mode,
    policy: Object.fromEntries(Object.entries(host.policy).map(([key, value]) => [key, { ...value }])),
    notes: [...host.notes],
    spent: {
      freshAccounts: fresh,
      reusedAccounts: budget.reused,
      messages: count('messages_sent'),
      connections: count('imap_connecting') + count('smtp_connecting'),
    },
    budget: { freshAccounts: fresh, messages: count('messages_due'), connections: budget.connections },
  }
}
