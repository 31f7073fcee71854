// What the command line changes in the scenarios of a file: fields that are there, never the shape. Used by the run.
import { parseDuration } from '../schedule/duration.ts'
import { OptionsError, type Plan } from '../schedule/scenario-options.ts'
import type { ThresholdOptions } from '../thresholds/thresholds.ts'

export interface LoadFlags {
  readonly vus?: number
  /** `30s` */
  readonly duration?: string
  readonly rate?: number
  /** `30s:20`, one after the other. */
  readonly stages?: readonly string[]
  /** `delivery_duration:p(95)<500` */
  readonly thresholds?: readonly string[]
}

/** Throws OptionsError for a flag that no scenario has a place for. */
export function applyFlags(plans: readonly Plan[], flags: LoadFlags): readonly Plan[] {
  const used = new Set<string>()
  const changed = plans.map((plan) => {
    let now: Plan = plan
    const change = (flag: string, fields: object) => {
      used.add(flag)
      now = { ...now, ...fields } as Plan
    }
    if (flags.rate !== undefined && now.executor === 'constant-arrival-rate') {
      change('--rate', { rate: flags.rate, ...moreVus(now, flags.rate / now.rate) })
    }
    if (flags.vus !== undefined) {
      if ('preAllocatedVUs' in now) change('--vus', { preAllocatedVUs: flags.vus, maxVUs: flags.vus })
      else if ('vus' in now) {
        const least = now.executor === 'shared-iterations' ? { iterations: Math.max(now.iterations, flags.vus) } : {}
        change('--vus', { vus: flags.vus, ...least })
      }
    }
    if (flags.duration !== undefined) {
      const duration = lasting(flags.duration)
      if ('duration' in now) change('--duration', { duration })
      else if ('maxDuration' in now) change('--duration', { maxDuration: duration })
    }
    if (flags.stages !== undefined && 'stages' in now) change('--stage', { stages: flags.stages.map(readStage) })
    return now
  })
  const given = { '--rate': flags.rate, '--vus': flags.vus, '--duration': flags.duration, '--stage': flags.stages }
  for (const [flag, value] of Object.entries(given)) {
    if (value === undefined || used.has(flag)) continue
    const executors = [...new Set(plans.map(({ executor }) => executor))].join(', ')
    throw new OptionsError(`${flag} has no place in this scenario, which is ${executors}`)
  }
  return changed
}

/** As many more virtual users as the rate is higher: they live as long as before. */
function moreVus(plan: Extract<Plan, { executor: 'constant-arrival-rate' }>, factor: number): object {
  const scaled = (count: number) => Math.max(1, Math.ceil(count * factor))
  return {
    preAllocatedVUs: scaled(plan.preAllocatedVUs),
    ...(plan.maxVUs === undefined ? {} : { maxVUs: scaled(plan.maxVUs) }),
  }
}

function lasting(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms >= 1_000) return ms
  throw new OptionsError(`--duration: wanted a second or longer, as in 30s or 5m, got "${text}"`)
}

function readStage(text: string): { duration: number; target: number } {
  const match = /^([^:]+):(\d+)$/.exec(text)
  const duration = parseDuration(match?.[1] ?? '')
  if (match !== null && duration !== undefined) return { duration, target: Number(match[2]) }
  throw new OptionsError(`--stage: wanted TIME:TARGET, as in 30s:20, got "${text}"`)
}

/** Those of a flag stand instead of all that the file or the defaults have on the same metric. */
export function thresholdsOfFlags(flags: LoadFlags): ThresholdOptions {
  const read: Record<string, string[]> = {}
  for (const text of flags.thresholds ?? []) {
    const match = /^([^:{]+(?:\{[^}]*\})?):(.+)$/.exec(text)
    if (match === null) {
      throw new OptionsError(`--threshold: wanted METRIC:CONDITION, as in delivery_duration:p(95)<500, got "${text}"`)
    }
    const [, metric = '', condition = ''] = match
    read[metric] = [...(read[metric] ?? []), condition]
  }
  return read
}
