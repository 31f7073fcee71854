// Exchanging the behaviour of a running server: what was decided at the start stays.
import { expect, it } from 'vitest'
import { createCurrent, differences, NeedsRestart } from './current.ts'
import { conforming, merge } from './index.ts'

it('exchanges what was not read at the start', () => {
  const first = conforming()
  const current = createCurrent(first)
  expect(current.read().calls.turn).toBe(first.calls.turn)
  current.started()
  expect(current.read()).toBe(first)
  const next = merge(first, { encryption: { enforced: false } })
  current.exchange(next)
  expect(current.read()).toBe(next)
})

it('refuses to change what was read at the start, with names, and changes nothing then', () => {
  const first = conforming()
  const current = createCurrent(first)
  // A listener of the start asks.
  expect(current.read().inbound.listens).toBe(true)
  expect({ ...current.read().calls }).toEqual(first.calls)
  current.started()
  const next = merge(first, { inbound: { listens: false }, calls: { turn: 'off' }, encryption: { enforced: false } })
  expect(() => current.exchange(next)).toThrow(NeedsRestart)
  expect(() => current.exchange(next)).toThrow('inbound.listens, calls.turn')
  expect(current.read()).toBe(first)
  expect(() => current.exchange(merge(first, { zone: { mx: [] } }))).toThrow('zone.mx')
})

it('does not read a decision that nobody asked for', () => {
  const read: string[] = []
  const limits = new Proxy(conforming().limits, {
    get(target, key) {
      read.push(String(key))
      return Reflect.get(target, key)
    },
  })
  const current = createCurrent({ ...conforming(), limits })
  expect(current.read().limits.burst).toBeGreaterThan(0)
  expect(read).toEqual(['burst'])
})

it('names the decisions that differ, lists as one', () => {
  expect(differences({ a: { b: 1, c: [1] }, d: null }, { a: { b: 1, c: [2] }, d: 'x' }, '')).toEqual(['a.c', 'd'])
})
