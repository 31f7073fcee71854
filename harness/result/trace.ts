// The record of a trace: messages one after another, stage by stage, and what is slow. Its schema is the source of truth.
import { z } from 'zod'

export const traceFormat = 'chatmail-check/trace/1'

/** In the order in which they happen: setting up a session, then the message. */
export const stageNames = [
  'tcp',
  'tls',
  'greeting',
  'ehlo',
  'auth',
  'mail',
  'rcpt',
  'data',
  'body',
  'notify',
  'fetch',
] as const

/** Milliseconds since the trace began. */
export const traceStage = z.looseObject({ name: z.enum(stageNames), started: z.number(), ended: z.number() })

/** What the server's log says of one message. Durations only: the server has a clock of its own. */
export const logEntry = z.looseObject({
  /** `postfix`: a delivery with its delays; `dovecot`: the message was stored. */
  source: z.enum(['postfix', 'dovecot']),
  /** Who says it: `postfix/lmtp`, `dovecot: lmtp`. */
  program: z.string(),
  /** Where it went, or what was done with it. */
  text: z.string(),
  /** Postfix, ms: before the queue manager, in it, setting up the connection, transmission. */
  delays: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  /** Milliseconds on the server's clock since its first line about the message, where its time stamps are that precise. */
  after: z.number().optional(),
})

export const tracedMessage = z.looseObject({
  number: z.number().int(),
  /** cold: over new connections; warm: over those of before; rested: the reader has idled for half a minute. */
  kind: z.enum(['cold', 'warm', 'rested']),
  messageId: z.string(),
  outcome: z.enum(['arrived', 'late', 'refused', 'broken']),
  /** The reply that refused it, or why the connection broke. */
  reason: z.string().optional(),
  /** The sender's session where it was new, then the message up to the stage it came to. */
  stages: z.array(traceStage),
  /** The reader's session where it was new. */
  reader: z.array(traceStage),
  /** Milliseconds waited because the server asked us to slow down. In no stage. */
  waited: z.number(),
  log: z.array(logEntry),
})

export const advice = z.looseObject({
  id: z.string(),
  stage: z.enum(stageNames).optional(),
  text: z.string(),
  /** By implementation; `any` where it is not known. */
  fix: z.record(z.string(), z.string()),
})

export const diagnosis = z.looseObject({
  /** The stage that takes most of the time, without the network; absent when nothing was measured. */
  slowest: z
    .looseObject({
      stage: z.enum(stageNames),
      side: z.enum(['sender', 'reader']),
      /** Milliseconds, the network taken out: the middle one, and the longest. */
      median: z.number(),
      longest: z.number(),
      /** It takes so long that people feel it. */
      slow: z.boolean(),
    })
    .optional(),
  advice: z.array(advice),
})

const traceEnd = z.looseObject({
  label: z.string(),
  address: z.string(),
  /** Milliseconds of the network alone, there and back: the fastest TCP connect. */
  roundTrip: z.number().optional(),
})

export const trace = z.looseObject({
  format: z.literal(traceFormat),
  tool: z.looseObject({ name: z.literal('chatmail-check'), version: z.string() }),
  /** UTC, ISO 8601. */
  started: z.string(),
  /** False when it was stopped before all messages were sent. */
  complete: z.boolean(),
  /** Set when the embedded reference server was traced. */
  reference: z.boolean(),
  from: traceEnd,
  to: traceEnd,
  messages: z.array(tracedMessage),
  diagnosis,
  /** What went wrong beside the messages: trouble with the server's log. */
  notes: z.array(z.string()),
})

export type StageName = (typeof stageNames)[number]
export type LogEntry = z.infer<typeof logEntry>
export type TracedMessage = z.infer<typeof tracedMessage>
export type Advice = z.infer<typeof advice>
export type Diagnosis = z.infer<typeof diagnosis>
export type Trace = z.infer<typeof trace>
