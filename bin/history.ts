// Results of the last runs, kept in the user's state folder so that `report last` needs no second run.
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../harness/discovery/private-files.ts'
import { stateDirectory } from '../harness/discovery/state-directory.ts'
import type { Result } from '../harness/result/schema.ts'
import { NotAResult, readResult, renderJson } from '../reports/json.ts'
import type { Io } from './io.ts'
import { readTextFile } from './read-file.ts'
import { UsageError } from './usage-error.ts'

const kept = 50

/** Writes the result beside those of earlier runs and drops the oldest beyond 50. The path of the new file. */
export async function keepRun(result: Result, env: Io['env']): Promise<string> {
  const folder = runsFolder(env)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const host = (result.hosts[0]?.label ?? 'none').replace(/[^A-Za-z0-9.-]+/g, '_').slice(0, 60)
  const file = join(folder, `${result.started.replace(/[^0-9TZ]/g, '')}-${process.pid}-${host}.json`)
  await replaceFile(file, renderJson(result), { flush: false })
  const names = await runNames(folder)
  for (const name of names.slice(0, Math.max(0, names.length - kept))) await rm(join(folder, name), { force: true })
  return file
}

/** The result in a file, or of the latest run for `last`. Throws UsageError. */
export async function readKept(file: string, io: Io, named = 'report'): Promise<Result> {
  const path = file === 'last' ? await latest(io.env) : file
  const text = await readTextFile(path, io.cwd, named)
  try {
    return readResult(text)
  } catch (cause) {
    if (cause instanceof NotAResult) throw new UsageError(`${path} is not a result of chatmail-check: ${cause.message}`)
    throw cause
  }
}

/** Those that were kept, the oldest first. What cannot be read is left out: a later version may have written it. */
export async function keptRuns(env: Io['env']): Promise<readonly Result[]> {
  const folder = runsFolder(env)
  const results: Result[] = []
  for (const name of await runNames(folder)) {
    try {
      results.push(readResult(await readFile(join(folder, name), 'utf8')))
    } catch (error) {
      if (!(error instanceof NotAResult) && !(error instanceof Error && 'code' in error)) throw error
    }
  }
  return results
}

async function latest(env: Io['env']): Promise<string> {
  const folder = runsFolder(env)
  const name = (await runNames(folder)).at(-1)
  if (name === undefined) throw new UsageError('no run is kept yet', 'check a host first: chatmail-check HOST')
  return join(folder, name)
}

const runsFolder = (env: Io['env']): string => join(stateDirectory(env), 'runs')

/** Oldest first: names begin with the time. */
async function runNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).sort()
}
