// Two minutes of a watch in a real Prometheus: nothing that the documentation promises is missing at any time, and each panel of the
// dashboard has something to show, asked as Grafana asks.
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { startWatch } from './test-process.ts'
import {
  documentedMetrics,
  documentedRunMetrics,
  hasPrometheus,
  openPrometheus,
  readDashboard,
} from './test-prometheus.ts'
import { openWorld } from './test-world.ts'

const seconds = 120
const hosts = ['a.test', 'b.test'] as const

it(`shows every documented metric for ${seconds} seconds`, { timeout: 400_000 }, async ({ skip }) => {
  if (!hasPrometheus()) return skip('prometheus is not installed')
  await using world = await openWorld()
  for (const [n, host] of hosts.entries()) await world.serve(host, `127.0.0.${49 + n}`)
  const full = ['--profile', 'list', ...['imap/*', 'delivery/*', 'transport/*'].flatMap((only) => ['--only', only])]
  const watch = startWatch(world, ...hosts, '--listen', '127.0.0.1:0', ...full)
  try {
    await watch.says(/full run:/, 2, 240_000)
    const origin = /http:\/\/(127\.0\.0\.1:\d+)/.exec(watch.text)?.[1] ?? ''
    await using prometheus = await openPrometheus(world.folder, origin)
    await vi.waitFor(async () => expect((await prometheus.ask('up == 1')).length).toBe(1), { timeout: 20_000 })
    await delay(seconds * 1_000)

    const ofWatch = await documentedMetrics()
    const ofRuns = await documentedRunMetrics()
    expect([ofWatch.length, ofRuns.length]).toEqual([8, 13])
    const points = seconds / 5
    for (const name of [...ofWatch, ...ofRuns]) {
      // A histogram is three series in Prometheus.
      const asked = name === 'chatmail_check_delivery_seconds' ? `${name}_count` : name
      const series = await prometheus.ask(asked, seconds - 5)
      expect(series.length, name).toBeGreaterThan(0)
      for (const { values } of series) expect(values.length, name).toBeGreaterThanOrEqual(points - 2)
      if (name === 'chatmail_check_watch_untold_events') continue
      expect(new Set(series.map(({ metric }) => metric.host)), name).toEqual(new Set(hosts))
    }
    for (const { title, targets } of (await readDashboard()).panels) {
      for (const { expr, instant } of targets)
        expect(await prometheus.ask(expr, instant ? undefined : seconds), `${title}: ${expr}`).not.toEqual([])
    }

    const only = async (expression: string): Promise<number> =>
      (await prometheus.ask(expression))[0]?.values[0]?.[1] ?? 0
    expect(await only(`min_over_time(up[${seconds}s])`)).toBe(1)
    expect(await only(`count_over_time(up[${seconds}s])`)).toBeGreaterThan(seconds * 0.9)
    expect(await only(`sum(resets(chatmail_check_watch_rounds[${seconds}s]))`)).toBe(0)
    expect(await only(`min(delta(chatmail_check_watch_rounds{outcome="arrives"}[${seconds}s]))`)).toBeGreaterThan(30)
    expect(await only('min(chatmail_check_watch_status{status="up"})')).toBe(1)
  } finally {
    await watch.end('SIGTERM')
  }
})
