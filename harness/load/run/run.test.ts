// Whole runs of scenario files that need no server: modules, isolation, segments, endings.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference } from '../../../reference-server/index.ts'
import { memoryAccountStore } from '../../discovery/account-memory.ts'
import type { AccountStore } from '../../host/account.ts'
import type { Host } from '../../host/host.ts'
import { type AccountWork, prepareAccounts } from './accounts.ts'
import { endpointsOf } from './prepare-assets.ts'
import { type LoadOutcome, type LoadRunOptions, runLoad } from './run.ts'

let host: Host
let close: () => Promise<void>
let folder = ''
beforeAll(async () => {
  const reference = await startReference()
  host = reference.host()
  close = () => reference.close()
  folder = await mkdtemp(join(tmpdir(), 'load-'))
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true })
})

function run(url: string, more: Partial<LoadRunOptions> = {}): Promise<LoadOutcome> {
  return runLoad({
    url,
    host,
    consent: { addresses: [] },
    flags: {},
    env: {},
    threads: 1,
    signal: new AbortController().signal,
    say: () => {},
    onBudget: () => {},
    onMoment: () => {},
    ...more,
  })
}

const shipped = (name: string) => new URL(`../thread/test-scenarios/${name}.ts`, import.meta.url).href
const endings = (env: Record<string, string>, more: Partial<LoadRunOptions> = {}) =>
  run(shipped('endings'), { env, ...more })

/** A scenario file made for one test. */
async function scenario(name: string, source: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, source)
  return pathToFileURL(file).href
}

const verdicts = ({ thresholds }: LoadOutcome) =>
  Object.fromEntries(thresholds.map(({ metric, threshold, verdict }) => [`${metric} ${threshold}`, verdict]))

describe('a scenario file', () => {
  test.each([1, 2, 3])(
    'has the modules of k6, a state for each virtual user, and the same meaning on %i threads',
    async (threads) => {
      const outcome = await run(shipped('modules'), { env: { GIVEN: 'yes' }, threads })
      expect(verdicts(outcome)).toMatchObject({
        'seen{kind:a} count==12': 'pass',
        'seen{scenario:second} count==6': 'pass',
        'size{mark:large} min>=10': 'pass',
        'checks rate==1': 'pass',
        'iteration_failed rate<0.01': 'fail',
      })
      expect(outcome.metrics.checks?.values).toMatchObject({ passes: 72, fails: 0 })
      expect(outcome.metrics.iterations?.values.count).toBe(18)
      expect(outcome.metrics.even?.values.rate).toBe(0.5)
      expect(outcome.metrics.size?.contains).toBe('time')
      expect(outcome.metrics.group_duration?.values.count).toBe(12)
      expect(outcome.errors).toEqual([{ message: 'the fourth fails', count: 1 }])
    },
  )

  test('that sends no mail has no thresholds of mail, and needs no accounts', async () => {
    const outcome = await endings({ EXEC: 'count', DURATION: '1s' }, { flags: { thresholds: ['iterations:count>5'] } })
    expect(outcome.budget).toMatchObject({ servers: [], signUps: 0, connections: 0, virtualUsers: 2 })
    expect(outcome.thresholds.map(({ metric }) => metric).sort()).toEqual([
      'dropped_iterations',
      'iteration_failed',
      'iterations',
    ])
  })

  test.each([
    ['imports-node.js', "import 'node:fs'\nexport default () => {}", /may import k6.*but not "node:fs"/],
    ['imports-package.js', "import 'zod'\nexport default () => {}", /but not "zod"/],
    ['imports-what-is-not-there.js', "import { http } from 'k6'\nexport default () => http", /http/],
    ['broken.js', 'export default () => {', /Unexpected end of input/],
    [
      'no-function.js',
      "export const options = { scenarios: { a: { executor: 'shared-iterations', exec: 'b' } } }",
      /no function "b"/,
    ],
    ['bad-options.js', 'export const options = { vus: -1 }\nexport default () => {}', /options.vus/],
    [
      'bad-threshold.js',
      "export const options = { thresholds: { checks: ['fast'] } }\nexport default () => {}",
      /threshold "fast"/,
    ],
    ['bad-setup.js', "export const setup = () => { throw new Error('no way') }\nexport default () => {}", /no way/],
  ])('is refused with the reason: %s', async (name, source, reason) => {
    await expect(run(await scenario(name, source))).rejects.toThrow(reason)
  })
})

describe('a run', () => {
  test('interrupts what does not end in the time of grace', async () => {
    const began = performance.now()
    const outcome = await endings({ EXEC: 'wait' })
    expect(outcome.interruptedIterations).toBe(2)
    expect(outcome.metrics.iterations).toBeUndefined()
    expect(outcome.seconds).toBeGreaterThan(1.1)
    expect(performance.now() - began).toBeLessThan(15_000)
  })

  test('of no samples a threshold knows nothing, and is not passed', async () => {
    const outcome = await endings({ EXEC: 'nothing' })
    expect(verdicts(outcome)).toMatchObject({ 'group_duration p(95)<1000': 'no-data' })
    expect(outcome.verdict).not.toBe('pass')
  })

  test('ends early when a threshold with abortOnFail does not hold', async () => {
    const outcome = await endings({ EXEC: 'count', DURATION: '60s' })
    expect(outcome.stopped).toBe('iterations count<5 does not hold')
    expect(outcome.seconds).toBeLessThan(30)
    expect(['fail', 'invalid']).toContain(outcome.verdict)
  })

  test('ends early when the file says so', async () => {
    const outcome = await endings({ EXEC: 'abort', DURATION: '60s' })
    expect(outcome).toMatchObject({ verdict: 'aborted', stopped: 'the scenario ended the run: enough', errors: [] })
    expect(outcome.seconds).toBeLessThan(30)
  })

  test('ends early on ^C, and tells what it saw', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 1_500)
    const outcome = await endings(
      { EXEC: 'count', DURATION: '60s' },
      { signal: controller.signal, flags: { thresholds: ['iterations:count>0'] } },
    )
    expect(outcome).toMatchObject({ verdict: 'interrupted', stopped: 'interrupted' })
  })

  test('counts iterations that throw, by what they said', async () => {
    const outcome = await endings({ EXEC: 'throwing' })
    expect(outcome.errors.map(({ message }) => message).sort()).toEqual(['no 1', 'no 2'])
    expect(outcome.metrics.iteration_failed?.values.rate).toBe(1)
  })

  test('says nothing about the server when a thread had no time', async () => {
    const outcome = await endings({ EXEC: 'block', DURATION: '3s' })
    expect(outcome.verdict).toBe('invalid')
    expect(outcome.validity.find(({ gate }) => gate === 'event-loop')).toMatchObject({ holds: false })
  })
})

test('accounts that another run has are left to it, and others are made, or it is said that none may be', async () => {
  const store = memoryAccountStore()
  const work = (accounts: AccountStore): AccountWork => ({
    host: { ...host, accounts },
    imap: endpointsOf(host).imap,
    consent: { addresses: [] },
    signal: new AbortController().signal,
    say: () => {},
  })
  const [taken, free] = await prepareAccounts(work(store), 2)
  const claim = async (address: string) => address !== taken?.address
  const again = await prepareAccounts(work({ ...store, claim }), 2)
  expect(again).toContainEqual(expect.objectContaining({ address: free?.address }))
  expect(again.map(({ address }) => address)).not.toContain(taken?.address)
  await expect(
    prepareAccounts(work({ ...memoryAccountStore(await store.load(), { mayCreate: false }), claim }), 3),
  ).rejects.toThrow('without those that another run uses')
})
