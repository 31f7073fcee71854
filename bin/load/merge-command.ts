// `load merge` from arguments to exit code: reads the results of several machines, makes one of them, keeps and renders it.
import { isDeepStrictEqual } from 'node:util'
import { mergeLoad } from '../../harness/load/merge/merge.ts'
import { NotMergeable } from '../../harness/load/merge/mergeable.ts'
import type { LoadRecord } from '../../harness/result/load-schema.ts'
import type { Result } from '../../harness/result/schema.ts'
import { NotAResult, readResult } from '../../reports/json.ts'
import type { Io } from '../io.ts'
import { keepResult } from '../keep-result.ts'
import { type RawOptions, readOptions } from '../options.ts'
import { readTextFile } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { writeReports } from '../write-reports.ts'
import { gateOf } from './load-result.ts'

/** Throws UsageError. */
export async function mergeCommand(files: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  const options = readOptions(raw)
  const results: LoadResult[] = []
  for (const file of files) results.push(await readLoadResult(file, io))
  const merged = mergeResults(results, files)
  await keepResult(merged, io, (text) => void io.stderr.write(`${text}\n`))
  await writeReports(merged, options, io)
  return merged.gate.exitCode
}

type LoadResult = Result & { readonly load: LoadRecord }

async function readLoadResult(file: string, io: Io): Promise<LoadResult> {
  const text = await readTextFile(file, io.cwd, 'load merge')
  let result: Result
  try {
    result = readResult(text)
  } catch (cause) {
    if (!(cause instanceof NotAResult)) throw cause
    throw new UsageError(
      `${file} is not a result of chatmail-check: ${cause.message}`,
      isK6Summary(text) ? 'a summary of k6 has no samples that could be merged' : undefined,
    )
  }
  const { load } = result
  if (load === undefined) throw new UsageError(`${file} is not the result of a load run`)
  return { ...result, load }
}

function isK6Summary(text: string): boolean {
  return /"metrics"\s*:/.test(text) && !/"format"\s*:/.test(text)
}

function mergeResults(results: readonly LoadResult[], files: readonly string[]): Result {
  const [first] = results
  if (first === undefined) throw new UsageError('load merge: which results?')
  for (const [at, result] of results.entries()) demandSameTarget(first, result, files[0] ?? '', files[at] ?? '')
  const load = merged(results.map((result) => result.load))
  const started = results.map((result) => result.started).sort()[0] ?? first.started
  const ends = results.map((result) => Date.parse(result.started) + 1_000 * result.seconds)
  return {
    ...first,
    started,
    seconds: (Math.max(...ends) - Date.parse(started)) / 1_000,
    complete: results.every(({ complete }) => complete),
    hosts: first.hosts.map((host, at) => ({
      ...host,
      spent: added(results.map(({ hosts }) => hosts[at]?.spent ?? {})),
    })),
    load,
    gate: gateOf(load),
  } as Result
}

function merged(records: readonly LoadRecord[]): LoadRecord {
  try {
    return mergeLoad(records)
  } catch (cause) {
    if (cause instanceof NotMergeable) throw new UsageError(`load merge: ${cause.message}`, undefined, { cause })
    throw cause
  }
}

function demandSameTarget(first: Result, other: Result, firstFile: string, otherFile: string): void {
  const differs = (what: string, of: (result: Result) => unknown) => {
    if (isDeepStrictEqual(of(first), of(other))) return
    throw new UsageError(`load merge: ${firstFile} and ${otherFile} are not of one run: ${what} differ`)
  }
  differs('their hosts', ({ hosts }) => hosts.map(({ label, domain }) => [label, domain]))
  differs('their flags', ({ options: { threads: _threads, ...flags } }) => flags)
  differs('the versions of chatmail-check', ({ tool }) => tool.version)
}

function added(spent: readonly Readonly<Record<string, unknown>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const [key, value] of spent.flatMap((one) => Object.entries(one))) {
    if (typeof value === 'number') total[key] = (total[key] ?? 0) + value
  }
  return total
}
