// Servers in trouble: what ends a run early to spare them, and limits, which are trouble of another kind.
import { expect, test } from 'vitest'
import { startReference } from '../../../reference-server/index.ts'
import { type LoadOutcome, runLoad } from './run.ts'

type Fault = Parameters<Awaited<ReturnType<typeof startReference>>['faults']['schedule']>[0]

/** Twenty messages a second, with trouble from the first second on. */
async function troubled(duration: string, ...faults: readonly Fault[]): Promise<LoadOutcome> {
  const reference = await startReference({ overrides: { limits: { perMinute: 0 } } })
  let begun = false
  try {
    return await runLoad({
      url: new URL('../../../scenarios/steady.ts', import.meta.url).href,
      host: reference.host(),
      consent: { addresses: [] },
      flags: { rate: 20, duration, vus: 20 },
      env: { MESSAGES: '5', EVERY: '200' },
      threads: 1,
      signal: new AbortController().signal,
      say: () => {},
      onBudget: () => {},
      onMoment() {
        if (begun) return
        begun = true
        for (const fault of faults) reference.faults.schedule(fault)
      },
    })
  } finally {
    await reference.close()
  }
}

const counted = ({ metrics }: LoadOutcome, name: string) => metrics[name]?.values.count

test('a server that refuses most messages is spared the rest', { timeout: 60_000 }, async () => {
  const text = '554 5.3.0 out of order'
  const outcome = await troubled('60s', { at: 'smtp:message', kind: 'reply', times: 10_000, text })
  expect(outcome.stopped).toMatch(/^to spare the server: \d+ % of the messages failed$/)
  expect(outcome.seconds).toBeLessThan(30)
  expect(['fail', 'invalid']).toContain(outcome.verdict)
  expect(counted(outcome, 'limits_hit')).toBe(0)
  expect(outcome.metrics.delivery_failed?.values.rate).toBeGreaterThan(0.5)
  expect(outcome.series.points.reduce((sum, { failed }) => sum + failed, 0)).toBe(
    outcome.metrics.delivery_failed?.values.passes,
  )
})

test('a run ends when more messages pile up than it is to see', { timeout: 60_000 }, async () => {
  const reference = await startReference({
    overrides: { limits: { perMinute: 0 }, delivery: { delayMs: 5_000, delaysEvery: 1 } },
  })
  try {
    const outcome = await runLoad({
      url: new URL('../../../scenarios/steady.ts', import.meta.url).href,
      host: reference.host(),
      consent: { addresses: [] },
      flags: { rate: 10, duration: '60s', vus: 30 },
      env: { MESSAGES: '5', EVERY: '200' },
      threads: 1,
      mostOnTheirWay: 20,
      signal: new AbortController().signal,
      say: () => {},
      onBudget: () => {},
      onMoment: () => {},
    })
    expect(outcome.stopped).toMatch(/^\d\d messages were on their way at once$/)
    expect(outcome.seconds).toBeGreaterThan(9)
    expect(outcome.seconds).toBeLessThan(40)
  } finally {
    await reference.close()
  }
})

test('limits of messages and of connections are counted apart from what is slow or wrong', {
  timeout: 60_000,
}, async () => {
  const outcome = await troubled(
    '4s',
    { at: 'smtp:message', kind: 'reply', times: 10, text: '450 4.7.1 Error: too much mail from you' },
    { at: 'smtp:greeting', kind: 'reply', times: 2, text: '421 4.7.0 Error: too many connections' },
    { at: 'imap:greeting', kind: 'reply', times: 2, text: '* BYE too many connections' },
  )
  expect(outcome.stopped).toBeUndefined()
  expect(counted(outcome, 'limits_hit')).toBe(14)
  expect(outcome.series.points.reduce((sum, { limited }) => sum + limited, 0)).toBe(14)
  expect(outcome.metrics.delivery_failed?.values.rate).toBe(0)
  expect(outcome.metrics.iteration_failed?.values.rate).toBe(0)
  // They are told all the same.
  expect(outcome.errors.reduce((sum, { count }) => sum + count, 0)).toBe(4)
  expect(outcome.thresholds.filter(({ verdict }) => verdict === 'fail')).toEqual([])
})
