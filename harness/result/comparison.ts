// The record of a comparison of hosts: bands, rows of checks, mail between the hosts. Its schema is the source of truth.
import { z } from 'zod'
import { level, verdict } from './schema.ts'

export const comparisonFormat = 'chatmail-check/comparison/1'

/** No order within a band: hosts in one cannot be told apart by what was measured. */
export const bandName = z.enum(['A', 'B', 'not met', 'not measured'])

const interval = z.looseObject({ low: z.number(), high: z.number() })

/** Why a band is what it is: a kind, with the numbers and names that belong to it. */
const bandReason = z.looseObject({
  kind: z.enum([
    'opted-out',
    'unreached',
    'stopped',
    'chosen',
    'quick',
    'untested',
    'undecided',
    'fails',
    'should',
    'holds',
    'beyond',
    'few',
    'jitter',
    'tie',
    'slow',
    'fast',
    'slower',
    'level',
    'pairs',
  ]),
  /** How many points, or samples. */
  n: z.number().optional(),
  of: z.number().optional(),
  /** Check ids; a withheld one is none. */
  checks: z.array(z.string()).optional(),
  withheld: z.number().optional(),
  /** What would be needed, as in the finding. */
  missing: z.array(z.string()).optional(),
  /** Milliseconds. */
  ms: z.number().optional(),
  interval: interval.optional(),
  limit: z.number().optional(),
  jitter: z.number().optional(),
  /** Said by us or by the host, for people. */
  text: z.string().optional(),
})

export const band = z.looseObject({
  band: bandName,
  /** A tie: the noise does not allow to tell it from the next band, and the better one counts. */
  tie: z.boolean().optional(),
  reasons: z.array(bandReason),
})

/** A band as it is published: what several runs agree on. */
const status = z.looseObject({
  band: bandName,
  /** UTC, ISO 8601: the run that brought it. */
  since: z.string(),
  /** No second run, a day apart, has confirmed it yet. */
  provisional: z.boolean(),
  /** What the last run says where that is something else. */
  pending: bandName.optional(),
  /** Runs looked at. */
  runs: z.number().int(),
})

export const comparedHost = z.looseObject({
  label: z.string(),
  domain: z.string(),
  state: z.enum(['checked', 'unreached', 'opted-out']),
  /** Why it was not checked. */
  reason: z.string().optional(),
  /** UTC, ISO 8601: of its run. */
  started: z.string().optional(),
  profile: z.string().optional(),
  complete: z.boolean().optional(),
  /** Of chatmail-check when it ran. */
  tool: z.string().optional(),
  reference: z.boolean(),
  /** The make of server that it seems to be: `chatmail relay 1.8-1.9`. */
  version: z.string().optional(),
  required: z.looseObject({ held: z.number().int(), all: z.number().int() }),
  further: z.looseObject({ held: z.number().int(), all: z.number().int() }),
  /** Failing points with security impact that are not named yet, and the day until which. */
  withheld: z.looseObject({ n: z.number().int(), until: z.string() }).optional(),
  /** Milliseconds of the fastest TCP connect from here, and how far connects lay apart. */
  roundTrip: z.number().optional(),
  jitter: z.number().optional(),
  /** Delivery on the host itself, milliseconds, the network taken out. */
  delivery: z.looseObject({ samples: z.array(z.number()), censored: z.number().int() }).optional(),
  bands: z.looseObject({ conformance: band, speed: band, federation: band.optional() }),
  status: z.looseObject({ conformance: status, speed: status }).optional(),
  notes: z.looseObject({ maintenance: z.string().optional(), reply: z.string().optional() }).optional(),
})

export const cell = z.looseObject({
  host: z.string(),
  /** `withheld`: a point with security impact of a host that has a hole; `absent`: not in its record. */
  verdict: z.union([verdict, z.enum(['withheld', 'absent'])]),
  /** In the words of the reports. */
  word: z.enum(['OK', 'PROBLEM', 'REMARK', 'NOT TESTED']),
  reason: z.string().optional(),
})

export const row = z.looseObject({
  check: z.string(),
  requirement: z.string(),
  area: z.string(),
  level,
  title: z.string(),
  /** Hosts that were tested do not agree. */
  differs: z.boolean(),
  /** One a host, in the order of `hosts`. */
  cells: z.array(cell),
})

/** One ordered pair of hosts: messages from an account of the one to an account of the other. */
export const pair = z.looseObject({
  from: z.string(),
  to: z.string(),
  /** Milliseconds from MAIL until fetched, our own round trips taken out. */
  samples: z.array(z.number()),
  /** Accepted, and not there within the time waited. */
  lost: z.number().int(),
  /** Why there are fewer than asked for. */
  reason: z.string().optional(),
})

export const share = z.looseObject({
  host: z.string(),
  /** Milliseconds above (or below) the mean of the hosts. */
  ms: z.number(),
  interval,
})

export const pairing = z.looseObject({
  kind: z.enum(['sparse', 'full']),
  seed: z.number().int(),
  /** Messages a pair. */
  each: z.number().int(),
  /** How long one was waited for, milliseconds. */
  patience: z.number(),
  complete: z.boolean(),
  pairs: z.array(pair),
  /** Absent where the pairs do not tell them apart; `apart` says why. */
  shares: z
    .looseObject({
      /** Milliseconds: the mean over hosts that a message takes. */
      typical: z.number(),
      outbound: z.array(share),
      inbound: z.array(share),
      /** What is left of each pair, milliseconds. */
      residues: z.array(z.looseObject({ from: z.string(), to: z.string(), ms: z.number() })),
      /** Spread of what is left: 1.48 times the median of its sizes. */
      noise: z.number(),
    })
    .optional(),
  apart: z.string().optional(),
})

export const change = z.looseObject({
  at: z.string(),
  host: z.string(),
  subject: z.enum(['conformance', 'speed']),
  from: bandName,
  to: bandName,
  reasons: z.array(bandReason),
})

export const comparison = z.looseObject({
  format: z.literal(comparisonFormat),
  tool: z.looseObject({ name: z.literal('chatmail-check'), version: z.string() }),
  /** UTC, ISO 8601. */
  made: z.string(),
  profile: z.string().optional(),
  /** False when it was stopped. */
  complete: z.boolean(),
  order: z.enum(['name', 'band']),
  hosts: z.array(comparedHost),
  rows: z.array(row),
  pairing: pairing.optional(),
  /** Flips of the published bands, the newest first. */
  changes: z.array(change),
})

export type BandName = z.infer<typeof bandName>
export type Band = z.infer<typeof band>
export type BandReason = z.infer<typeof bandReason>
export type Status = z.infer<typeof status>
export type ComparedHost = z.infer<typeof comparedHost>
export type Cell = z.infer<typeof cell>
export type Row = z.infer<typeof row>
export type Pair = z.infer<typeof pair>
export type Share = z.infer<typeof share>
export type Pairing = z.infer<typeof pairing>
export type Change = z.infer<typeof change>
export type Comparison = z.infer<typeof comparison>
