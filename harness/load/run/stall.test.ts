// A server that stands still for two of eight seconds, in a process of its own: what is counted from when messages were due shows
// it, what is counted from when they were sent does not.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReference } from '../../../reference-server/index.ts'
import type { PeerReady } from '../../clients/bench/peer.ts'
import type { Host } from '../../host/host.ts'
import { runLoad } from './run.ts'

let server: ChildProcess
let host: Host
let close: () => Promise<void>
beforeAll(async () => {
  server = fork(new URL('../../clients/bench/peer.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const [{ domain, imaps, submissions, ca }] = (await once(server, 'message')) as [PeerReady]
  const reference = await startReference()
  close = () => reference.close()
  const { endpoints, ...here } = reference.host()
  if (endpoints.imaps === undefined || endpoints.submissions === undefined) throw new Error('no endpoints')
  host = {
    ...here,
    domain,
    endpoints: {
      imaps: { ...endpoints.imaps, name: domain, port: imaps },
      submissions: { ...endpoints.submissions, name: domain, port: submissions },
    },
    trust: { mode: 'ca', ca: [ca] },
  }
})
afterAll(async () => {
  server.kill('SIGKILL')
  await close()
})

test('a stall shows where messages are counted from when they were due', { timeout: 90_000 }, async () => {
  let frozen = false
  const outcome = await runLoad({
    url: new URL('../../../scenarios/steady.ts', import.meta.url).href,
    host,
    consent: { addresses: [] },
    flags: { rate: 200, duration: '8s', vus: 120 },
    env: { MESSAGES: '10', EVERY: '150', PATIENCE: '10000' },
    threads: 1,
    signal: new AbortController().signal,
    say: () => {},
    onBudget: () => {},
    onMoment(_, elapsed) {
      if (frozen || elapsed < 3_000) return
      frozen = true
      server.kill('SIGSTOP')
      setTimeout(() => server.kill('SIGCONT'), 2_000)
    },
  })
  const { metrics, series, errors } = outcome
  expect(errors).toEqual([])
  expect(metrics.messages_received?.values.count).toBe(1_600)
  const p90 = (name: string) => metrics[name]?.values['p(90)'] ?? 0
  // Two of eight seconds: the tenth part waited longest, for some 1.2 s and more.
  expect(p90('delivery_duration')).toBeGreaterThan(900)
  expect(p90('delivery_duration_closed')).toBeLessThan(p90('delivery_duration') / 2)
  // While it stood still messages went on being due, and nothing arrived.
  const still = series.points[4]
  expect(still?.received).toBeLessThan(20)
  expect(still?.due).toBeGreaterThan(100)
})
