// Matchers for what IMAP answers, beside those of harness/check. Used by the IMAP checks.
import { type Matcher, satisfies } from '../../harness/check/matchers.ts'

/** What `converse` gives for a refusal: NO, BAD, BYE, or a connection that ended. */
export const refusal: Matcher<string> = satisfies('NO, BAD, BYE or a closed connection', (value) =>
  ['NO', 'BAD', 'BYE', 'closed', 'reset'].includes(value),
)

/** These numbers, in any order. */
export function numbers(...wanted: readonly number[]): Matcher<readonly number[]> {
  const sorted = [...wanted].sort((a, b) => a - b)
  return satisfies(
    sorted.length === 0 ? 'none' : `exactly ${sorted.join(', ')}`,
    (value) =>
      value.length === sorted.length && [...value].sort((a, b) => a - b).every((each, at) => each === sorted[at]),
    (value) => (value.length === 0 ? 'none' : value.join(', ')),
  )
}

/** A flag list, upper case, with and without these; undefined (no such message) fits nothing. */
export function flags(wanted: {
  with?: readonly string[]
  without?: readonly string[]
}): Matcher<readonly string[] | undefined> {
  const { with: present = [], without = [] } = wanted
  const words = [...present.map((flag) => `with ${flag}`), ...without.map((flag) => `without ${flag}`)]
  const fits = (value: readonly string[] | undefined) =>
    value !== undefined &&
    present.every((flag) => value.includes(flag.toUpperCase())) &&
    !without.some((flag) => value.includes(flag.toUpperCase()))
  return satisfies(words.join(', '), fits, (value) => (value === undefined ? 'no FLAGS' : `(${value.join(' ')})`))
}

/** The same octets. */
export function sameOctets(wanted: Uint8Array): Matcher<Uint8Array | null | undefined> {
  return satisfies(
    `the same ${wanted.length} octets`,
    (value) => value?.length === wanted.length && value.every((octet, at) => octet === wanted[at]),
    (value) => {
      if (!value) return 'nothing'
      const at = value.findIndex((octet, index) => octet !== wanted[index])
      return `${value.length} octets${at < 0 ? '' : `, different from octet ${at} on`}`
    },
  )
}

/** What is in a list, whatever its case. */
export function includesWord(word: string): Matcher<Iterable<string>> {
  return satisfies(
    `a list with ${word}`,
    (value) => [...value].some((each) => each.toUpperCase() === word.toUpperCase()),
    (value) => [...value].join(' '),
  )
}
