// Records what a check controls and expects. One for a check, one for each member of a batch.
import type { Expectation } from '../result/schema.ts'
import { type Matcher, show } from './matchers.ts'
import { ControlUnmet, Undecided, Unsupported } from './signals.ts'
import type { Left, Recorder } from './types.ts'

export class ExpectationRecorder implements Recorder {
  readonly expectations: Expectation[] = []
  readonly notes: string[] = []
  left: Left | undefined
  observed: { value: string | number | boolean | null; unit?: string } | undefined

  control<T>(what: string, got: T, wanted: Matcher<T>, options: { coveredBy?: string } = {}): void {
    const met = wanted.matches(got)
    this.#record('control', what, got, wanted, met ? 'met' : 'unmet')
    if (!met) throw new ControlUnmet(what, describe(got, wanted), options.coveredBy)
  }

  expect<T>(what: string, got: T, wanted: Matcher<T>, options: { tolerate?: Matcher<T> } = {}): void {
    const outcome = wanted.matches(got) ? 'met' : options.tolerate?.matches(got) ? 'tolerated' : 'unmet'
    this.#record('expectation', what, got, wanted, outcome, options.tolerate?.description)
  }

  observe(value: string | number | boolean | null, unit?: string): void {
    this.observed = unit === undefined ? { value } : { value, unit }
  }

  leave(how: Left['how'], reason: string): void {
    this.left = { how, reason }
  }

  note(text: string): void {
    this.notes.push(text)
  }

  unsupported(reason: string): never {
    throw new Unsupported(reason)
  }

  inconclusive(reason: string): never {
    throw new Undecided(reason)
  }

  #record<T>(
    kind: Expectation['kind'],
    what: string,
    got: T,
    wanted: Matcher<T>,
    outcome: Expectation['outcome'],
    alternative?: string,
  ): void {
    const item: Expectation = { kind, what, wanted: wanted.description, got: describe(got, wanted), outcome }
    this.expectations.push(alternative === undefined ? item : { ...item, alternative })
  }
}

function describe<T>(got: T, wanted: Matcher<T>): string {
  return wanted.show ? wanted.show(got) : show(got)
}
