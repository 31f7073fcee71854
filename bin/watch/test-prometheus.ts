// A real Prometheus that scrapes a watch each second, and what our documentation says that it can be asked. For tests.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const docs = join(import.meta.dirname, '../../docs')

export interface Series {
  readonly metric: Readonly<Record<string, string>>
  /** Seconds and value. */
  readonly values: readonly (readonly [number, number])[]
}

interface Prometheus extends AsyncDisposable {
  /** What the expression is now, or was every five seconds of the last `seconds`. Throws when it is not understood. */
  ask(expression: string, seconds?: number): Promise<readonly Series[]>
}

interface Answer {
  readonly status: string
  readonly error?: string
  readonly data?: {
    readonly result: readonly {
      readonly metric: Record<string, string>
      readonly value?: [number, string]
      readonly values?: [number, string][]
    }[]
  }
}

export const hasPrometheus = (): boolean =>
  ['prometheus', 'promtool'].every((program) => spawnSync(program, ['--version']).error === undefined)

/** `origin`: ADDR:PORT of the watch. Files go into `folder`. */
export async function openPrometheus(folder: string, origin: string): Promise<Prometheus> {
  const config = join(folder, 'prometheus.yml')
  await writeFile(
    config,
    `scrape_configs:\n  - job_name: watch\n    scrape_interval: 1s\n    static_configs: [{ targets: ['${origin}'] }]\n`,
  )
  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'tsdb')}`]
  const child = spawn('prometheus', [...flags, '--web.listen-address=127.0.0.1:0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const place = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      text += more
      const [, found] = /msg="Listening on" address=(\S+)/.exec(text) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('close', () => reject(new Error(`Prometheus ended: ${text}`)))
  })
  return {
    async ask(expression, seconds) {
      const now = Date.now() / 1_000
      const span = seconds === undefined ? {} : { start: `${now - seconds}`, end: `${now}`, step: '5' }
      const path = seconds === undefined ? 'query' : 'query_range'
      const response = await fetch(
        `http://${place}/api/v1/${path}?${new URLSearchParams({ query: expression, ...span })}`,
      )
      const { status, error, data } = (await response.json()) as Answer
      if (status !== 'success') throw new Error(`${expression}: ${error}`)
      return (data?.result ?? []).map(({ metric, value, values }) => ({
        metric,
        values: (values ?? (value ? [value] : [])).map(([at, text]) => [at, Number(text)] as const),
      }))
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'close')
    },
  }
}

/** The metrics that docs/watch.md lists. */
export async function documentedMetrics(): Promise<readonly string[]> {
  const page = await readFile(join(docs, 'watch.md'), 'utf8')
  return [...page.matchAll(/^\| `(chatmail_\w+)`/gm)].map(([, name = '']) => name)
}

/** Those of a full run, which docs/results.md lists. */
export async function documentedRunMetrics(): Promise<readonly string[]> {
  const page = await readFile(join(docs, 'results.md'), 'utf8')
  const [, table = ''] = /^\| `chatmail_check_\.\.\.` \|.*\n\| --- .*\n((?:\|.*\n)+)/m.exec(page) ?? []
  const names = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)\{/g)])
  return names.map(([, name = '']) => `chatmail_check_${name}`)
}

interface Panel {
  readonly id: number
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly datasource: { readonly uid: string }
  readonly targets: readonly {
    readonly expr: string
    readonly refId: string
    readonly instant?: boolean
    readonly datasource: { readonly uid: string }
  }[]
}

interface Dashboard {
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] }
}

export async function readDashboard(): Promise<Dashboard> {
  return JSON.parse(await readFile(join(docs, 'watch/grafana-dashboard.json'), 'utf8')) as Dashboard
}
