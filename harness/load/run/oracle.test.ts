// The oracle of `steady` against the reference server: a good one, and one that is wrong now and then.
import { expect, test } from 'vitest'
import { type Reference, startReference } from '../../../reference-server/index.ts'
import type { LoadFlags } from './flags.ts'
import { type LoadOutcome, runLoad } from './run.ts'

type Options = NonNullable<Parameters<typeof startReference>[0]>

async function steady(
  overrides: Options['overrides'],
  onMoment = () => {},
  defects: Options['defects'] = [],
  flags: LoadFlags = {},
): Promise<LoadOutcome> {
  const reference = await startReference({ overrides: { limits: { perMinute: 0 }, ...overrides }, defects })
  try {
    return await steadyOn(reference, onMoment, flags)
  } finally {
    await reference.close()
  }
}

/** 500 messages in five seconds, in sessions of ten. */
function steadyOn(reference: Reference, onMoment: () => void, flags: LoadFlags = {}): Promise<LoadOutcome> {
  return runLoad({
    url: new URL('../../../scenarios/steady.ts', import.meta.url).href,
    host: reference.host(),
    consent: { addresses: [] },
    flags: { rate: 100, duration: '5s', vus: 60, ...flags },
    env: { MESSAGES: '10', EVERY: '150', PATIENCE: '8000' },
    threads: 1,
    signal: new AbortController().signal,
    say: () => {},
    onBudget: () => {},
    onMoment,
  })
}

const counted = ({ metrics }: LoadOutcome, name: string) => metrics[name]?.values.count

const failed = ({ thresholds }: LoadOutcome) =>
  thresholds
    .filter(({ metric, verdict }) => metric.startsWith('messages_') && verdict === 'fail')
    .map(({ metric }) => metric)

test('of a good server everything arrives, once, intact, and nowhere else', { timeout: 90_000 }, async () => {
  const outcome = await steady({})
  expect(outcome.errors).toEqual([])
  expect(counted(outcome, 'messages_due')).toBe(500)
  expect(counted(outcome, 'messages_sent')).toBe(500)
  expect(counted(outcome, 'messages_received')).toBe(500)
  expect(outcome.metrics.delivery_duration?.values.count).toBe(500)
  for (const name of ['lost', 'duplicated', 'leaked', 'corrupted']) expect(counted(outcome, `messages_${name}`)).toBe(0)
  expect(failed(outcome)).toEqual([])
})

test.for([
  ['lose-1-in-200', 'messages_lost', 5],
  ['duplicate-on-retry', 'messages_duplicated', 6],
  // A copy for somebody who opens no session again is not seen.
  ['leak-to-other-account', 'messages_leaked', undefined],
  ['corrupt-body', 'messages_corrupted', 6],
] as const)(
  '%s shows in %s alone, within a thousand messages',
  { timeout: 90_000 },
  async ([defect, metric, exactly]) => {
    const outcome = await steady({}, undefined, [defect], { rate: 250, duration: '4s', vus: 60 })
    expect(counted(outcome, 'messages_sent')).toBe(1_000)
    // The server counts what it takes, and breaks every nth.
    if (exactly !== undefined) expect(counted(outcome, metric)).toBe(exactly)
    expect(counted(outcome, metric)).toBeGreaterThan(0)
    expect(failed(outcome)).toEqual([metric])
    expect(outcome.verdict).not.toBe('pass')
  },
)

test('what a server swaps is counted, and no failure', { timeout: 90_000 }, async () => {
  const outcome = await steady({ delivery: { delayMs: 400, delaysEvery: 3 } }, undefined, [], { duration: '2s' })
  expect(counted(outcome, 'messages_reordered')).toBeGreaterThan(0)
  expect(failed(outcome)).toEqual([])
})

test('what meets a limit of the server is counted apart, and is no failure', { timeout: 90_000 }, async () => {
  // An account may send two at once and then one in ten seconds; a session sends ten in a second and a half.
  const outcome = await steady({ limits: { perMinute: 6, burst: 2 } }, undefined, [], { duration: '2s' })
  const limited = counted(outcome, 'limits_hit') ?? 0
  expect(limited).toBeGreaterThan(100)
  expect(counted(outcome, 'messages_due')).toBe(200)
  expect(counted(outcome, 'messages_sent')).toBe(200 - limited)
  expect(outcome.metrics.delivery_failed?.values.rate).toBe(0)
  expect(outcome.metrics.checks?.values.rate).toBe(1)
  expect(failed(outcome)).toEqual([])
})

test('a server that goes away fails the run, which still comes to its end', { timeout: 90_000 }, async () => {
  const reference = await startReference({ overrides: { limits: { perMinute: 0 } } })
  let gone: Promise<void> | undefined
  const outcome = await steadyOn(reference, () => {
    gone ??= reference.close()
  })
  await gone
  expect(counted(outcome, 'messages_sent')).toBeLessThan(500)
  expect(outcome.errors.length).toBeGreaterThan(0)
  expect(outcome.metrics.iteration_failed?.values.rate).toBeGreaterThan(0)
  expect(outcome.verdict).not.toBe('pass')
  expect(outcome.seconds).toBeLessThan(60)
})

test('a server that stands still for two seconds shows in what is counted from when messages were due', {
  timeout: 90_000,
}, async () => {
  let frozen = false
  const outcome = await steady({}, () => {
    if (frozen) return
    frozen = true
    // The server lives in this thread, the virtual users do not.
    const end = performance.now() + 2_000
    while (performance.now() < end);
  })
  expect(counted(outcome, 'messages_received')).toBe(500)
  // Of five seconds two were lost: the tenth message from the end waited for more than a second.
  expect(outcome.metrics.delivery_duration?.values['p(90)']).toBeGreaterThan(1_000)
})
