// Opens the sampler that a flag names: over ssh, of processes here, of node_exporter, or a command. Used by load and capacity.
import { readFile } from 'node:fs/promises'
import { Collector, type TimedReading } from './collector.ts'
import { type Program, startProgram } from './line-sampler.ts'
import { readNodeExporter } from './node-exporter.ts'
import { startPolling } from './poll.ts'
import { ProcessWatch } from './processes.ts'
import type { Board } from './reading.ts'

export type SampleSource =
  | { readonly kind: 'ssh'; readonly destination: string }
  | { readonly kind: 'local'; readonly pids: readonly number[] }
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'command'; readonly command: string }

export interface Sampler extends AsyncDisposable {
  /** As a report names it; a command is not told, since it may hold secrets. */
  readonly source: string
  readings(): readonly TimedReading[]
  board(): Board | undefined
  notes(): readonly string[]
}

/** `ssh:USER@HOST`, `local:PID[,PID]`, `http://HOST:9100/metrics`; undefined for anything else. */
export function parseSampleSource(text: string): SampleSource | undefined {
  // What begins with - would be an option of ssh.
  const ssh = /^ssh:([A-Za-z0-9_.@:[\]%][A-Za-z0-9_.@:[\]%-]*)$/.exec(text)?.[1]
  if (ssh !== undefined) return { kind: 'ssh', destination: ssh }
  const pids = /^local:(\d+(?:,\d+)*)$/.exec(text)?.[1]
  if (pids !== undefined) return { kind: 'local', pids: pids.split(',').map(Number) }
  if (/^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text)) return { kind: 'http', url: text }
  return undefined
}

export async function openSampler(source: SampleSource): Promise<Sampler> {
  const collector = new Collector()
  const end = await start(source, collector)
  return {
    source: nameOf(source),
    readings: () => collector.readings,
    board: () => collector.board,
    notes: () => collector.notes(),
    [Symbol.asyncDispose]: end,
  }
}

async function start(source: SampleSource, collector: Collector): Promise<() => Promise<void>> {
  switch (source.kind) {
    case 'ssh':
      return startProgram(await overSsh(source.destination), collector)
    case 'command':
      return startProgram({ file: '/bin/sh', args: ['-c', source.command] }, collector)
    case 'local': {
      const watch = new ProcessWatch(source.pids)
      return startPolling(() => watch.read(), collector)
    }
    case 'http':
      return startPolling((signal) => readNodeExporter(source.url, signal), collector)
  }
}

/** Nothing is asked at the terminal: without a key there are no figures, and a note says why. */
async function overSsh(destination: string): Promise<Program> {
  const options = ['BatchMode=yes', 'ConnectTimeout=10', 'ServerAliveInterval=5', 'ServerAliveCountMax=3']
  return {
    file: 'ssh',
    args: [...options.flatMap((option) => ['-o', option]), '-T', destination, 'sh', '-s'],
    input: await readFile(new URL('./sample.sh', import.meta.url), 'utf8'),
  }
}

function nameOf(source: SampleSource): string {
  switch (source.kind) {
    case 'ssh':
      return `ssh:${source.destination.replace(/^[^@]*@/, '')}`
    case 'local':
      return `processes ${source.pids.join(', ')}`
    case 'http':
      return new URL(source.url).origin
    case 'command':
      return 'a command'
  }
}
