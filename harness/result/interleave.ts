// The record of two servers measured in turns: what each stage of a delivery took on either, and which one is slower.
// Its schema is the source of truth.
import { z } from 'zod'
import type { stageNames } from './trace.ts'

export const interleaveFormat = 'chatmail-check/interleave/1'

/** Opening a session for submission, the message, opening one for reading; named as measurements are. */
export const parts = ['submission', 'delivery', 'reading'] as const

export const arms = ['old', 'new', 'control'] as const

/** Milliseconds by stage (`submission.auth`) of one message over new sessions. */
const sample = z.record(z.string(), z.number())

/** One message through each; null where none came. In which order is what the seed says. */
export const round = z.looseObject({
  old: sample.nullable(),
  new: sample.nullable(),
  control: sample.nullable(),
})

export const stageChange = z.looseObject({
  /** `delivery.rcpt`, or `whole`. */
  stage: z.string(),
  /** Medians, milliseconds; the network's share is in them. */
  old: z.number(),
  new: z.number(),
  control: z.number(),
  /** Milliseconds that the new one takes longer, and between which it lies. An end is absent where it is not known. */
  change: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** What would be no slowdown yet, milliseconds. */
  tolerance: z.number(),
  verdict: z.enum(['slower', 'same', 'faster', 'open']),
  /** The reference server against itself, in turns: `unsteady` says that the machine makes differences of its own. */
  machine: z.enum(['steady', 'unsteady']),
})

export const interleave = z.looseObject({
  format: z.literal(interleaveFormat),
  tool: z.looseObject({ name: z.literal('chatmail-check'), version: z.string() }),
  /** UTC, ISO 8601. */
  started: z.string(),
  seconds: z.number(),
  seed: z.number().int(),
  old: z.looseObject({ label: z.string(), roundTrip: z.number().optional() }),
  new: z.looseObject({ label: z.string(), roundTrip: z.number().optional() }),
  rounds: z.array(round),
  stages: z.array(stageChange),
  verdict: z.enum(['slower', 'same', 'undecided', 'interrupted']),
  /** One line: why this verdict. */
  reason: z.string(),
  /** What went wrong: a message that did not come, and on which. */
  troubles: z.array(z.looseObject({ arm: z.enum(arms), text: z.string(), count: z.number().int() })),
})

export type StageId = `${(typeof parts)[number]}.${(typeof stageNames)[number]}`
export type Arm = (typeof arms)[number]
export type Round = z.infer<typeof round>
export type StageChange = z.infer<typeof stageChange>
export type Interleave = z.infer<typeof interleave>
