// Where a watch shows what it knows: files in its folder, a textfile for node_exporter, and a small server for Prometheus and
// browsers. Used by the watch.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Result } from '../../harness/result/schema.ts'
import { slugOf } from '../../harness/result/slug.ts'
import type { Ledger } from '../../harness/watch/ledger.ts'
import { renderHtml } from '../../reports/html/html.ts'
import { renderWatchPage } from '../../reports/html/watch-page.ts'
import { readResult, renderJson } from '../../reports/json.ts'
import type { Language } from '../../reports/language/language.ts'
import { renderWatchMetrics } from '../../reports/watch-metrics.ts'
import { listenTrouble } from '../listen-trouble.ts'
import { reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { toolVersion } from '../version.ts'
import { writeWhole } from '../write-whole.ts'
import type { Listen } from './watch-options.ts'

export interface Publication {
  /** The latest full runs, by host. */
  readonly results: ReadonlyMap<string, Result>
  /** A full run has ended. */
  keep(host: string, result: Result): Promise<void>
  /** Writes page and metrics anew. */
  show(ledger: Ledger): Promise<void>
}

export async function openPublication(
  folder: string,
  hosts: readonly string[],
  textfile: string | undefined,
  language: Language,
): Promise<Publication> {
  const results = new Map<string, Result>()
  for (const host of hosts) {
    const result = await readFile(join(folder, fileOf(host, 'json')), 'utf8').then(readResult, () => undefined)
    if (result !== undefined) results.set(host, result)
  }
  return {
    results,
    async keep(host, result) {
      results.set(host, result)
      await writeWhole(join(folder, fileOf(host, 'json')), renderJson(result), 0o600)
      await writeWhole(join(folder, fileOf(host, 'html')), renderHtml(result, language), 0o600)
    },
    async show(ledger) {
      const metrics = renderWatchMetrics(ledger, [...results.values()])
      await writeWhole(join(folder, 'metrics.prom'), metrics, 0o600)
      if (textfile !== undefined) await writeWhole(textfile, metrics)
      const shown = {
        ledger,
        now: new Date().toISOString(),
        version: toolVersion(),
        reportOf: (host: string) => (results.has(host) ? fileOf(host, 'html') : undefined),
      }
      const page = renderWatchPage(shown, language)
      await writeWhole(join(folder, 'index.html'), page, 0o600)
    },
  }
}

const fileOf = (host: string, extension: string): string => `${slugOf(host)}.${extension}`

const types = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  prom: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const

/** Serves the files of the folder that the watch makes, and no others. Throws UsageError when the address cannot be had. */
export async function serveFolder(
  folder: string,
  hosts: readonly string[],
  { address, port }: Listen,
): Promise<{ readonly port: number } & AsyncDisposable> {
  const files = new Map([
    ['/', 'index.html'],
    ['/metrics', 'metrics.prom'],
    ...hosts.flatMap((host) =>
      (['html', 'json'] as const).map((kind) => [`/${fileOf(host, kind)}`, fileOf(host, kind)] as const),
    ),
  ])
  const answer = async ({ method, url = '' }: IncomingMessage, response: ServerResponse) => {
    const file = files.get(url.replace(/\?.*$/, ''))
    if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    const content = file === undefined ? undefined : await readFile(join(folder, file)).catch(() => undefined)
    if (file === undefined || content === undefined) return void response.writeHead(404).end('not here\n')
    const type = types[file.slice(file.lastIndexOf('.') + 1) as keyof typeof types]
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Length': content.length,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    })
    response.end(method === 'HEAD' ? undefined : content)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.requestTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new UsageError(`--listen: ${listenTrouble(cause) ?? reasonOf(cause)}`, 'choose another address or port', {
          cause,
        }),
      ),
    )
    server.listen({ host: address, port }, resolve)
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
