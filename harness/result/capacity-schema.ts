// What a search for the capacity of a server adds to the record of a run: every step, the bracket, what gave way, how many people.
import { z } from 'zod'

export const capacityStep = z.looseObject({
  purpose: z.enum(['climb', 'bisect', 'confirm']),
  /** Messages a second, as ordered. */
  rate: z.number(),
  seconds: z.number(),
  verdict: z.enum(['holds', 'gives-way', 'invalid']),
  /** Of a step that does not hold: which condition was not met, in words. */
  why: z.string().optional(),
  due: z.number().int(),
  sent: z.number().int(),
  received: z.number().int(),
  /** From due to fetched, milliseconds. */
  p50: z.number().optional(),
  p99: z.number().optional(),
  /** Share of messages, 0 to 1. */
  failed: z.number(),
  lost: z.number().int(),
  dropped: z.number().int(),
  limited: z.number().int(),
})

/** What one kind of use was found to carry. */
export const capacityFigure = z.looseObject({
  name: z.enum(['accounts', 'logins', 'idle', 'fan-out', 'throughput']),
  value: z.number(),
  unit: z.string(),
  /** What the figure means and what ended it, in words. */
  note: z.string().optional(),
})

export const capacityRecord = z.looseObject({
  steps: z.array(capacityStep),
  /** Messages a second: the highest rate that held each time, the lowest that did not (absent: none was found). */
  bracket: z.looseObject({ holds: z.number(), givesWay: z.number().optional(), spread: z.number() }),
  gaveWay: z.looseObject({
    what: z.enum(['cpu', 'memory', 'disk', 'limit', 'driver', 'nothing', 'unknown']),
    evidence: z.string(),
  }),
  figures: z.array(capacityFigure),
  people: z.looseObject({
    /** The answer in a sentence. */
    answer: z.string(),
    comfortable: z.number().int(),
    assumptions: z.record(z.string(), z.number()),
    limits: z.array(z.looseObject({ resource: z.string(), people: z.number().int(), why: z.string() })),
  }),
})

export type CapacityRecord = z.infer<typeof capacityRecord>
