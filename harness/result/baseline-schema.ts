// What a comparison with earlier runs adds to the record of a run: what newly fails or holds, and figures with their effect.
import { z } from 'zod'

export const comparedFigure = z.looseObject({
  host: z.string(),
  /** `delivery p95`, `onboarding.ready p50`; of a load run the metric: `delivery_duration p(99)`. */
  figure: z.string(),
  unit: z.string(),
  /** The middle one of the earlier runs, and this one. */
  before: z.number(),
  now: z.number(),
  /** By how much it is more than before: a share, 0.2 is 20 %; and between which shares it lies, with 95 % confidence. */
  change: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** Earlier runs that have it. */
  runs: z.number().int(),
  verdict: z.enum(['slower', 'faster', 'same']),
  /** Measured again, it was as slow. Absent where it was not measured again. */
  confirmed: z.boolean().optional(),
})

export const baselineRecord = z.looseObject({
  /** Earlier runs that were given, and those of them that compare: same host, same kind of machine, same kind of run, complete. */
  given: z.number().int(),
  comparable: z.number().int(),
  /** Whether a slowdown counts for the exit code. */
  gates: z.boolean(),
  /** Why it does not, or why some runs do not compare. */
  notes: z.array(z.string()),
  newlyFailing: z.array(z.looseObject({ check: z.string(), host: z.string() })),
  newlyHolding: z.array(z.looseObject({ check: z.string(), host: z.string() })),
  figures: z.array(comparedFigure),
})

export type ComparedFigure = z.infer<typeof comparedFigure>
export type BaselineRecord = z.infer<typeof baselineRecord>
