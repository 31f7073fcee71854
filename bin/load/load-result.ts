// The record of a load run, from what came of it. Used by load.
import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { describeHost } from '../../harness/host/describe-host.ts'
import type { Host } from '../../harness/host/host.ts'
import type { LoadOutcome } from '../../harness/load/run/run.ts'
import type { ServerRecord } from '../../harness/result/load-schema.ts'
import { type HostRecord, type Result, resultFormat } from '../../harness/result/schema.ts'
import { loadExitCodes } from '../exit-codes.ts'

export interface AboutLoad {
  readonly scenario: string
  readonly hosts: readonly Host[]
  readonly reference: boolean
  readonly started: Date
  readonly toolVersion: string
  readonly server?: ServerRecord | undefined
  readonly segment: string | undefined
  readonly options: Readonly<Record<string, unknown>>
}

export function loadResult(outcome: LoadOutcome, about: AboutLoad): Result {
  const { budget, plans, verdict, stopped, marked, ...rest } = outcome
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
    hosts: about.hosts.map((host, at) => hostRecord(outcome, host, at, about.hosts.length)),
    findings: [],
    observations: [],
    measurements: [],
    load: {
      scenario: about.scenario,
      verdict,
      ...(stopped === undefined ? {} : { stopped }),
      ...(marked === undefined ? {} : { marked }),
      seconds: rest.seconds,
      id: randomBytes(8).toString('hex'),
      began: rest.began.toISOString(),
      ...(about.segment === undefined ? {} : { segment: about.segment }),
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
    gate: gateOf(outcome),
  }
}

type Judged = Pick<LoadOutcome, 'verdict'> & {
  readonly stopped?: string | undefined
  readonly marked?: string | undefined
  readonly thresholds: readonly { readonly metric: string; readonly threshold: string; readonly verdict: string }[]
  readonly validity: readonly { readonly gate: string; readonly holds: boolean }[]
}

/** What a verdict of a load run means for the exit code, and why, in words. */
export function gateOf(judged: Judged): Result['gate'] {
  const { verdict } = judged
  return {
    exitCode: exitCodeOf(judged),
    failOn: 'must',
    verdict: gateVerdict[verdict],
    reason: reasonFor(judged),
  }
}

const gateVerdict = {
  pass: 'conforms',
  fail: 'fails',
  invalid: 'undecided',
  interrupted: 'interrupted',
  aborted: 'undecided',
} as const

/** A threshold that does not hold weighs more than the word of the scenario. */
function exitCodeOf({ verdict, marked, stopped, thresholds }: Judged): number {
  const byWord = marked !== undefined && stopped === undefined && thresholds.every((one) => one.verdict === 'pass')
  return loadExitCodes[verdict === 'fail' && byWord ? 'marked' : verdict]
}

function reasonFor({ verdict, stopped, marked, thresholds, validity }: Judged): string {
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
      if (stopped !== undefined) return `stopped: ${stopped}`
      return broken.length > 0 ? `not kept: ${broken.join('; ')}` : `the scenario says so: ${marked}`
    }
  }
}

/** JSON knows no infinity: where a system has no limit, a very large one stands for it. */
function finite<T extends { readonly value: number }>(gate: T): T {
  return Number.isFinite(gate.value) ? { ...gate } : { ...gate, value: Number.MAX_SAFE_INTEGER }
}

function hostRecord({ budget, metrics }: LoadOutcome, host: Host, at: number, of: number): HostRecord {
  const count = (name: string): number => metrics[name]?.values.count ?? 0
  const { accounts = 0, reused = 0 } = budget.servers[at] ?? {}
  const made = at === 0 ? count('account_create_duration') : 0
  // Between two servers the first takes what is sent, and the second shows it.
  const [smtp, imap] = [of === 1 || at === 0, of === 1 || at === 1]
  return {
    ...describeHost(host),
    candidates: [],
    spent: {
      freshAccounts: accounts - reused + made,
      reusedAccounts: reused,
      messages: smtp ? count('messages_sent') : 0,
      connections: (imap ? count('imap_connecting') + made : 0) + (smtp ? count('smtp_connecting') : 0),
    },
    budget: {
      freshAccounts: accounts - reused + (at === 0 ? (budget.signUps ?? made) : 0),
      messages: smtp ? count('messages_due') : 0,
      connections: Math.ceil(budget.connections / of),
    },
  }
}
