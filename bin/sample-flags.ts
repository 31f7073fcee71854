// How the server's machine is watched, the same for load and capacity: flags are read, samplers opened, and told of in the record.
import type { ServerRecord } from '../harness/result/load-schema.ts'
import { openSampler, parseSampleSource, type Sampler, type SampleSource } from '../harness/sampling/open-sampler.ts'
import { serverRecord } from '../harness/sampling/server-record.ts'
import { UsageError } from './usage-error.ts'

/** As commander gives them. */
export interface RawSampleFlags {
  readonly sample?: string | undefined
  readonly sampleCommand?: string | undefined
  readonly board?: string | undefined
}

export interface SampleOptions {
  readonly source: SampleSource | undefined
  /** The board itself is to be told of. */
  readonly board: boolean
}

/** Throws UsageError. */
export function readSampleFlags({ sample, sampleCommand, board }: RawSampleFlags): SampleOptions {
  if (sample !== undefined && sampleCommand !== undefined) {
    throw new UsageError('--sample and --sample-command exclude each other')
  }
  if (board !== undefined && board !== 'pi') throw new UsageError(`--board: the only kind is pi, got "${board}"`)
  if (sampleCommand !== undefined) {
    return { source: { kind: 'command', command: sampleCommand }, board: board !== undefined }
  }
  const source = sample === undefined ? undefined : parseSampleSource(sample)
  if (sample !== undefined && source === undefined) {
    throw new UsageError(
      `--sample: "${sample}" is no source`,
      'wanted ssh:USER@HOST, local:PID[,PID] or http://HOST:9100/metrics',
    )
  }
  if (board !== undefined && source?.kind !== 'ssh') {
    throw new UsageError('--board pi looks at the board over SSH', 'add --sample ssh:USER@HOST')
  }
  return { source, board: board !== undefined }
}

/** Milliseconds in which a sampler should have told something, so that a run has a before. */
const firstWord = 5_000

/** Started, and given a moment for its first word; whether it has any to say is its own affair. */
export async function startSampler(
  source: SampleSource | undefined,
  signal: AbortSignal,
): Promise<Sampler | undefined> {
  if (source === undefined) return undefined
  const sampler = await openSampler(source)
  const until = performance.now() + firstWord
  while (sampler.readings().length === 0 && performance.now() < until && !signal.aborted) {
    // It told nothing and never will.
    if (sampler.notes().length > 1) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return sampler
}

/** Milliseconds, to see how warm a board is afterwards. */
const lastWord = 1_500

/** What it saw of a run that has just ended after so many seconds; undefined without a sampler. */
export async function watchedBy(
  sampler: Sampler | undefined,
  { board }: SampleOptions,
  seconds: number,
): Promise<ServerRecord | undefined> {
  if (sampler === undefined) return undefined
  const ended = performance.now()
  if (board) await new Promise((resolve) => setTimeout(resolve, lastWord))
  return serverRecord(sampler, ended - 1_000 * seconds, ended, board)
}
