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
  /** Where the value is from, when that is not always the same. */
  evidence: z.string().optional(),
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
  throttled: z.boolean().optional(),
})

export const loadRecord = z.looseObject({
  /** Name of a scenario that is shipped, or of a file. */
  scenario: z.string(),
  verdict: loadVerdict,
  /** Why the scenario says that the run has failed. */
  marked: z.string().optional(),
  /** Why it ended before its time. */
  stopped: z.string().optional(),
  seconds: z.number(),
  /** Of this run alone, so that none is merged twice. */
  id: z.string().optional(),
  /** When the load began, by the clock of this machine (ISO 8601). */
  began: z.string().optional(),
  /** The share of a run that this machine had, as k6 writes it: `0:1/2`. Absent for all of it. */
  segment: z.string().optional(),
  /** The runs that were merged into this one. */
  merged: z
    .array(
      z.looseObject({
        id: z.string(),
        began: z.string(),
        seconds: z.number(),
        segment: z.string().optional(),
        verdict: loadVerdict,
      }),
    )
    .optional(),
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
      /** Of a trend: its samples to three significant digits, with how many there are; the least and the greatest exactly. */
      histogram: z.array(z.tuple([z.number(), z.number().int()])).optional(),
      thresholds: z.record(z.string(), z.looseObject({ ok: z.boolean() })).optional(),
    }),
  ),
  /** What iterations threw, and how often. */
  errors: z.array(z.looseObject({ message: z.string(), count: z.number().int() })),
  interruptedIterations: z.number().int(),
  /** The run over time, at most 600 points, one for each `every` seconds: 1, 2, 4 ... The last one may be shorter. */
  series: z.looseObject({ every: z.number(), points: z.array(loadPoint) }).optional(),
  /** From a sampler beside the server. */
  server: z
    .looseObject({ source: z.string(), cpus: z.number().int().optional(), points: z.array(serverPoint) })
    .optional(),
})

export type LoadPoint = z.infer<typeof loadPoint>

export type LoadRecord = z.infer<typeof loadRecord>
