// A thread of a load run: reads the scenario file once for each of its virtual users, and runs its share. Started by the run.
import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import type { LoadAssets } from '../chatmail/assets.ts'
import { type ChatmailThread, chatmailModule } from '../chatmail/module.ts'
import { type KnownNeeds, usualNeeds } from '../chatmail/needs.ts'
import { chatmailMetrics, engineMetrics } from '../metrics/builtin.ts'
import { executionModule, type ThreadView } from '../modules/execution.ts'
import { readTexts } from '../modules/handle-summary.ts'
import { k6Module } from '../modules/k6.ts'
import { type Modules, type ScenarioExports, scenarioReader } from '../modules/load-scenario.ts'
import { metricsModule } from '../modules/metrics.ts'
import { elementAt, stripesOf } from '../schedule/segment.ts'
import { timeNow } from './clock.ts'
import { Crew } from './crew.ts'
import { type EngineRun, runScenarios } from './engine.ts'
import type { FromThread, OwnSummary, ThreadStart, ToThread } from './protocol.ts'
import { Recorder } from './recorder.ts'
import { watchStrain } from './strain.ts'
import { VirtualUser } from './virtual-user.ts'

/** Milliseconds between two batches of samples. */
const handOver = 200

const { url, env, segment } = workerData as ThreadStart
const recorder = new Recorder()
for (const metric of [...engineMetrics, ...chatmailMetrics]) recorder.define(metric)

let assets: LoadAssets | undefined
let needs: KnownNeeds | undefined
let options: unknown
let crew: Crew | undefined
let run: EngineRun | undefined
let began = 0
let prepared: Extract<ToThread, { kind: 'prepare' }> | undefined

const tell = (message: FromThread): void => parentPort?.postMessage(message)

const view: ThreadView = {
  get options() {
    return options
  },
  elapsed: () => (began === 0 ? 0 : timeNow() - began),
  get completed() {
    return crew?.completed ?? 0
  },
  get interrupted() {
    return crew?.interrupted ?? 0
  },
  get active() {
    return crew?.active ?? 0
  },
  get initialized() {
    return crew?.size ?? 0
  },
  abort: (reason) => tell({ kind: 'abort', reason }),
  fail: (reason) => tell({ kind: 'fail', reason }),
}

const chatmail: ChatmailThread = {
  idlers: 0,
  get assets() {
    if (assets === undefined) throw new Error('chatmail: there is no server yet while the file is read')
    return assets
  },
  needs(said) {
    needs = said
  },
  made: (account) => tell({ kind: 'account', account }),
}

function modulesFor(vu: VirtualUser): Modules {
  return {
    k6: k6Module(vu),
    'k6/metrics': metricsModule(vu),
    'k6/execution': executionModule(vu, view),
    'k6/options': { default: undefined },
    get chatmail() {
      needs ??= usualNeeds
      return chatmailModule(vu, chatmail)
    },
  }
}

/** Looks at the file, and runs setup and teardown. */
const host = new VirtualUser({ inTest: 0, inThread: 0 }, recorder)
const reader = scenarioReader(url, modulesFor(host), modulesFor)
needs = undefined

async function newUser(vu: VirtualUser): Promise<{ vu: VirtualUser; exports: ScenarioExports }> {
  Object.assign(vu.env, env)
  const exports = await reader.read(vu)
  vu.inInit = false
  return { vu, exports }
}

async function prepare(message: Extract<ToThread, { kind: 'prepare' }>): Promise<void> {
  prepared = message
  assets = message.assets
  host.useTags({ ...message.tags })
  const stripes = stripesOf(segment)
  const users: { vu: VirtualUser; exports: ScenarioExports }[] = []
  for (let n = 0; n < message.vus; n++) {
    const ids = { inTest: elementAt(stripes, n) + 1, inThread: n + 1 }
    users.push(await newUser(new VirtualUser(ids, recorder)))
  }
  crew = new Crew(users, env, { threw })
  handOverSamples()
  tell({ kind: 'ready' })
}

/** What iterations threw since the last batch, by their words. */
const thrown = new Map<string, number>()

function threw(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  // Words that differ each time must not fill the memory.
  const key = thrown.size < 100 || thrown.has(message) ? message : 'other errors'
  thrown.set(key, (thrown.get(key) ?? 0) + 1)
}

function begin(at: number, setupData: unknown): void {
  if (prepared === undefined || crew === undefined) throw new Error('not prepared')
  const theCrew = crew
  theCrew.useSetupData(setupData)
  began = at
  const { plans, tags } = prepared
  const known = (metric: string) => needs !== undefined || engineMetrics.some(({ name }) => name === metric)
  run = runScenarios({ plans, tags, segment, crew: theCrew, recorder, known }, at)
  const gauges = {
    vus: recorder.series('vus', tags),
    vus_max: recorder.series('vus_max', tags),
    idlers: recorder.series('imap_idlers', tags),
  }
  const strain = watchStrain(recorder, tags)
  let gauged = performance.now()
  const gauge = () => {
    gauged = performance.now()
    recorder.add(gauges.vus, theCrew.active)
    recorder.add(gauges.vus_max, theCrew.size)
    if (needs !== undefined) recorder.add(gauges.idlers, chatmail.idlers)
    strain.gauge()
  }
  const timer = setInterval(() => {
    // A second is enough for gauges.
    if (performance.now() - gauged >= 1_000) gauge()
    handOverSamples()
  }, handOver)
  void run.over.then(() => {
    clearInterval(timer)
    strain.end()
    // A few milliseconds are no measure of how busy a thread was.
    if (performance.now() - gauged >= 500) gauge()
    handOverSamples()
    tell({ kind: 'over', interrupted: theCrew.interrupted })
  })
}

function handOverSamples(): void {
  for (const [message, count] of thrown) tell({ kind: 'threw', message, count })
  thrown.clear()
  const batch = recorder.take(timeNow())
  if (batch !== undefined)
    parentPort?.postMessage({ kind: 'batch', batch } satisfies FromThread, [batch.samples.buffer])
}

type Hook = (data?: unknown) => unknown

let hostExports: ScenarioExports = {}

async function answer(message: ToThread): Promise<void> {
  switch (message.kind) {
    case 'prepare':
      return attempt('load', () => prepare(message))
    case 'setup':
      return attempt('setup', async () => {
        const data: unknown = await (hostExports.setup as Hook)()
        // Each virtual user gets its own copy, as in k6; what is no JSON is lost.
        tell({ kind: 'setup-done', data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)) })
      })
    case 'begin':
      return attempt('thread', async () => begin(message.at, message.setupData))
    case 'stop':
      run?.stop()
      return
    case 'teardown':
      return attempt('teardown', async () => {
        await (hostExports.teardown as Hook)(message.setupData)
        handOverSamples()
        tell({ kind: 'teardown-done' })
      })
    case 'summarize':
      tell({ kind: 'summarized', summary: await summaryOf(message.data) })
      return
  }
}

/** Never the end of a run: what was measured is worth more than how it is told. */
async function summaryOf(data: unknown): Promise<OwnSummary> {
  try {
    return { texts: readTexts(await (hostExports.handleSummary as Hook)(data)) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

async function attempt(
  what: Extract<FromThread, { kind: 'failed' }>['what'],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    tell({ kind: 'failed', what, message, ...(stack === undefined ? {} : { stack }) })
  }
}

parentPort?.on('message', (message: ToThread) => void answer(message))
await attempt('load', async () => {
  const { exports } = await newUser(host)
  hostExports = exports
  options = exports.options
  const functions = Object.keys(exports).filter((name) => typeof exports[name] === 'function')
  handOverSamples()
  tell({ kind: 'loaded', options: JSON.parse(JSON.stringify(options ?? {})), functions, needs })
})
