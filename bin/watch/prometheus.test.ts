// What programs nobody here wrote make of the metrics of a watch, of its units and of its dashboard: promtool, Prometheus, systemd.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { main } from '../main.ts'
import { openWorld } from './test-world.ts'

const files = join(import.meta.dirname, '../../docs/watch')
const has = (program: string) => spawnSync(program, ['--version']).error === undefined

interface Panel {
  readonly title: string
  readonly targets: readonly { readonly expr: string }[]
}

describe('metrics of a watch', { timeout: 90_000 }, () => {
  it('are scraped by Prometheus, every documented one, and the dashboard finds them', async ({ skip }) => {
    if (!has('prometheus') || !has('promtool')) return skip('prometheus is not installed')
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

    const config = join(world.folder, 'prometheus.yml')
    await writeFile(
      config,
      `scrape_configs:\n  - job_name: watch\n    scrape_interval: 1s\n    static_configs: [{ targets: ['${origin}'] }]\n`,
    )
    const port = 20_000 + (process.pid % 20_000)
    const prometheus = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(world.folder, 'tsdb')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    )
    try {
      const ask = async (expression: string): Promise<readonly unknown[]> => {
        const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`
        const answer = (await (await fetch(url)).json()) as { status: string; data: { result: unknown[] } }
        expect(answer.status, expression).toBe('success')
        return answer.data.result
      }
      const documented = [...(await readFile(join(files, '../watch.md'), 'utf8')).matchAll(/^\| `(chatmail_\w+)`/gm)]
      expect(documented.length).toBeGreaterThan(6)
      const dashboard = JSON.parse(await readFile(join(files, 'grafana-dashboard.json'), 'utf8')) as {
        panels: readonly Panel[]
      }
      const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
      await vi.waitFor(
        async () => {
          for (const [, name = ''] of documented) expect(await ask(name), name).not.toEqual([])
          for (const expression of shown) expect(await ask(expression), expression).not.toEqual([])
        },
        { timeout: 25_000, interval: 500 },
      )
      for (const [, name = ''] of documented) expect(shown.join(' '), 'is on the dashboard').toContain(name)
    } finally {
      prometheus.kill('SIGTERM')
      await once(prometheus, 'close')
      signals.emit('SIGINT')
      await watching
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
