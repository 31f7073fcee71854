// The record of a run. JSON is the result; everything else renders it. This schema is the source of truth for its shape.
import { z } from 'zod'
import { baselineRecord } from './baseline-schema.ts'
import { capacityRecord } from './capacity-schema.ts'
import { loadRecord } from './load-schema.ts'

export const resultFormat = 'chatmail-check/result/1'

export const level = z.enum(['must', 'should', 'may'])
export const verdict = z.enum(['pass', 'tolerated', 'fail', 'unsupported', 'inconclusive', 'skipped', 'error'])

/** One line of a conversation, redacted when it was captured. `at` is milliseconds since the connection began. */
export const wireLine = z.looseObject({
  at: z.number(),
  connection: z.number().int(),
  direction: z.enum(['>', '<', '-']),
  text: z.string(),
})

export const expectation = z.looseObject({
  kind: z.enum(['control', 'expectation']),
  what: z.string(),
  wanted: z.string(),
  got: z.string(),
  outcome: z.enum(['met', 'tolerated', 'unmet']),
  /** What would be tolerated instead of what is wanted. */
  alternative: z.string().optional(),
})

export const finding = z.looseObject({
  check: z.string(),
  requirement: z.string(),
  area: z.string(),
  level,
  title: z.string(),
  host: z.string(),
  verdict,
  /** Why it was not tested, as a kind: `profile` and `consent` are the user's choice, the others are not. */
  skipped: z
    .enum([
      'profile',
      'consent',
      'inapplicable',
      'accounts',
      'power',
      'reach',
      'equipment',
      'partner',
      'budget',
      'later',
      'interrupted',
    ])
    .optional(),
  /** What there would have to be for a skipped check to run, where one thing would do: a port to reach, a power, a second host. */
  missing: z
    .enum([
      'imaps',
      'imap',
      'submissions',
      'submission',
      'https',
      'http',
      'smtp',
      'clock',
      'expire',
      'peer',
      'push',
      'partner',
      'time',
    ])
    .optional(),
  /** Why this verdict, one line, for every verdict but pass. */
  reason: z.string().optional(),
  why: z.string().optional(),
  fix: z.string().optional(),
  expectations: z.array(expectation),
  evidence: z.array(wireLine),
  notes: z.array(z.string()),
  /** Milliseconds from the start of the run. */
  started: z.number(),
  duration: z.number(),
  runs: z.number().int(),
  /** Set when a known-failing line covers it. */
  knownFailing: z.looseObject({ reason: z.string(), until: z.string().optional(), expired: z.boolean() }).optional(),
  /** In a public report: the day until which it is not said what this is. */
  withheld: z.string().optional(),
})

/** A fact without a judgement. */
export const observation = z.looseObject({
  id: z.string(),
  host: z.string(),
  title: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  unit: z.string().optional(),
})

/** Raw samples of something measured; `censored` ones never came to an end within the deadline. */
export const measurement = z.looseObject({
  id: z.string(),
  host: z.string(),
  title: z.string(),
  /** The check that measured it. */
  check: z.string().optional(),
  unit: z.string(),
  samples: z.array(z.number()),
  censored: z.number().int(),
})

/** Which make of server it seems to be, by what it says. It chooses which fix is shown first; no verdict depends on it. */
export const implementation = z.looseObject({
  name: z.enum(['relay', 'madmail', 'postfix-dovecot', 'unknown']),
  confidence: z.enum(['likely', 'possible', 'unknown']),
  /** Of a chatmail relay, where that can be told: `1.8-1.9`. */
  versions: z.string().optional(),
  /** `chatmail relay 1.8-1.9` */
  text: z.string(),
  evidence: z.array(z.string()),
})

/** Defects of the reference server that would explain what failed. No verdict depends on it. */
export const explanation = z.looseObject({
  /** One or two; each of them defects that the findings cannot tell apart. */
  causes: z.array(z.looseObject({ alike: z.array(z.looseObject({ defect: z.string(), title: z.string() })) })),
  /** So many of the failing checks would fail because of them. */
  explains: z.number().int(),
  of: z.number().int(),
  /** Checks that hold, and would not. */
  absent: z.number().int(),
})

export const hostRecord = z.looseObject({
  label: z.string(),
  domain: z.string(),
  /** Label of the second host, of checks about mail between two. Their ids end in `@a>b`: from the one to the other. */
  partner: z.string().optional(),
  /** What the checks of this host took. */
  seconds: z.number().optional(),
  endpoints: z.array(
    z.looseObject({
      service: z.string(),
      security: z.string(),
      name: z.string(),
      address: z.string(),
      port: z.number(),
    }),
  ),
  candidates: z.array(
    z.looseObject({
      service: z.string(),
      place: z.string(),
      origin: z.string(),
      outcome: z.string(),
      detail: z.string().optional(),
    }),
  ),
  trust: z.string(),
  policy: z.record(z.string(), z.looseObject({ value: z.number(), from: z.string() })),
  /** Milliseconds of the fastest TCP connect from here. */
  roundTrip: z.number().optional(),
  notes: z.array(z.string()),
  implementation: implementation.optional(),
  /** The nearest first; absent where nothing explains at least half of what failed. */
  diagnosis: z.array(explanation).optional(),
  spent: z.looseObject({
    freshAccounts: z.number(),
    reusedAccounts: z.number(),
    messages: z.number(),
    connections: z.number(),
  }),
  budget: z.looseObject({ freshAccounts: z.number(), messages: z.number(), connections: z.number() }),
})

export const result = z.looseObject({
  format: z.literal(resultFormat),
  tool: z.looseObject({ name: z.literal('chatmail-check'), version: z.string() }),
  /** UTC, ISO 8601. */
  started: z.string(),
  seconds: z.number(),
  /** False when the run was interrupted; what there is is still true. */
  complete: z.boolean(),
  seed: z.number().int(),
  profile: z.string(),
  /** Flags that matter, redacted. */
  options: z.record(z.string(), z.unknown()),
  vantage: z.looseObject({
    platform: z.string(),
    arch: z.string(),
    node: z.string(),
    cpus: z.number(),
    /** What kind of machine this was, so that only figures of the same kind are compared; it names nobody. */
    machine: z.string().optional(),
  }),
  /** Set when the embedded reference server was checked. */
  reference: z.boolean(),
  hosts: z.array(hostRecord),
  findings: z.array(finding),
  observations: z.array(observation),
  measurements: z.array(measurement),
  /** Set when the run was one of load. */
  load: loadRecord.optional(),
  /** Set when the run was compared with earlier ones. */
  baseline: baselineRecord.optional(),
  /** Set when the run was a search for what the server can carry. */
  capacity: capacityRecord.optional(),
  gate: z.looseObject({
    exitCode: z.number().int(),
    failOn: level,
    /** One line: why this exit code. */
    reason: z.string(),
    verdict: z.enum(['conforms', 'fails', 'undecided', 'error', 'interrupted']),
  }),
})

export type Level = z.infer<typeof level>
export type Verdict = z.infer<typeof verdict>
export type WireLine = z.infer<typeof wireLine>
export type Expectation = z.infer<typeof expectation>
export type Finding = z.infer<typeof finding>
export type Observation = z.infer<typeof observation>
export type Measurement = z.infer<typeof measurement>
export type Explanation = z.infer<typeof explanation>
export type HostRecord = z.infer<typeof hostRecord>
export type Result = z.infer<typeof result>
