// A whole search on a reference server in its own process, whose capacity is known because it was set.
import { expect, it } from 'vitest'
import { openSampler } from '../sampling/open-sampler.ts'
import { whatGaveWay } from './gave-way.ts'
import { type CapacityOptions, runCapacity } from './run-capacity.ts'
import { defaultSearch } from './search.ts'
import { startOwnProcess } from './test-own-process.ts'

const quietOptions = {
  url: new URL('../../scenarios/steady.ts', import.meta.url).href,
  consent: { addresses: [] },
  threads: 1,
  sampler: undefined,
  say: () => {},
  onStep: () => {},
  onStepDone: () => {},
  onMoment: () => {},
} satisfies Partial<CapacityOptions>

it('finds the rate that a server lets in, names the limit, and measures the rest', { timeout: 120_000 }, async () => {
  const capacity = 27
  await using server = await startOwnProcess({
    limits: { rateKey: 'everyone', perMinute: 60 * capacity, burst: 6 },
  })
  await using sampler = await openSampler({ kind: 'local', pids: [server.pid] })
  const outcome = await runCapacity({
    ...quietOptions,
    host: server.host,
    search: { ...defaultSearch, from: 20, most: 60, precision: 0.25, confirm: 0, mostSteps: 7 },
    seconds: 3,
    pace: { messages: 3, every: 300 },
    probes: { seconds: 1, idle: 8 },
    sampler,
    signal: AbortSignal.timeout(100_000),
  })
  const { steps, bracket, ended, probed } = outcome
  expect(steps.length).toBeGreaterThan(1)
  for (const step of steps) expect(step.due, JSON.stringify(step)).toBeGreaterThan(0)
  if (steps.some(({ verdict }) => verdict === 'invalid')) {
    // This machine was busy with other things: then nothing may be said that was not seen.
    expect(bracket.holds).toBeLessThanOrEqual(1.15 * capacity)
  } else {
    expect(ended).toBe('found')
    expect(bracket.holds).toBeGreaterThan(0.75 * capacity)
    expect(bracket.holds).toBeLessThanOrEqual(1.1 * capacity)
    expect(bracket.givesWay).toBeGreaterThanOrEqual(0.9 * capacity)
    // In its own words, where it was a message that was turned away, and not a session.
    expect(whatGaveWay('found', steps, true)).toEqual({
      what: 'limit',
      evidence: expect.stringMatching(
        /^messages a minute: the server said "450 4\.7\.1: Too much mail from <account>, rate limited"|^at \d+ messages a second the server turned \d+ away$/,
      ),
    })
  }
  expect(steps.some(({ server }) => server !== undefined && server.cpuSeconds > 0)).toBe(true)
  const value = (name: string) => probed.find((one) => one.name === name)
  expect(value('logins')).toMatchObject({ unit: '1/s', value: expect.any(Number) })
  expect(value('idle')).toMatchObject({ value: 8, bytesEach: expect.any(Number) })
  expect(value('fan-out')).toMatchObject({ note: expect.stringMatching(/^5 messages to 8 people each/) })
  expect(value('throughput')).toMatchObject({ unit: 'MB/s' })
  expect(value('accounts')).toMatchObject({ unit: '1/s' })
})
