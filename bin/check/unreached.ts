// Hosts that could not be checked at all, as part of a result: a run that executed no check is undecided, never fine.
import { availableParallelism } from 'node:os'
import { type HostRecord, type Level, type Result, resultFormat } from '../../harness/result/schema.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Unreached } from './open-target.ts'

interface About {
  readonly seed: number
  readonly profile: string
  readonly failOn: Level
  readonly options: Readonly<Record<string, unknown>>
  readonly toolVersion: string
  readonly interrupted: boolean
  readonly started: Date
}

/** The result of a run in which no host could be reached. */
export function unreachedResult(unreached: readonly Unreached[], about: About): Result {
  const { interrupted, failOn } = about
  return {
    format: resultFormat,
    tool: { name: 'chatmail-check', version: about.toolVersion },
    started: about.started.toISOString(),
    seconds: (Date.now() - about.started.getTime()) / 1_000,
    complete: !interrupted,
    seed: about.seed,
    profile: about.profile,
    options: { ...about.options },
    vantage: { platform: process.platform, arch: process.arch, node: process.version, cpus: availableParallelism() },
    reference: false,
    hosts: unreached.map(hostRecord),
    findings: [],
    observations: [],
    measurements: [],
    gate: interrupted
      ? { exitCode: exitCodes.interrupted, failOn, verdict: 'interrupted', reason: 'interrupted before any check' }
      : { exitCode: exitCodes.undecided, failOn, verdict: 'undecided', reason: reasonOf(unreached) },
  }
}

/** Adds hosts that could not be reached to what the others gave; a passing gate becomes undecided. */
export function withUnreached(result: Result, unreached: readonly Unreached[]): Result {
  if (unreached.length === 0) return result
  const hosts = [...result.hosts, ...unreached.map(hostRecord)]
  if (result.gate.exitCode !== 0) return { ...result, hosts }
  const gate = {
    ...result.gate,
    exitCode: exitCodes.undecided,
    verdict: 'undecided' as const,
    reason: reasonOf(unreached),
  }
  return { ...result, hosts, gate }
}

function reasonOf(unreached: readonly Unreached[]): string {
  return unreached.map(({ error }) => error.message).join('; ')
}

function hostRecord({ text, error, seconds }: Unreached): HostRecord {
  const none = { freshAccounts: 0, messages: 0, connections: 0 }
  return {
    label: text,
    domain: text,
    ...(seconds === undefined ? {} : { seconds }),
    endpoints: [],
    candidates: error.candidates.map(({ endpoint, origin, outcome, detail }) => ({
      service: endpoint.service,
      place: `${endpoint.name}:${endpoint.port}`,
      origin,
      outcome,
      ...(detail === undefined ? {} : { detail }),
    })),
    trust: 'unknown',
    policy: {},
    notes: [error.message],
    spent: { ...none, reusedAccounts: 0 },
    budget: none,
  }
}
