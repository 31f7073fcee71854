// A server that delivers late: a run ends early when half of the messages take more than ten seconds.
import { expect, test } from 'vitest'
import { startReference } from '../../../reference-server/index.ts'
import { runLoad } from './run.ts'

test('a server that is overwhelmed is spared the rest', { timeout: 90_000 }, async () => {
  const reference = await startReference({
    overrides: { limits: { perMinute: 0 }, delivery: { delayMs: 10_500, delaysEvery: 1 } },
  })
  try {
    const outcome = await runLoad({
      url: new URL('../../../scenarios/steady.ts', import.meta.url).href,
      host: reference.host(),
      consent: { addresses: [] },
      flags: { rate: 20, duration: '60s', vus: 80 },
      env: { MESSAGES: '5', EVERY: '200', PATIENCE: '20000' },
      threads: 1,
      signal: new AbortController().signal,
      say: () => {},
      onBudget: () => {},
      onMoment: () => {},
    })
    expect(outcome.stopped).toBe('to spare the server: half of the messages took more than 10 s')
    expect(outcome.seconds).toBeLessThan(45)
    expect(['fail', 'invalid']).toContain(outcome.verdict)
    expect(outcome.metrics.messages_lost?.values.count).toBe(0)
  } finally {
    await reference.close()
  }
})
