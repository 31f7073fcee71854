// The shape of a requirement: the pivot that checks verify, defects violate and reports explain.

/** must: a client or peer breaks, or a security or privacy promise is broken; anything an operator may tune is at most should. */
export type Level = 'must' | 'should' | 'may'

export type Area =
  | 'onboarding'
  | 'encryption'
  | 'sender'
  | 'delivery'
  | 'imap'
  | 'privacy'
  | 'calls'
  | 'deltachat'
  | 'inbound'
  | 'federation'
  | 'retention'
  | 'push'
  | 'limits'
  | 'transport'

export type Basis = 'standard' | 'client-relies' | 'deployed-practice'

export type Impact = 'security' | 'privacy' | 'delivery' | 'speed' | 'interop' | 'ergonomics'

export type ServerPromise = 'convenience' | 'privacy' | 'speed' | 'reliability' | 'security' | 'interop' | 'retention'

/** Which make of server a fix text is for; `any` is the fallback. */
export type Implementation = 'relay' | 'madmail' | 'postfix-dovecot'

/** Where a requirement comes from: an RFC with its section, or a project with the file. */
export interface Source {
  readonly title: string
  readonly url?: string
}

export interface Requirement {
  readonly level: Level
  readonly basis: Basis
  readonly impact: Impact
  readonly promise: ServerPromise
  /** One testable sentence, third person: "Accepts …", "Refuses …". */
  readonly text: string
  /** One or two sentences: why users care. */
  readonly why: string
  readonly sources: readonly [Source, ...Source[]]
  /** Ids of the behaviour list (catalogue/behaviours.ts) that this requirement stands for. */
  readonly covers?: readonly string[]
  /** What an operator does about it: file, setting, DNS line. */
  readonly fix: Readonly<Partial<Record<Implementation | 'any', string>>>
}
