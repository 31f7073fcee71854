// The command line or a file it names is wrong: exit 2, one line, one hint.
import { nearest } from '../harness/host/nearest.ts'

export class UsageError extends Error {
  /** What to do about it. */
  readonly hint: string | undefined

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UsageError'
    this.hint = hint
  }
}

/** Names the nearest known word, or the known words when they fit a line, or `elsewhere` they are shown. */
export function unknown(what: string, word: string, known: readonly string[], elsewhere?: string): UsageError {
  const close = nearest(word, known)
  const all = `one of: ${known.join(', ')}`
  const few = elsewhere === undefined || all.length <= 90 ? all : elsewhere
  return new UsageError(`unknown ${what} "${word}"`, close === undefined ? few : `did you mean ${close}?`)
}
