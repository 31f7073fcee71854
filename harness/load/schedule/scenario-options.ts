// The scenarios of a scenario file, read from its options into plans: k6's keys, defaults and shortcuts. Used by the run.
import { z } from 'zod'
import type { ThresholdOptions } from '../thresholds/thresholds.ts'
import { parseDuration } from './duration.ts'

const duration = z.union([z.string(), z.number()]).transform((given, context) => {
  const ms = parseDuration(given)
  if (ms !== undefined) return ms
  context.addIssue(`"${given}" is no duration, as 30s or 1m30s are`)
  return z.NEVER
})
const lasting = duration.refine((ms) => ms >= 1_000, 'must be a second or longer')
const count = z.number().int().positive()
const stages = z.array(z.strictObject({ duration, target: z.number().int().nonnegative() })).min(1)
const tags = z.record(z.string(), z.string())

const base = {
  startTime: duration.default(0),
  gracefulStop: duration.default(30_000),
  exec: z.string().default('default'),
  env: tags.default({}),
  tags: tags.default({}),
}
const iterating = {
  ...base,
  vus: count.default(1),
  iterations: count.default(1),
  maxDuration: lasting.default(600_000),
}
const arriving = {
  ...base,
  timeUnit: duration.refine((ms) => ms > 0, 'must be longer than 0').default(1_000),
  preAllocatedVUs: z.number().int().nonnegative(),
  maxVUs: z.number().int().positive().optional(),
}

const scenario = z.discriminatedUnion('executor', [
  z.strictObject({ executor: z.literal('shared-iterations'), ...iterating }),
  z.strictObject({ executor: z.literal('per-vu-iterations'), ...iterating }),
  z.strictObject({ executor: z.literal('constant-vus'), ...base, vus: count.default(1), duration: lasting }),
  z.strictObject({
    executor: z.literal('ramping-vus'),
    ...base,
    startVUs: z.number().int().nonnegative().default(1),
    stages,
    gracefulRampDown: duration.default(30_000),
  }),
  z.strictObject({ executor: z.literal('constant-arrival-rate'), ...arriving, rate: count, duration: lasting }),
  z.strictObject({
    executor: z.literal('ramping-arrival-rate'),
    ...arriving,
    startRate: z.number().int().nonnegative().default(0),
    stages,
  }),
])

const options = z.looseObject({
  scenarios: z.record(z.string(), scenario).optional(),
  vus: count.optional(),
  iterations: count.optional(),
  duration: lasting.optional(),
  stages: stages.optional(),
  thresholds: z
    .record(
      z.string(),
      z.array(
        z.union([
          z.string(),
          z.strictObject({
            threshold: z.string(),
            abortOnFail: z.boolean().optional(),
            delayAbortEval: z.union([z.string(), z.number()]).optional(),
          }),
        ]),
      ),
    )
    .default({}),
  tags: tags.default({}),
  setupTimeout: duration.default(60_000),
  teardownTimeout: duration.default(60_000),
})

type Executor = z.infer<typeof scenario>['executor']

/** One scenario: times in milliseconds, every default filled in. */
export type Plan = z.infer<typeof scenario> & { readonly name: string }

export type PlanOf<E extends Executor> = Extract<Plan, { readonly executor: E }>

export type ArrivalPlan = PlanOf<'constant-arrival-rate'> | PlanOf<'ramping-arrival-rate'>

export interface RunOptions {
  readonly plans: readonly Plan[]
  readonly thresholds: ThresholdOptions
  readonly tags: Readonly<Record<string, string>>
  readonly setupTimeout: number
  readonly teardownTimeout: number
}

/** Options that cannot be read; the message names the key. */
export class OptionsError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OptionsError'
  }
}

/** Throws OptionsError. Keys of k6 that have no meaning here (HTTP, browser, cloud) are left alone. */
export function readOptions(given: unknown): RunOptions {
  const read = options.safeParse(given ?? {})
  if (!read.success) {
    const [issue] = read.error.issues
    throw new OptionsError(`options.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`)
  }
  const { scenarios, vus, iterations, duration, stages, thresholds, tags, setupTimeout, teardownTimeout } = read.data
  const shortcut = scenarioOf({ vus, iterations, duration, stages })
  if (scenarios !== undefined && shortcut !== undefined) {
    throw new OptionsError('options: use either scenarios or vus, iterations, duration and stages')
  }
  const plans = Object.entries(scenarios ?? { default: shortcut ?? onlyOnce }).map(([name, plan]) => ({
    ...plan,
    name,
  }))
  for (const plan of plans) validate(plan)
  return { plans, thresholds: thresholds as ThresholdOptions, tags, setupTimeout, teardownTimeout }
}

const onlyOnce = scenario.parse({ executor: 'shared-iterations' })

type Shortcut = Pick<z.infer<typeof options>, 'vus' | 'iterations' | 'duration' | 'stages'>

/** k6's shortcuts: what the options of one scenario without a name mean. */
function scenarioOf({ vus, iterations, duration, stages }: Shortcut): z.infer<typeof scenario> | undefined {
  if (stages !== undefined) return scenario.parse({ executor: 'ramping-vus', startVUs: vus ?? 1, stages })
  if (iterations !== undefined) {
    const most = duration === undefined ? {} : { maxDuration: duration }
    return scenario.parse({ executor: 'shared-iterations', vus, iterations, ...most })
  }
  if (duration !== undefined) return scenario.parse({ executor: 'constant-vus', vus, duration })
  return vus === undefined ? undefined : scenario.parse({ executor: 'shared-iterations', vus, iterations: vus })
}

function validate(plan: Plan): void {
  const where = `options.scenarios.${plan.name}`
  if (!/^[A-Za-z0-9_-]+$/.test(plan.name)) throw new OptionsError(`${where}: a name has letters, digits, - and _ only`)
  if (plan.executor === 'shared-iterations' && plan.iterations < plan.vus) {
    throw new OptionsError(`${where}: iterations must not be fewer than vus`)
  }
  if ('maxVUs' in plan && plan.maxVUs !== undefined && plan.maxVUs < plan.preAllocatedVUs) {
    throw new OptionsError(`${where}: maxVUs must not be less than preAllocatedVUs`)
  }
  if (mostVus(plan) === 0) throw new OptionsError(`${where}: no virtual user would ever run`)
}

/** The most virtual users that the scenario can have at once. */
export function mostVus(plan: Plan): number {
  if ('preAllocatedVUs' in plan) return plan.maxVUs ?? plan.preAllocatedVUs
  if ('stages' in plan) return Math.max(plan.startVUs, ...plan.stages.map(({ target }) => target))
  return plan.vus
}

/** Milliseconds from its start until no new iteration begins, at most. */
export function lengthOfPlan(plan: Plan): number {
  if ('stages' in plan) return plan.stages.reduce((sum, stage) => sum + stage.duration, 0)
  return 'duration' in plan ? plan.duration : plan.maxDuration
}
