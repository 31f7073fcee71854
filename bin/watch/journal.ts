// The journal of a watch: one JSON object a line, on disk before it counts. A line that a crash tore is left out when it is read.
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { takeLock } from '../../harness/host/process-lock.ts'
import { type Entry, entry } from '../../harness/watch/round.ts'
import { UsageError } from '../usage-error.ts'

export interface Journal extends AsyncDisposable {
  /** Resolves when the disk has it. */
  add(entry: Entry): Promise<void>
}

/** What is in the folder so far, and the journal to go on with. Throws UsageError when another watch works there. */
export async function openJournal(folder: string): Promise<{ journal: Journal; entries: readonly Entry[] }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = join(folder, 'watch.pid')
  // Two watches over one folder would tell everything twice.
  const other = await takeLock(lock)
  if (other !== undefined)
    throw new UsageError(`another watch works in ${folder} (process ${other})`, 'stop it, or choose another --folder')
  const path = join(folder, 'journal.jsonl')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const file = await open(path, 'a', 0o600)
  // A torn line must not swallow the next one.
  if (text !== '' && !text.endsWith('\n')) await file.write('\n')
  return {
    entries: text.split('\n').flatMap(parse),
    journal: {
      async add(one) {
        await file.appendFile(`${JSON.stringify(one)}\n`)
        await file.datasync()
      },
      async [Symbol.asyncDispose]() {
        await file.close()
        await rm(lock, { force: true })
      },
    },
  }
}

function parse(line: string): Entry[] {
  if (line === '') return []
  try {
    const read = entry.safeParse(JSON.parse(line))
    return read.success ? [read.data] : []
  } catch {
    return []
  }
}
