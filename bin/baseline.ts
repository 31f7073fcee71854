// `--baseline FILE...`: earlier results are read before anything is sent; what got slower is measured again before it counts.
// Used by check and load.
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { compareWithBaseline, confirmSlower, slowdowns } from '../harness/result/baseline.ts'
import type { BaselineRecord } from '../harness/result/baseline-schema.ts'
import type { Result } from '../harness/result/schema.ts'
import { keptRuns, readKept } from './history.ts'
import type { Io } from './io.ts'
import { UsageError } from './usage-error.ts'

/** Files, folders with results in them, or `history` for the runs that were kept. Throws UsageError. */
export async function readBaseline(given: readonly string[], io: Io): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const name of given) {
    if (name === 'history') results.push(...(await keptRuns(io.env)))
    else for (const file of await filesOf(name, io)) results.push(await readKept(file, io, '--baseline'))
  }
  return results
}

async function filesOf(name: string, io: Io): Promise<readonly string[]> {
  const path = resolve(io.cwd, name)
  const known = await stat(path).catch(() => undefined)
  if (known?.isDirectory() !== true) return [name]
  const files = (await readdir(path)).filter((file) => file.endsWith('.json')).sort()
  if (files.length === 0) throw new UsageError(`--baseline: there is no result in the folder ${name}`)
  return files.map((file) => join(path, file))
}

/** `again` measures once more; undefined when it could not. */
export async function withBaseline(
  result: Result,
  earlier: readonly Result[] | undefined,
  again: (suspected: BaselineRecord) => Promise<Result | undefined>,
): Promise<Result> {
  if (earlier === undefined) return result
  const first = compareWithBaseline(result, earlier)
  const suspected = first.gates && result.complete && first.figures.some(({ verdict }) => verdict === 'slower')
  const second = suspected ? await again(first) : undefined
  const baseline = second === undefined ? first : confirmSlower(first, second, earlier)
  const slow = slowdowns(baseline)
  if (slow.length === 0 || ![0, 3].includes(result.gate.exitCode)) return { ...result, baseline }
  const reason = `slower than ${baseline.comparable} earlier runs: ${slow.map(({ figure }) => figure).join(', ')}`
  return { ...result, baseline, gate: { ...result.gate, exitCode: 1, verdict: 'fails', reason } }
}
