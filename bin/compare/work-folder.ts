// What a comparison keeps: the record of each host, so that one that was stopped goes on, and the history of its runs. The folder is
// private: records in it are whole. Used by the compare command.
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { stateDirectory } from '../../harness/discovery/state-directory.ts'
import { bandName, pairing } from '../../harness/result/comparison.ts'
import { result } from '../../harness/result/schema.ts'
import { slugOf } from '../../harness/result/slug.ts'
import type { Io } from '../io.ts'
import { readTextFileIfThere } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { writeWhole } from '../write-whole.ts'

const round = z.object({
  /** What was asked for: another command line begins anew. */
  of: z.string(),
  started: z.string(),
  seed: z.number(),
  finished: z.boolean(),
})

const entry = z.object({
  label: z.string(),
  /** `started` of the round that it belongs to. */
  round: z.string(),
  state: z.enum(['checked', 'unreached', 'opted-out']),
  reason: z.string().optional(),
  result: result.optional(),
})

const history = z.record(
  z.string(),
  z.array(
    z.object({
      at: z.string(),
      conformance: bandName,
      speed: bandName,
      /** Failing checks with security impact: for how long each has been known decides when it may be named. */
      holes: z.array(z.string()),
    }),
  ),
)

const keptPairs = z.object({ round: z.string(), pairing })

export type Round = z.infer<typeof round>
export type Entry = z.infer<typeof entry>
export type History = z.infer<typeof history>
type KeptPairs = z.infer<typeof keptPairs>

export interface WorkFolder {
  readonly path: string
  round(): Promise<Round | undefined>
  keepRound(round: Round): Promise<void>
  entry(label: string): Promise<Entry | undefined>
  keepEntry(entry: Entry): Promise<void>
  history(): Promise<History>
  keepHistory(history: History): Promise<void>
  pairs(): Promise<KeptPairs | undefined>
  keepPairs(pairs: KeptPairs): Promise<void>
}

/** `--work DIR`, or a folder of the user's state that belongs to the site, or to these hosts. */
export function workPath(given: string | undefined, belongsTo: string, io: Pick<Io, 'cwd' | 'env'>): string {
  if (given !== undefined) return resolve(io.cwd, given)
  const name = createHash('sha256').update(belongsTo).digest('hex').slice(0, 12)
  return join(stateDirectory(io.env), 'compare', name)
}

/** Reading throws UsageError for a file that is damaged: nothing is written over it. */
export function openWork(path: string): WorkFolder {
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const text = await readTextFileIfThere(join(path, name), '/', 'compare')
    if (text === undefined) return undefined
    try {
      return schema.parse(JSON.parse(text))
    } catch (cause) {
      throw new UsageError(
        `${join(path, name)} is damaged, and is left as it is`,
        'put a copy back, or move it away to begin anew',
        { cause },
      )
    }
  }
  const write = async (name: string, value: unknown): Promise<void> => {
    try {
      await writeWhole(join(path, name), `${JSON.stringify(value)}\n`, 0o600)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new UsageError(`cannot keep the comparison in ${path}: ${why}`, '--work DIR names another folder', {
        cause,
      })
    }
  }
  const fileOf = (label: string): string => join('hosts', `${slugOf(label)}.json`)
  return {
    path,
    round: () => read('round.json', round),
    keepRound: (value) => write('round.json', value),
    entry: (label) => read(fileOf(label), entry),
    keepEntry: (value) => write(fileOf(value.label), value),
    history: async () => (await read('history.json', history)) ?? {},
    keepHistory: (value) => write('history.json', value),
    pairs: () => read('pairs.json', keptPairs),
    keepPairs: (value) => write('pairs.json', value),
  }
}
