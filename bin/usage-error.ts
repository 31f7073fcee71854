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

/** `unknown(what, word, known)`: names the nearest known word, or the known words when there are few. */
export function unknown(what: string, word: string, known: readonly string[]): UsageError {
  const close = nearest(word, known)
  const few = known.length <= 8 ? `one of: ${known.join(', ')}` : undefined
  return new UsageError(`unknown ${what} "${word}"`, close === undefined ? few : `did you mean ${close}?`)
}
