// A program with as much of k6's command line as the comparison of engines uses, over the stand-in for k6's interface. NOT k6: it shows
// that the comparison itself works, and nothing of k6. It knows the executors of that comparison alone.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { MetricRegistry } from '../metrics/registry.ts'
import { holds, ThresholdError } from '../thresholds/expression.ts'
import { judge, readThresholds, type ThresholdOptions } from '../thresholds/thresholds.ts'
import { Aborted, type MetricKind, readLikeK6, type Sample } from './test-k6.ts'

/** As k6's. */
const exitCodes = { pass: 0, thresholds: 99, invalid: 104, exception: 107, aborted: 108, marked: 110 }

interface Scenario {
  readonly executor: string
  readonly exec?: string
  readonly vus?: number
  readonly iterations?: number
  readonly rate?: number
  readonly timeUnit?: string
  readonly duration?: string
  readonly maxVUs?: number
  readonly preAllocatedVUs?: number
}

interface Options {
  readonly scenarios?: Readonly<Record<string, Scenario>>
  readonly thresholds?: ThresholdOptions
}

type User = Awaited<ReturnType<typeof readLikeK6>>

const say = (text: string) => process.stderr.write(`${text}\n`)
const ms = (text = '') => Number(/^(\d+)ms$/.exec(text)?.[1])

async function main(): Promise<number> {
  const [command = '', ...rest] = process.argv.slice(2)
  if (command === 'version') {
    process.stdout.write('stand-in for k6 (not k6)\nExtensions:\n  a stand-in, k6/x/tcp [js]\n')
    return exitCodes.pass
  }
  if (command !== 'run') throw new Error(`the stand-in does not know ${command}`)
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: { env: { type: 'string', short: 'e', multiple: true }, 'no-usage-report': { type: 'boolean' } },
  })
  say('A stand-in for k6, not k6.')
  const script = resolve(positionals[0] ?? '')
  const given = (values.env ?? []).map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)])
  return run(script, Object.fromEntries(given))
}

async function run(script: string, env: Record<string, string>): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    external: ['k6', 'k6/*'],
  })
  const folder = dirname(script)
  const files = new Proxy({}, { get: (_, path) => readFileSync(resolve(folder, String(path)), 'utf8') })
  const ca = process.env.SSL_CERT_FILE
  const standIn = {
    script: outputFiles[0]?.text ?? '',
    files,
    env,
    ca: ca === undefined ? [] : [readFileSync(resolve(folder, ca), 'utf8')],
  }
  const first = await readLikeK6(standIn, 0)
  const options = first.made.options as unknown as Options
  const users: User[] = [first]
  const began = performance.now()
  const engine: Sample[] = []
  let wrong = exitCodes.pass
  try {
    const handed = JSON.stringify(await first.made.setup?.())
    const data = handed === undefined ? undefined : JSON.parse(handed)
    for (const scenario of Object.values(options.scenarios ?? { default: onceEach })) {
      const own = await Promise.all(
        Array.from({ length: scenario.vus ?? scenario.maxVUs ?? scenario.preAllocatedVUs ?? 1 }, (_, at) =>
          readLikeK6(standIn, users.length + at),
        ),
      )
      users.push(...own)
      await perform(scenario, own, data, engine)
    }
    await first.made.teardown?.(data)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    wrong = error instanceof Aborted ? exitCodes.aborted : exitCodes.exception
  }
  const samples = [...engine, ...users.flatMap((user) => user.samples)]
  const summary = summarised(samples, first.defined, options.thresholds ?? {}, performance.now() - began)
  const texts = (await first.made.handleSummary?.(summary)) as Record<string, string> | undefined
  for (const [name, text] of Object.entries(texts ?? {})) writeFileSync(resolve(name), text)
  if (wrong !== exitCodes.pass) return wrong
  const held = Object.values(summary.metrics).every(({ thresholds = {} }) =>
    Object.values(thresholds).every(({ ok }) => ok),
  )
  if (!held) return exitCodes.thresholds
  return users.some((user) => user.test.marked) ? exitCodes.marked : exitCodes.pass
}

const onceEach: Scenario = { executor: 'per-vu-iterations', vus: 1, iterations: 1 }

async function perform(scenario: Scenario, users: readonly User[], data: unknown, engine: Sample[]): Promise<void> {
  let started = 0
  const iterate = async (user: User) => {
    user.scenario.iterationInTest = started++
    await user.made[scenario.exec ?? 'default']?.(structuredClone(data))
    engine.push({ metric: 'iterations', value: 1 })
  }
  const reported = (error: unknown) => {
    if (error instanceof Aborted) throw error
    say(error instanceof Error ? error.message : String(error))
  }
  if (scenario.executor === 'per-vu-iterations') {
    const eachDoes = async (user: User) => {
      for (let n = 0; n < (scenario.iterations ?? 1); n++) await iterate(user).catch(reported)
    }
    await Promise.all(users.map(eachDoes))
    return
  }
  if (scenario.executor !== 'constant-arrival-rate') throw new Error(`the stand-in has no ${scenario.executor}`)
  const free = [...users]
  const running: Promise<void>[] = []
  const every = ms(scenario.timeUnit) / (scenario.rate ?? 1)
  const starts = Math.floor(ms(scenario.duration) / every)
  const began = performance.now()
  for (let n = 0; n < starts; n++) {
    await new Promise((done) => setTimeout(done, began + n * every - performance.now()))
    const user = free.pop()
    if (user === undefined) engine.push({ metric: 'dropped_iterations', value: 1 })
    else
      running.push(
        iterate(user)
          .catch(reported)
          .then(() => void free.push(user)),
      )
  }
  await Promise.all(running)
}

interface Summary {
  readonly metrics: Record<string, { type: MetricKind; thresholds?: Record<string, { ok: boolean }> }>
}

/** What handleSummary gets, as far as the comparison reads it. */
function summarised(
  samples: readonly Sample[],
  defined: ReadonlyMap<string, MetricKind>,
  thresholds: ThresholdOptions,
  elapsed: number,
): Summary {
  const registry = new MetricRegistry()
  const builtin = { iterations: 'counter', dropped_iterations: 'counter', checks: 'rate' } as const
  for (const [name, kind] of [...Object.entries(builtin), ...defined]) {
    registry.define({ name, kind: kind as MetricKind, contains: 'default' })
  }
  for (const { metric, value } of samples) registry.series(metric, {}).add(value)
  const metrics: Summary['metrics'] = {}
  const entry = (name: string) => (metrics[name] ??= { type: registry.get(name)?.kind ?? 'counter' })
  for (const { metric } of samples) entry(metric)
  for (const threshold of readThresholds(thresholds, registry)) {
    const { verdict } = judge(threshold, elapsed)
    const { source, operator, bound } = threshold.expression
    // Of no samples k6 takes trends and counters for 0, and divides by 0 for a rate.
    const ofNothing = threshold.metric.kind !== 'rate' && holds(0, operator, bound)
    const one = entry(threshold.metric.name)
    one.thresholds = { ...one.thresholds, [source]: { ok: verdict === 'no-data' ? ofNothing : verdict === 'pass' } }
  }
  return { metrics }
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return error instanceof ThresholdError ? exitCodes.invalid : exitCodes.exception
})
