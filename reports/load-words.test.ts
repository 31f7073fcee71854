import { expect, it } from 'vitest'
import type { LoadRecord } from '../harness/result/load-schema.ts'
import { arrivedInTime, measuredDelay } from './load-words.ts'

const load = (values: Readonly<Record<string, Readonly<Record<string, number>>>>): LoadRecord => {
  const metrics = Object.fromEntries(Object.entries(values).map(([name, each]) => [name, { values: each }]))
  return { metrics } as unknown as LoadRecord
}

it('shows no delay of messages that all came after they had been given up, and none of them as arrived', () => {
  const late = load({
    messages_received: { count: 3 },
    messages_late: { count: 3 },
    delivery_duration: { med: 0, count: 0 },
  })
  expect(measuredDelay(late)).toBeUndefined()
  expect(arrivedInTime(late)).toBe(0)
})

it('shows the delay of what came, also of runs that counted no late ones', () => {
  const some = load({ messages_received: { count: 3 }, delivery_duration: { med: 40, count: 3 } })
  expect(measuredDelay(some)).toMatchObject({ med: 40 })
  expect(arrivedInTime(some)).toBe(3)
})
