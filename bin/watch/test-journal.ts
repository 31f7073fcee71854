// What a watch over a test world has written down. For tests.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Entry, entry, type Round } from '../../harness/watch/round.ts'
import type { World } from './test-world.ts'

export const journalOf = async ({ folder }: World): Promise<Entry[]> =>
  (await readFile(join(folder, 'watch', 'journal.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => entry.parse(JSON.parse(line)))

export const roundsOf = (entries: readonly Entry[], host: string): readonly Round[] =>
  entries.filter((one): one is Round => one.kind === 'round' && one.host === host)
