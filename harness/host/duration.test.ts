import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['60', 60_000],
  ['1.5s', 1_500],
  ['2m', 120_000],
  ['1H', 3_600_000],
  ['0', 0],
])('%s is %d milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', 's', '-1s', '1d', '1e9', '60 sec', '25h'])('"%s" is refused and the flag is named', (text) => {
  expect(() => parseDuration(text, '--wait')).toThrow(/^--wait: /)
})
