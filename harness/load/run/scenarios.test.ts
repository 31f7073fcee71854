// Each scenario that is shipped, small and short, against the reference server: what it does, what it costs, and that its counts
// agree with each other. How fast it was is not asked: tests run on busy machines.
import { expect, test } from 'vitest'
import { type Reference, startReference } from '../../../reference-server/index.ts'
import type { LoadFlags } from './flags.ts'
import { type LoadOutcome, type LoadRunOptions, runLoad } from './run.ts'

type Options = NonNullable<Parameters<typeof startReference>[0]>

const timeout = 60_000

async function run(
  name: string,
  env: Readonly<Record<string, string>>,
  flags: LoadFlags = {},
  more: Partial<LoadRunOptions> & { readonly on?: Reference } = {},
): Promise<LoadOutcome> {
  const { on, ...options } = more
  const reference = on ?? (await start({}))
  try {
    return await runLoad({
      url: new URL(`../../../scenarios/${name}.ts`, import.meta.url).href,
      host: reference.host(),
      consent: { addresses: [] },
      flags,
      env,
      threads: 1,
      signal: new AbortController().signal,
      say: () => {},
      onBudget: () => {},
      onMoment: () => {},
      ...options,
    })
  } finally {
    if (on === undefined) await reference.close()
  }
}

const start = (overrides: Options['overrides']) =>
  startReference({ overrides: { limits: { perMinute: 0 }, ...overrides } })

const counted = ({ metrics }: LoadOutcome, name: string) => metrics[name]?.values.count

/** Everything arrived, once and whole, in so many copies; and nothing but time can have spoilt the run. */
function expectSound(outcome: LoadOutcome, copies = 1): void {
  expect(outcome.errors).toEqual([])
  const sent = counted(outcome, 'messages_sent') ?? 0
  expect(sent).toBeGreaterThan(0)
  expect(counted(outcome, 'messages_due')).toBe(sent)
  expect(counted(outcome, 'messages_received')).toBe(sent * copies)
  expect(outcome.metrics.delivery_duration?.values.count).toBe(sent * copies)
  for (const what of ['lost', 'duplicated', 'leaked', 'corrupted']) expect(counted(outcome, `messages_${what}`)).toBe(0)
  expectOnlySlow(outcome)
}

function expectOnlySlow({ thresholds, metrics }: LoadOutcome): void {
  const broken = thresholds.filter(({ verdict }) => verdict !== 'pass').map(({ metric }) => metric)
  expect(broken.filter((metric) => !/_(?:duration|response)\b|dropped_iterations/.test(metric))).toEqual([])
  expect(metrics.checks?.values.rate).toBe(1)
}

test('burst: a message of a group reaches every member', { timeout }, async () => {
  const env = { MEMBERS: '3', MESSAGES: '3', EVERY: '300' }
  const outcome = await run('burst', env, { rate: 5, duration: '2s', vus: 4 })
  expectSound(outcome, 3)
  expect(outcome.budget).toMatchObject({ servers: [{ accounts: 16, reused: 0 }], signUps: 0, connections: 16 })
})

test('burst: a copy that one member does not get is lost', { timeout }, async () => {
  const on = await start({ delivery: { recipients: 'first' } })
  const env = { MEMBERS: '3', MESSAGES: '2', EVERY: '200', PATIENCE: '500' }
  const outcome = await run('burst', env, { rate: 2, duration: '1s', vus: 2 }, { on })
  await on.close()
  expect(counted(outcome, 'messages_lost')).toBe(2 * (counted(outcome, 'messages_sent') ?? 0))
  expect(outcome.metrics.checks?.values.rate).toBeLessThan(1)
})

test('idle-crowd: each message reaches the one of the crowd that it is for', { timeout }, async () => {
  const outcome = await run('idle-crowd', { IDLERS: '8', PER_WRITER: '4', MESSAGES: '5', EVERY: '400' })
  expectSound(outcome)
  expect(counted(outcome, 'messages_sent')).toBe(10)
  expect(outcome.metrics.imap_idlers?.values.max).toBeGreaterThan(0)
  expect(outcome.metrics.imap_idlers?.values.max).toBeLessThanOrEqual(8)
  expect(outcome.budget).toMatchObject({ servers: [{ accounts: 10, reused: 0 }], connections: 10 })
})

test('signup-storm: makes accounts, tells of them beforehand, and leaves them for later runs', {
  timeout,
}, async () => {
  const on = await start({})
  const host = on.host()
  const outcome = await run('signup-storm', {}, { rate: 5, duration: '2s' }, { on, host })
  expect(outcome.errors).toEqual([])
  expect(outcome.budget).toMatchObject({ servers: [{ accounts: 0, reused: 0 }], signUps: 10, connections: 20 })
  expect(outcome.metrics.account_create_duration?.values.count).toBe(10)
  expect(outcome.metrics.account_create_failed?.values.rate).toBe(0)
  expect(on.accounts.list()).toHaveLength(10)
  expectOnlySlow(outcome)
  const later = await run('smoke', {}, {}, { on, host })
  expect(later.budget.servers).toEqual([{ accounts: 2, reused: 2 }])
  expect(on.accounts.list()).toHaveLength(10)
  await on.close()
})

test('signup-storm: a server that takes no more people has a limit, and no fault', { timeout }, async () => {
  const on = await start({ accounts: { most: 4 } })
  const outcome = await run('signup-storm', {}, { rate: 5, duration: '2s' }, { on })
  await on.close()
  expect(outcome.metrics.account_create_duration?.values.count).toBe(4)
  expect(counted(outcome, 'limits_hit')).toBe(6)
  expectOnlySlow(outcome)
})

test('steady: who finds no room when a session has to be opened again has met a limit, in words', {
  timeout,
}, async () => {
  // One connection, and a message for each: the second pair opens its session while the first has none.
  const on = await start({ limits: { perMinute: 0, connections: 1, messagesPerSession: 1 } })
  const outcome = await run('steady', { MESSAGES: '6', EVERY: '300' }, { rate: 8, duration: '1400ms' }, { on })
  await on.close()
  expect(outcome.metrics.delivery_failed?.values.rate).toBe(0)
  const words = [...outcome.refusals, ...outcome.errors].map(({ message }) => message)
  expect(words).toContainEqual(expect.stringContaining('too many connections'))
})

test('reconnect-storm: whoever comes back finds everything', { timeout }, async () => {
  const env = { CLIENTS: '6', PER_WRITER: '3', ROUNDS: '2', BETWEEN: '1500', MESSAGES: '2' }
  const outcome = await run('reconnect-storm', env)
  expectSound(outcome, 3)
  expect(counted(outcome, 'messages_sent')).toBe(8)
  expect(outcome.metrics.catch_up_duration?.values.count).toBe(4)
  // Once at the beginning, and once a round.
  expect(outcome.metrics.imap_connecting?.values.count).toBe(18)
})

test('reconnect-storm: what is gone meanwhile is lost', { timeout }, async () => {
  const on = await start({ delivery: { losesEvery: 4 } })
  const env = { CLIENTS: '2', PER_WRITER: '2', ROUNDS: '2', BETWEEN: '1000', MESSAGES: '2', PATIENCE: '500' }
  const outcome = await run('reconnect-storm', env, {}, { on })
  await on.close()
  expect(counted(outcome, 'messages_lost')).toBe(2)
  expect(outcome.metrics.catch_up_duration?.values.count).toBe(1)
})

test('files: each kind arrives whole, and is measured apart', { timeout }, async () => {
  const env = { PHOTO: '20000', FILE: '100000', MIX: 'text,photo,file', EVERY: '200' }
  const outcome = await run('files', env, { rate: 3, duration: '2s', vus: 3 })
  expectSound(outcome)
  const sent = counted(outcome, 'messages_sent') ?? 0
  for (const kind of ['text', 'photo', 'file']) {
    expect(outcome.metrics[`delivery_duration{attachment:${kind}}`]?.values.count).toBe(sent / 3)
  }
  const octets = (sent / 3) * 120_000
  for (const way of ['data_sent', 'data_received']) {
    expect(counted(outcome, way)).toBeGreaterThan(octets * 1.3)
    expect(counted(outcome, way)).toBeLessThan(octets * 3)
  }
})

test('soak: its beginning and its end are judged apart', { timeout }, async () => {
  const env = { MESSAGES: '2', EVERY: '200' }
  const outcome = await run('soak', env, { rate: 10, duration: '4s', vus: 8 })
  expectSound(outcome)
  for (const phase of ['first', 'last']) {
    expect(outcome.metrics[`delivery_duration{phase:${phase}}`]?.values.count).toBeGreaterThan(0)
  }
})

test('federation: mail goes from one server to the other', { timeout }, async () => {
  const on = await start({})
  const other = await startReference({ domains: ['other.test'], network: on.network })
  const env = { MESSAGES: '2', EVERY: '300' }
  const outcome = await run('federation', env, { rate: 5, duration: '2s', vus: 4 }, { on, peer: other.host() })
  const [from, to] = [on, other].map(({ accounts }) => accounts.list())
  await other.close()
  await on.close()
  expectSound(outcome)
  expect(outcome.budget.servers).toEqual([
    { accounts: 4, reused: 0 },
    { accounts: 4, reused: 0 },
  ])
  expect([from?.length, to?.length]).toEqual([4, 4])
})

test('a scenario wants as many servers as it has a use for', { timeout }, async () => {
  await expect(run('federation', {})).rejects.toThrow('mail goes from one server to another here: name two')
  const on = await start({})
  await expect(run('smoke', {}, {}, { on, peer: on.host() })).rejects.toThrow('it takes one server')
  await on.close()
})

test('signup-storm makes no accounts where none may be made', { timeout }, async () => {
  const on = await start({})
  const host = on.host()
  const given = { ...host, accounts: { ...host.accounts, mayCreate: false } }
  await expect(run('signup-storm', {}, {}, { on, host: given })).rejects.toThrow('none may be made beside those given')
  expect(on.accounts.list()).toEqual([])
  await on.close()
})
