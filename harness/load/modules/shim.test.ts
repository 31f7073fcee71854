// What scenario files of k6 users rely on beside modules: open(), __ITER, exec.test.fail(), handleSummary().
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReference } from '../../../reference-server/index.ts'
import type { Host } from '../../host/host.ts'
import { type LoadOutcome, runLoad } from '../run/run.ts'

let host: Host
let close: () => Promise<void>
let folder = ''
beforeAll(async () => {
  const reference = await startReference()
  host = reference.host()
  close = () => reference.close()
  folder = await mkdtemp(join(tmpdir(), 'shim-'))
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true })
})

async function run(source: string): Promise<LoadOutcome> {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.js`)
  await writeFile(file, source)
  return runLoad({
    url: pathToFileURL(file).href,
    host,
    consent: { addresses: [] },
    flags: {},
    env: {},
    threads: 1,
    signal: new AbortController().signal,
    say: () => {},
    onBudget: () => {},
    onMoment: () => {},
  })
}

const own = ({ ownSummary }: LoadOutcome) =>
  ownSummary !== undefined && 'texts' in ownSummary ? ownSummary.texts : ownSummary

test('open() reads texts and octets beside the file, while it is read', { timeout: 60_000 }, async () => {
  await writeFile(join(folder, 'words.txt'), 'grüße')
  const { errors, metrics } = await run(`
    import { check } from 'k6'
    const text = open('./words.txt')
    const octets = open('words.txt', 'b')
    export default () => check(0, {
      text: () => text === 'grüße',
      octets: () => octets instanceof ArrayBuffer && octets.byteLength === 7,
      'not later': () => { try { open('words.txt') } catch (error) { return /while the scenario is read/.test(error.message) } },
    })`)
  expect(errors).toEqual([])
  expect(metrics.checks?.values).toMatchObject({ passes: 3, fails: 0 })
})

test('open() of what is not there says so, and nothing runs', async () => {
  await expect(run(`open('nothing.txt'); export default () => {}`)).rejects.toThrow(
    'open("nothing.txt"): it cannot be read',
  )
  await expect(run(`open('nothing.txt', 'r'); export default () => {}`)).rejects.toThrow('the mode is "b" or nothing')
})

test('__ITER counts the iterations of a virtual user from 0', { timeout: 60_000 }, async () => {
  const { errors, metrics } = await run(`
    import exec from 'k6/execution'
    import { Trend } from 'k6/metrics'
    import { check } from 'k6'
    const seen = new Trend('seen')
    export const options = { scenarios: { s: { executor: 'per-vu-iterations', vus: 2, iterations: 3 } } }
    export default async () => {
      const before = __ITER
      seen.add(__ITER)
      await null
      check(0, { same: () => before === exec.vu.iterationInInstance && before === __ITER })
    }`)
  expect(errors).toEqual([])
  expect(metrics.seen?.values).toMatchObject({ min: 0, max: 2, avg: 1, count: 6 })
  expect(metrics.checks?.values).toMatchObject({ passes: 6, fails: 0 })
})

test('exec.test.fail() fails the run, which goes on to its end', { timeout: 60_000 }, async () => {
  const outcome = await run(`
    import exec from 'k6/execution'
    export const options = { iterations: 3 }
    export default () => { if (__ITER === 0) exec.test.fail('not as agreed') }`)
  expect(outcome.marked).toBe('not as agreed')
  expect(outcome.metrics.iterations?.values.count).toBe(3)
  expect(outcome.thresholds.map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
  expect(['fail', 'invalid']).toContain(outcome.verdict)
})

test('handleSummary gets what k6 gives it, and says what is written where', { timeout: 60_000 }, async () => {
  const outcome = await run(`
    import { Counter } from 'k6/metrics'
    const seen = new Counter('seen')
    export const options = { iterations: 2, thresholds: { seen: ['count>1'] } }
    export const setup = () => ({ word: 'ready' })
    export default () => seen.add(1)
    export function handleSummary(data) {
      return { stdout: JSON.stringify(data), 'raw.bin': new Uint8Array([1, 2]).buffer }
    }`)
  const { stdout, ...files } = own(outcome) as Record<string, string>
  const data = JSON.parse(stdout ?? '')
  expect(files).toEqual({ 'raw.bin': new Uint8Array([1, 2]) })
  expect(data.metrics.seen).toMatchObject({
    type: 'counter',
    values: { count: 2 },
    thresholds: { 'count>1': { ok: true } },
  })
  expect(data).toMatchObject({
    setup_data: { word: 'ready' },
    root_group: { groups: [], checks: [] },
    state: { testRunDurationMs: expect.any(Number) },
  })
})

test.for([
  ['throw new Error("no words")', 'no words'],
  ['return 5', 'it has to return an object'],
  ['return { stdout: 5 }', 'what belongs into "stdout" is neither a text nor an ArrayBuffer'],
] as const)('a handleSummary that does %s does not spoil the run', { timeout: 60_000 }, async ([body, error]) => {
  const outcome = await run(`export default () => {}; export const handleSummary = () => { ${body} }`)
  expect(outcome.ownSummary).toEqual({ error })
  expect(['pass', 'invalid']).toContain(outcome.verdict)
})
