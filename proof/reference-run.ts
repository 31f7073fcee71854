// One run of the checks on a reference server that has been told how to behave. Every part of the proof starts here.
import { requirements } from '../catalogue/index.ts'
import { runChecks } from '../harness/check/run.ts'
import type { Cost, Suite } from '../harness/check/types.ts'
import { findCore } from '../harness/deltachat/binary.ts'
import type { Host } from '../harness/host/host.ts'
import { openPushReceiver } from '../harness/peer/push-receiver.ts'
import type { Result } from '../harness/result/schema.ts'
import { type Behaviour, conforming, type DeepPartial } from '../reference-server/behaviour/index.ts'
import type { DefectId } from '../reference-server/defects/index.ts'
import { startReference } from '../reference-server/index.ts'
import { likePreset, type PresetId } from '../reference-server/presets/index.ts'
import { suites as allSuites } from '../suites/index.ts'

/** Waits for hundreds of runs in which something never comes: long for this machine, short for a person. */
export const hastyTiming: Host['timing'] = { connect: 2_000, reply: 2_000, arrival: 1_500, check: 20_000, backoff: 100 }

export interface ReferenceRun {
  /** Instead of the reference server's own. */
  readonly timing?: Host['timing']
  readonly variant?: number
  readonly like?: PresetId
  /** `chat.test` when absent; Delta Chat takes every QR form only from one that begins with `_`. */
  readonly domain?: string
  /** With Delta Chat core, where it is installed; its checks are skipped without. */
  readonly core?: boolean
  /** With a second server on the same network, a good one, for checks of mail between two. */
  readonly partner?: boolean
  readonly defects?: readonly DefectId[]
  /** Laid over the conforming behaviour, as a variation is. */
  readonly behaviour?: DeepPartial<Behaviour>
  /** Refills senders' allowances at once, so that runs do not wait for them. */
  readonly brisk?: boolean
  readonly suites?: readonly Suite[]
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly costs?: readonly Cost[]
  readonly seed?: number
  readonly jobs?: number
  /** For each check instead of its own, ms. */
  readonly deadline?: number
  readonly evidence?: 'failures' | 'all' | 'none'
  /** Puts something between the checks and the server. */
  readonly between?: (host: Host) => Promise<{ host: Host } & AsyncDisposable>
}

/** How the area deltachat is run: on a host whose certificates the core believes, with another one to write to. */
export const withDeltaChat = {
  core: true,
  partner: true,
  domain: '_chat.test',
  // The core looks the name of the call relay up in the system's DNS, which knows no `.test`.
  behaviour: { calls: { turnHost: '127.0.0.1' } },
} as const

const partnerDomain = '_partner.test'

function refilled(behaviour: DeepPartial<Behaviour> = {}): DeepPartial<Behaviour> {
  return { ...behaviour, limits: { perMinute: 6_000, ...behaviour.limits } }
}

/** A preset that knows no allowance needs none refilled. */
function limitsSenders(like: PresetId | undefined): boolean {
  return like === undefined || likePreset(conforming(0), like).limits.perMinute > 0
}

export async function runOnReference(options: ReferenceRun): Promise<Result> {
  await using receiver = await openPushReceiver()
  await using reference = await startReference({
    push: { url: receiver.url },
    ...(options.variant === undefined ? {} : { variant: options.variant }),
    ...(options.like === undefined ? {} : { like: options.like }),
    ...(options.domain === undefined ? {} : { domains: [options.domain] }),
    ...(options.defects ? { defects: options.defects } : {}),
    overrides: options.brisk && limitsSenders(options.like) ? refilled(options.behaviour) : { ...options.behaviour },
  })
  await using partner = options.partner
    ? await startReference({
        domains: [partnerDomain],
        network: reference.network,
        overrides: options.brisk ? refilled() : {},
      })
    : undefined
  const plain = reference.host()
  const powers = { ...plain.powers, push: receiver.power }
  const direct = { ...plain, powers, ...(options.timing ? { timing: options.timing } : {}) }
  await using between = options.between
    ? await options.between(direct)
    : { host: direct, [Symbol.asyncDispose]: async () => {} }
  return await runChecks({
    hosts: [between.host],
    suites: options.suites ?? allSuites,
    catalogue: requirements,
    partner: partner && { ...partner.host(), label: '@partner', ...(options.timing ? { timing: options.timing } : {}) },
    core: options.core ? await findCore(process.env, process.cwd()) : undefined,
    selection: {
      profile: 'full',
      only: options.only ?? [],
      skip: options.skip ?? [],
      costs: options.costs ?? [],
      iOperate: true,
      jobs: options.jobs ?? 4,
    },
    seed: options.seed ?? 1,
    ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
    failOn: 'must',
    requireComplete: false,
    knownFailing: [],
    evidence: options.evidence ?? 'failures',
    interrupt: new AbortController().signal,
    toolVersion: '0.0.0',
    reference: true,
    options: {},
  })
}
