import { expect, test } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

test('a typo finds the word that was meant', () => {
  expect(nearest('imasp', ['imap', 'imaps', 'submissions'])).toBe('imaps')
  expect(nearest('retentiondays', ['retentionDays', 'largeRetentionDays'])).toBe('retentionDays')
})

test('a word that resembles nothing finds nothing', () => {
  expect(nearest('gopher', ['imap', 'imaps', 'submissions'])).toBeUndefined()
  expect(nearest('', ['imap'])).toBeUndefined()
})

test('a swap of neighbours is one step', () => {
  expect(editDistance('ab', 'ba', 5)).toBe(1)
  expect(editDistance('', 'abc', 5)).toBe(3)
  expect(editDistance('kitten', 'sitting', 5)).toBe(3)
})
