// What a load run adds to the record of a run: how much was asked for, what came of it, and whether that says anything.
import { z } from 'zod'

export const loadVerdict = z.enum(['pass', 'fail', 'invalid', 'interrupted', 'aborted'])

export const loadThreshold = z.looseObject({
  metric: z.string(),
  threshold: z.string(),
  /** no-data: nothing was measured, so it is not passed. */
  verdict: z.enum(['pass', 'fail', 'no-data']),
  value: z.number().optional(),
})

/** Whether the machine that drove the load kept up: a gate that does not hold makes the run invalid. */
export const loadGate = z.looseObject({
  gate: z.string(),
  holds: z.boolean(),
  value: z.number(),
  wanted: z.string(),
  advice: z.string(),
})

export const loadRecord = z.looseObject({
  /** Name of a scenario that is shipped, or of a file. */
  scenario: z.string(),
  verdict: loadVerdict,
  /** Why it ended before its time. */
  stopped: z.string().optional(),
  seconds: z.number(),
  threads: z.number().int(),
  virtualUsers: z.number().int(),
  /** The scenarios of the file with everything filled in, by k6's keys; times in milliseconds. */
  scenarios: z.array(z.looseObject({ name: z.string(), executor: z.string() })),
  thresholds: z.array(loadThreshold),
  validity: z.array(loadGate),
  /** As in k6's summary; trends in milliseconds. */
  metrics: z.record(
    z.string(),
    z.looseObject({
      type: z.enum(['counter', 'gauge', 'rate', 'trend']),
      contains: z.enum(['default', 'time', 'data']),
      values: z.record(z.string(), z.number()),
      thresholds: z.record(z.string(), z.looseObject({ ok: z.boolean() })).optional(),
    }),
  ),
  /** What iterations threw, and how often. */
  errors: z.array(z.looseObject({ message: z.string(), count: z.number().int() })),
  interruptedIterations: z.number().int(),
})

export type LoadRecord = z.infer<typeof loadRecord>
