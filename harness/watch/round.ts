// What a watch records: a round of a host, a full run of checks, and what people were told. One JSON object a line of the journal.
import { z } from 'zod'

/** UTC, ISO 8601. */
const time = z.string()

export const roundOutcomes = ['arrives', 'slow', 'fails', 'not-judged'] as const

export const round = z.object({
  kind: z.literal('round'),
  host: z.string(),
  at: time,
  /** slow: arrived later than the promised second. not-judged: our own network or our own accounts were in the way. */
  outcome: z.enum(roundOutcomes),
  /** Why it is not `arrives`. */
  reason: z.string().optional(),
  /** From submission until the message was fetched, milliseconds; the sessions were open before. */
  delivery: z.number().optional(),
  /** Of IMAP and submission, sorted. */
  addresses: z.array(z.string()),
  /** Where IMAP answered: by which to see later whether our own network is there. */
  place: z.object({ address: z.string(), port: z.number().int() }).optional(),
  /** The earliest end of the certificates shown. */
  certificateEnds: time.optional(),
  /** What the round cost the host. */
  messages: z.number().int(),
  accounts: z.number().int(),
})

export const fullRun = z.object({
  kind: z.literal('full'),
  host: z.string(),
  at: time,
  verdict: z.string(),
  /** Ids of the checks that are problems. */
  problems: z.array(z.string()),
})

/** An event reached those who are to know. `by`: command or chat. */
export const told = z.object({ kind: z.literal('told'), event: z.string(), by: z.string(), at: time })

export const entry = z.discriminatedUnion('kind', [round, fullRun, told])

export type Place = NonNullable<Round['place']>
export type Round = z.infer<typeof round>
export type RoundOutcome = Round['outcome']
export type FullRun = z.infer<typeof fullRun>
export type Entry = z.infer<typeof entry>
