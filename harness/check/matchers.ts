// Matchers: what a value should be, in words and as a predicate. Pure; used once or in a poll.
import { WireError } from '../host/wire-error.ts'

export interface Matcher<T> {
  /** Completes "wanted …": `code 250`, `exactly these 2 messages`. */
  readonly description: string
  matches(value: T): boolean
  /** What was got, in a few words; a default shows JSON. */
  show?(value: T): string
}
