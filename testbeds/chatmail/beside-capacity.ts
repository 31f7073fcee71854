// A search for the capacity of chat-a.test, coarser and shorter than that of the command line unless told otherwise, and what gave
// way. Run by `chatmail.sh enter`; FOLDER is that of the testbed, SEARCH is JSON. Prints its outcome as a line of JSON.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { whatGaveWay } from '../../harness/capacity/gave-way.ts'
import { runCapacity } from '../../harness/capacity/run-capacity.ts'
import { defaultSearch, type SearchOptions } from '../../harness/capacity/search.ts'
import { memoryAccountStore } from '../../harness/discovery/account-memory.ts'
import { defaultPolicy, localTiming, unlimitedBudget } from '../../harness/host/defaults.ts'
import type { Endpoint, Host } from '../../harness/host/host.ts'
import { openSampler } from '../../harness/sampling/open-sampler.ts'

const { FOLDER = '', SEARCH = '{}' } = process.env
const { seconds = 6, ...search } = JSON.parse(SEARCH) as Partial<SearchOptions> & { seconds?: number }

const domain = 'chat-a.test'
const address = '10.77.0.11'
const endpoint = (service: Endpoint['service'], port: number): Endpoint => {
  return { service, security: 'tls', name: domain, address, port }
}
const nobody = () => Promise.reject(new Error('no names are looked up'))
const host: Host = {
  label: domain,
  domain,
  endpoints: { imaps: endpoint('imaps', 993), submissions: endpoint('submissions', 465) },
  candidates: [],
  trust: { mode: 'ca', ca: [readFileSync(path.join(FOLDER, 'ca.pem'), 'utf8')] },
  resolver: { addresses: nobody } as unknown as Host['resolver'],
  timing: { ...localTiming, reply: 20_000 },
  budget: unlimitedBudget,
  policy: defaultPolicy,
  powers: {},
  accounts: memoryAccountStore(),
  notes: [],
}
const relay = execFileSync('pgrep', ['-o', '-f', `unshare.*relay.sh ${FOLDER}/a `], { encoding: 'utf8' }).trim()
await using sampler = await openSampler({ kind: 'local', pids: [Number(relay)] })
const outcome = await runCapacity({
  url: new URL('../../scenarios/steady.ts', import.meta.url).href,
  host,
  consent: { addresses: [address] },
  search: { ...defaultSearch, most: 100, precision: 0.25, confirm: 0, mostSteps: 10, ...search },
  seconds,
  pace: { messages: 5, every: 700 },
  threads: 1,
  probes: { seconds: 0, idle: 0 },
  sampler,
  signal: AbortSignal.timeout(1_400_000),
  say: (text) => process.stderr.write(`${text}\n`),
  onStep: () => {},
  onStepDone: ({ purpose, rate, verdict, why = '' }) =>
    process.stderr.write(`${purpose} ${rate}/s ${verdict} ${why}\n`),
  onMoment: () => {},
})
const gaveWay = whatGaveWay(outcome.ended === 'accounts' ? 'most' : outcome.ended, outcome.steps, true)
process.stdout.write(
  `${JSON.stringify({ bracket: outcome.bracket, ended: outcome.ended, gaveWay, steps: outcome.steps })}\n`,
)
