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

/** One stretch of a run: what happened in it. Messages count as due in the stretch in which they were due, however late. */
export const loadPoint = z.looseObject({
  /** Seconds from the start of the run to the end of the stretch. */
  at: z.number(),
  due: z.number().int(),
  sent: z.number().int(),
  received: z.number().int(),
  failed: z.number().int(),
  limited: z.number().int(),
  /** That ended in it. */
  iterations: z.number().int().optional(),
  /** Delivery from due to fetched of what was fetched in the stretch, milliseconds, within one per cent. */
  p50: z.number().optional(),
  p99: z.number().optional(),
  vus: z.number().int(),
  /** Start lag, p99, milliseconds. */
  lag: z.number().optional(),
})

/** What the server's machine said of itself. */
export const serverPoint = z.looseObject({
  /** Seconds from the start of the run. */
  at: z.number(),
  /** Processor seconds used since the first sample, of the processes watched or of the whole machine. */
  cpuSeconds: z.number(),
  /** Octets resident, of the processes watched or in use on the machine. */
  resident: z.number(),
  /** Octets written to disk since the first sample. */
  written: z.number(),
  load1: z.number().optional(),
  celsius: z.number().optional(),
  /** The processor was slowed down then, for want of voltage or for heat. */
  throttled: z.boolean().optional(),
})

/** A small computer, before, during and after a run. */
export const boardRecord = z.looseObject({
  model: z.string(),
  kernel: z.string(),
  governor: z.string(),
  storage: z.string(),
  celsius: z.looseObject({ before: z.number(), highest: z.number(), after: z.number() }).optional(),
  /** Whether the firmware slowed it down; a run in which it did says little of the board. `bits`: all that were seen. */
  throttled: z
    .looseObject({ before: z.boolean(), during: z.boolean(), after: z.boolean(), bits: z.number() })
    .optional(),
})

export const serverRecord = z.looseObject({
  /** What was sampled: `ssh:pi`, `processes 12, 13`, the origin of a URL, `a command`. */
  source: z.string(),
  /** Processors, or what a quota leaves of them. */
  cpus: z.number().optional(),
  /** Trouble of the sampler; it never fails a run. */
  notes: z.array(z.string()).optional(),
  board: boardRecord.optional(),
  points: z.array(serverPoint),
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
  /** What the server said when it did not take a message, without addresses, and how often. */
  refusals: z.array(z.looseObject({ message: z.string(), count: z.number().int() })).optional(),
  interruptedIterations: z.number().int(),
  /** The run over time, at most 600 points, one for each `every` seconds: 1, 2, 4 ... The last one may be shorter. */
  series: z.looseObject({ every: z.number(), points: z.array(loadPoint) }).optional(),
  /** From a sampler beside the server. */
  server: serverRecord.optional(),
})

export type LoadPoint = z.infer<typeof loadPoint>

export type LoadRecord = z.infer<typeof loadRecord>
export type ServerRecord = z.infer<typeof serverRecord>
export type BoardRecord = z.infer<typeof boardRecord>
