// What a search for the capacity of a server adds to the record of a run: every step, the bracket, what gave way, how many people.
import { z } from 'zod'
import { serverRecord } from './load-schema.ts'

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
  /** Seconds of messages that were on their way at once, at most. */
  backlog: z.number().optional(),
  /** Seconds since the search began. */
  at: z.number().optional(),
  /** Share of the processors of the machine that drove it, 0 to 1. */
  driverCpu: z.number().optional(),
  /** What the server's machine used, where it was sampled: shares of processors and of time, 0 to 1; octets. */
  server: z
    .looseObject({
      cpu: z.number(),
      cpuSeconds: z.number(),
      resident: z.number(),
      written: z.number(),
      memoryLeft: z.number().optional(),
      diskBusy: z.number().optional(),
      ioWait: z.number().optional(),
      diskStalled: z.number().optional(),
      heldBack: z.number().optional(),
      throttled: z.boolean().optional(),
    })
    .optional(),
  /** What the server said when it took no message or session. */
  said: z.array(z.looseObject({ message: z.string(), count: z.number().int() })).optional(),
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
  /**
   * Why the search ended: the ends were found; the highest rate to be tried; no more accounts; this machine; too many steps; a server
   * that did not come to rest; ^C. */
  ended: z.enum(['found', 'most', 'accounts', 'driver', 'too-many-steps', 'no-rest', 'interrupted']),
  /** The rate that held did so again as often as was asked for. */
  confirmed: z.boolean(),
  /** The server is on the machine that drove it: its figures are lower bounds. */
  sameMachine: z.boolean(),
  /** Of a message on the server at rest, milliseconds. */
  idleLatency: z.number().optional(),
  steps: z.array(capacityStep),
  /** Messages a second: the highest rate that held each time, the lowest that did not (absent: none was found). */
  bracket: z.looseObject({ holds: z.number(), givesWay: z.number().optional(), spread: z.number() }),
  gaveWay: z.looseObject({
    what: z.enum(['cpu', 'memory', 'disk', 'limit', 'driver', 'nothing', 'unknown']),
    evidence: z.string(),
  }),
  figures: z.array(capacityFigure),
  /** Figures that could not be had, and why. */
  missing: z.array(z.looseObject({ name: z.string(), why: z.string() })).optional(),
  /** What the server's machine said of itself, `at` in seconds since the search began. */
  server: serverRecord.optional(),
  people: z.looseObject({
    /** The answer in a sentence. */
    answer: z.string(),
    comfortable: z.number().int(),
    assumptions: z.record(z.string(), z.number()),
    limits: z.array(z.looseObject({ resource: z.string(), people: z.number().int(), why: z.string() })),
  }),
})

export type CapacityRecord = z.infer<typeof capacityRecord>
