// What programs nobody here wrote make of the metrics of a watch, of its units and of its dashboard: promtool, Prometheus, systemd.
import { execFileSync, spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { main } from '../main.ts'
import { documentedMetrics, hasPrometheus, openPrometheus, readDashboard } from './test-prometheus.ts'
import { openWorld } from './test-world.ts'

const files = join(import.meta.dirname, '../../docs/watch')
const has = (program: string) => spawnSync(program, ['--version']).error === undefined

describe('metrics of a watch', { timeout: 90_000 }, () => {
  it('are scraped by Prometheus, every documented one, and the dashboard finds them', async ({ skip }) => {
    if (!hasPrometheus()) return skip('prometheus is not installed')
    await using world = await openWorld()
    await world.serve('a.test', '127.0.0.45')
    await world.serve('b.test', '127.0.0.46')
    const signals = new EventEmitter()
    let out = ''
    const operated = ['a.test', 'b.test'].flatMap((host) => ['--i-operate', host])
    const places = ['--dns', world.dns, '--ca', world.ca, '--folder', join(world.folder, 'watch')]
    const full = ['--profile', 'quick', '--only', 'imap/selects-inbox']
    const watching = main(
      ['watch', 'a.test', 'b.test', '--every', '1s', '--listen', '127.0.0.1:0', ...full, ...operated, ...places],
      {
        stdout: { write: (text) => (out += text) },
        stderr: { write: (text) => (out += text) },
        env: { XDG_STATE_HOME: join(world.folder, 'state') },
        cwd: world.folder,
        signals,
        exit: (code) => expect.unreachable(`exit ${code}`),
      },
    )
    await vi.waitFor(() => expect(out.match(/full run:/g)).toHaveLength(2), { timeout: 40_000 })
    const origin = /http:\/\/(127\.0\.0\.1:\d+)/.exec(out)?.[1] ?? ''
    const metrics = await (await fetch(`http://${origin}/metrics`)).text()
    // The linter reads the older format, in which our texts are comments but for the end mark.
    const linted = spawnSync('promtool', ['check', 'metrics'], { input: metrics, encoding: 'utf8' })
    expect([linted.status, linted.stderr]).toEqual([0, ''])

    const prometheus = await openPrometheus(world.folder, origin)
    try {
      const documented = await documentedMetrics()
      expect(documented.length).toBeGreaterThan(6)
      const shown = (await readDashboard()).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
      await vi.waitFor(
        async () => {
          for (const query of [...documented, ...shown]) expect(await prometheus.ask(query), query).not.toEqual([])
        },
        { timeout: 25_000, interval: 500 },
      )
      for (const name of documented) expect(shown.join(' '), 'is on the dashboard').toContain(name)
    } finally {
      await prometheus[Symbol.asyncDispose]()
      signals.emit('SIGINT')
      await watching
    }
  })
})

describe('the dashboard', () => {
  it('has panels that Grafana can tell apart and place, over the data source that its reader chooses', async () => {
    const { panels, templating } = await readDashboard()
    const source = `\${${templating.list.find(({ type }) => type === 'datasource')?.name}}`
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => [x + (n % w), y + Math.floor(n / w)] as const),
    )
    for (const [column] of cells) expect(column).toBeLessThan(24)
    expect(new Set(cells.map(String)).size, 'no two panels over each other').toBe(cells.length)
    for (const { title, targets, datasource } of panels) {
      for (const { uid } of [datasource, ...targets.map((target) => target.datasource)]) expect(uid, title).toBe(source)
      expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length)
    }
  })
})

describe('the systemd units', () => {
  it('are understood by systemd', ({ skip }) => {
    if (!has('systemd-analyze')) return skip('systemd is not installed')
    const units = ['chatmail-check-watch.service', 'chatmail-check-once.service', 'chatmail-check-once.timer']
    const out = spawnSync('systemd-analyze', ['verify', ...units.map((unit) => join(files, unit))], {
      encoding: 'utf8',
    })
    const complaints = out.stderr
      .split('\n')
      .filter((line) => line.includes('chatmail-check') && !line.includes('is not executable'))
    expect(complaints).toEqual([])
  })

  it('name flags that exist', async () => {
    for (const unit of ['chatmail-check-watch.service', 'chatmail-check-once.service']) {
      const text = await readFile(join(files, unit), 'utf8')
      const [, line = ''] = /^ExecStart=\S+ (.*)$/m.exec(text) ?? []
      const help = execFileSync(
        process.execPath,
        [join(import.meta.dirname, '../chatmail-check.js'), 'watch', '--help'],
        {
          encoding: 'utf8',
        },
      )
      for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(help).toContain(flag)
    }
  })
})
