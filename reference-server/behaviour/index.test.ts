// Tests of merging behaviours and of the variants.
import { expect, test } from 'vitest'
import { conforming, merge } from './index.ts'

test('a merge changes what it names and nothing else, and leaves the base alone', () => {
  const base = conforming()
  const changed = merge(base, { web: { new: { status: 500 } }, submission: { mechanisms: [] } })
  expect(changed.web.new.status).toBe(500)
  expect(changed.web.new.contentType).toBe(base.web.new.contentType)
  expect(changed.submission.mechanisms).toEqual([])
  expect(changed.limits).toBe(base.limits)
  expect(base.web.new.status).toBe(200)
})

test('a null and an empty list replace what was there', () => {
  const changed = merge(conforming(), { privacy: { subject: null, removesHeaders: [] } })
  expect(changed.privacy.subject).toBeNull()
  expect(changed.privacy.removesHeaders).toEqual([])
})

test('equal seeds decide alike, and five seeds take different choices', () => {
  expect(conforming(3)).toEqual(conforming(3))
  const texts = [0, 1, 2, 3, 4].map((seed) => JSON.stringify(conforming(seed)))
  expect(new Set(texts).size).toBe(5)
})

test('there are well over a hundred decisions', () => {
  const count = (value: unknown): number =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.values(value).reduce<number>((sum, each) => sum + count(each), 0)
      : 1
  expect(count(conforming())).toBeGreaterThan(250)
})
