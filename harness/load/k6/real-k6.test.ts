// The same run by k6 and by `chatmail-check load`: names of metrics, verdicts, exit codes; and k6 on the tables that say what we share with
// it. With a k6 that has k6/x/tcp, named by the environment variable K6 or found on PATH; without one these tests are skipped, and say
// why. The first of them are run over a stand-in as well, which shows that the comparison works, and nothing of k6.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Reference, startReference } from '../../../reference-server/index.ts'
import { engineOnly } from './test-engine-only.ts'

type Program = readonly [command: string, ...args: string[]]

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const quiet = { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' }

async function run([command, ...before]: Program, args: readonly string[], cwd: string, env = {}): Promise<Ended> {
  const options = { cwd, env: { ...process.env, ...quiet, ...env }, timeout: 110_000, maxBuffer: 64 << 20 }
  try {
    return { code: 0, ...(await promisify(execFile)(command, [...before, ...args], options)) }
  } catch (error) {
    const { code, stdout, stderr } = error as Ended & { code: unknown }
    if (typeof code !== 'number') throw error
    return { code, stdout, stderr }
  }
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const ours: Program = [process.execPath, here('../../../bin/chatmail-check.js')]
const standIn: Program = [process.execPath, here('./test-k6-program.ts')]

/** A k6 that can run an export, or why there is none. */
async function findK6(): Promise<Program | string> {
  const named = process.env.K6 ?? 'k6'
  try {
    const { code, stdout } = await run([named], ['version'], tmpdir())
    if (code !== 0 || !/^k6\S* v\d/.test(stdout)) return `${named} does not say that it is k6`
    return /\bk6\/x\/tcp\b/.test(stdout) ? [named] : `${named} has no k6/x/tcp: build one with xk6`
  } catch {
    return process.env.K6 === undefined ? 'no k6 on PATH, and K6 names none' : `K6: ${named} cannot be run`
  }
}

const found = await findK6()
const missing = typeof found === 'string' ? found : undefined
const real: Program = typeof found === 'string' ? standIn : found

let folder = ''
let reference: Reference
let reach: readonly string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beside-k6-'))
  reference = await startReference()
  const { endpoints, trust } = reference.host()
  await writeFile(join(folder, 'ca.pem'), (trust.ca ?? []).join('\n'))
  const at = (service: 'imaps' | 'submissions') => `${service}=127.0.0.1:${endpoints[service]?.port}`
  reach = ['chat.test', '--connect', at('imaps'), '--connect', at('submissions'), '--ca', 'ca.pem']
})
afterAll(async () => {
  await reference.close()
  await rm(folder, { recursive: true })
})

interface Summary {
  readonly metrics: Readonly<
    Record<
      string,
      {
        readonly values?: Readonly<Record<string, number>>
        readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
      }
    >
  >
}

/** Runs a script of `folder` that handleSummary is put beside, and reads what that was given. */
async function summaryOf(k6: Program, script: string, cwd: string): Promise<{ ended: Ended; summary: Summary }> {
  const names = [...script.matchAll(/^export \{([^}]*)\}|^export (?:const|function) (\w+)/gm)].flatMap(
    ([, list, one]) =>
      list === undefined ? [one ?? ''] : list.split(',').map((name) => (name.trim().split(' as ').at(-1) ?? '').trim()),
  )
  await writeFile(join(cwd, 'whole.js'), script)
  const kept = `export { ${names.filter(Boolean).join(', ')} } from './whole.js'\n`
  const told = `export function handleSummary(data) {\n  return { 'summary.json': JSON.stringify(data) }\n}\n`
  await writeFile(join(cwd, 'run.js'), kept + told)
  const ended = await run(k6, ['run', 'run.js'], cwd, { SSL_CERT_FILE: join(folder, 'ca.pem') })
  const text = await readFile(join(cwd, 'summary.json'), 'utf8').catch(() => {
    throw new Error(`no summary: exit code ${ended.code}\n${ended.stderr}`)
  })
  return { ended, summary: JSON.parse(text) }
}

const verdicts = ({ metrics }: Summary): Record<string, boolean> =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { thresholds = {} }]) =>
      Object.entries(thresholds).map(([source, { ok }]) => [`${name}: ${source}`, ok]),
    ),
  )

/** Of k6 and its extension alone. */
const k6Only = /^(tcp|http|ws|grpc|browser)_|^(group_duration|iteration_duration|vus|vus_max)$/

async function compare(k6: Program, name: string, order: readonly string[]): Promise<void> {
  const cwd = await mkdtemp(join(folder, 'run-'))
  const state = { XDG_STATE_HOME: join(cwd, 'state') }
  const exported = await run(
    ours,
    ['load', 'export', name, ...reach, ...order, '--k6', join(cwd, 'out')],
    folder,
    state,
  )
  expect(exported, exported.stderr).toMatchObject({ code: 0 })
  const out = join(cwd, 'out')
  const { ended, summary } = await summaryOf(k6, await readFile(join(out, 'script.js'), 'utf8'), out)
  const load = await run(ours, ['load', name, ...reach, ...order, '--format', 'json'], folder, state)
  const { metrics, thresholds } = JSON.parse(load.stdout).load
  // A busy machine makes a run of ours invalid, and says nothing of the comparison.
  if (load.code !== 120) expect(load.code, `${load.stderr}\n${ended.stderr}`).toBe(ended.code)
  const own = Object.keys(metrics).filter((one) => !engineOnly.includes(one) && !one.startsWith('driver_'))
  const theirs = Object.keys(summary.metrics).filter((one) => !k6Only.test(one) && !engineOnly.includes(one))
  expect(theirs.sort()).toEqual(own.sort())
  const judged = verdicts(summary)
  for (const { metric, threshold, verdict } of thresholds) {
    const source = Object.keys(judged).find(
      (key) => key.replaceAll(' ', '') === `${metric}:${threshold}`.replaceAll(' ', ''),
    )
    expect([metric, threshold, judged[source ?? '']]).toEqual([metric, threshold, verdict === 'pass'])
  }
}

const failing = ['--threshold', 'delivery_duration:max<0']
const steady = ['--rate', '4', '--duration', '2s', '-e', 'MESSAGES=2', '-e', 'EVERY=200']
const crowd = ['-e', 'IDLERS=4', '-e', 'MEMBERS=3', '-e', 'MESSAGES=2', '-e', 'EVERY=200']

describe('over a stand-in that is not k6', () => {
  test('a run comes out as under chatmail-check load: what holds, and what does not', { timeout: 120_000 }, () =>
    compare(standIn, 'smoke', failing),
  )
  test('the table of thresholds', { timeout: 60_000 }, () => holdThresholds(standIn))
})

const title = missing === undefined ? 'under k6' : `under k6, which is not here: ${missing}`
describe.skipIf(missing !== undefined)(title, { timeout: 240_000 }, () => {
  test.each([
    ['smoke', []],
    ['smoke', failing],
    ['steady', steady],
    ['idle-crowd', crowd],
  ] as const)('%s %o comes out as under chatmail-check load', (name, order) => compare(real, name, order))

  test('the table of thresholds', () => holdThresholds(real))

  test.each(table<ThresholdRow>('thresholds').filter(({ verdict }) => verdict === 'unreadable'))(
    'is refused before the run: $kind, $threshold',
    async (row) => {
      const cwd = await mkdtemp(join(folder, 'refused-'))
      await writeFile(join(cwd, 'run.js'), thresholdScript([row]))
      expect(await run(real, ['run', 'run.js'], cwd)).toMatchObject({ code: 104 })
    },
  )

  test.each(table<ExecutorRow>('executors'))('$about', async ({ scenario, iterationMs, k6, ...said }) => {
    const { iterations, dropped } = { ...said, ...k6 }
    const cwd = await mkdtemp(join(folder, 'executor-'))
    const script = `export const options = ${JSON.stringify({ scenarios: { golden: scenario } })}
function golden() {
  return new Promise((done) => setTimeout(done, ${iterationMs}))
}
export { golden as default }
`
    const { summary } = await summaryOf(real, script, cwd)
    const count = (metric: string) => summary.metrics[metric]?.values?.count ?? 0
    // What begins or ends at the very end may fall to either side.
    expect(Math.abs(count('iterations') - iterations)).toBeLessThanOrEqual(1)
    expect(Math.abs(count('dropped_iterations') - dropped)).toBeLessThanOrEqual(1)
  })
})

interface ThresholdRow {
  readonly kind: string
  readonly samples: readonly number[]
  readonly elapsed?: number
  readonly threshold: string
  readonly verdict: 'pass' | 'fail' | 'no-data' | 'unreadable'
  /** Where k6 is different. */
  readonly k6?: 'pass' | 'fail'
}

interface ExecutorRow {
  readonly scenario: object
  readonly iterationMs: number
  readonly iterations: number
  readonly dropped: number
  readonly k6?: { readonly iterations: number; readonly dropped: number }
}

function table<Row>(name: string): readonly Row[] {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'))
}

/** All rows in one run, each with a metric of its own. */
function thresholdScript(rows: readonly ThresholdRow[]): string {
  const kind = (name: string) => name[0]?.toUpperCase() + name.slice(1)
  const metrics = rows.map((row, at) => `new ${kind(row.kind)}('measured_${at}')`)
  const thresholds = Object.fromEntries(rows.map(({ threshold }, at) => [`measured_${at}`, [threshold]]))
  return `import { Counter, Gauge, Rate, Trend } from 'k6/metrics'
const metrics = [${metrics.join(', ')}]
const samples = ${JSON.stringify(rows.map((row) => row.samples))}
export const options = ${JSON.stringify({ thresholds })}
function golden() {
  for (const [at, list] of samples.entries()) for (const sample of list) metrics[at].add(sample)
}
export { golden as default }
`
}

/** The rate of a counter depends on how long a run takes, and is left out. */
async function holdThresholds(k6: Program): Promise<void> {
  const rows = table<ThresholdRow>('thresholds').filter(
    ({ verdict, elapsed }) => verdict !== 'unreadable' && elapsed === undefined,
  )
  const { ended, summary } = await summaryOf(k6, thresholdScript(rows), await mkdtemp(join(folder, 'thresholds-')))
  expect(ended).toMatchObject({ code: 99 })
  for (const [at, row] of rows.entries()) {
    const [ok] = Object.values(summary.metrics[`measured_${at}`]?.thresholds ?? {})
    expect([row.threshold, row.samples, ok?.ok]).toEqual([
      row.threshold,
      row.samples,
      (row.k6 ?? row.verdict) === 'pass',
    ])
  }
}
