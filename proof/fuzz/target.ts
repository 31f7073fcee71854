// What is fuzzed: something that reads octets of a server, with good examples to start from. Used by all of proof/fuzz.

export interface Target {
  readonly name: string
  /** Good inputs, which are mutated; texts as UTF-8. */
  readonly seeds: readonly (string | Uint8Array)[]
  /** Words that mean something to this reader. */
  readonly words: readonly string[]
  /** What it may throw: its own way to say no. Anything else is a crash. */
  readonly says: readonly (new (
    ...args: never[]
  ) => Error)[]
  /** Waits for sockets, so that its time says nothing. */
  readonly waits?: boolean
  /** Of a hundred rounds; 100 when absent. Slow ones come less often. */
  readonly share?: number
  read(input: Uint8Array): unknown
}

export interface Targets extends AsyncDisposable {
  readonly targets: readonly Target[]
}

/** Something found. `input` is the octets in base64. */
export interface Found {
  readonly target: string
  readonly kind: 'crash' | 'hang' | 'slow' | 'memory'
  readonly text: string
  readonly input: string
}
