// Opens the folder of `serve --data`: a private SQLite file, for one process at a time, safe against a kill at any moment.
import { chmod, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { explainFolder, StorageError } from './errors.ts'
import { prepareTables } from './schema.ts'
import { createSqliteStorage, type DataFolderOptions } from './sqlite.ts'
import type { Storage } from './types.ts'

export type { DataFolderOptions }

/** Throws StorageError. */
export async function openDataFolder(folder: string, options: DataFolderOptions): Promise<Storage> {
  const { DatabaseSync: Database } = await loadSqlite()
  let db: DatabaseSync | undefined
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'mail.sqlite')
    // SQLite gives the files beside it the same rights: they must be narrow before it comes.
    await (await open(file, 'a', 0o600)).close()
    await chmod(file, 0o600)
    db = new Database(file)
    // Exclusive: the lock against a second process, which the system takes back from a killed one.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL')
    // FULL: a commit returns when the disk has it.
    db.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT')
    prepareTables(db, folder)
    return createSqliteStorage(db, folder, options)
  } catch (error) {
    db?.close()
    throw explainFolder(folder, error)
  }
}

async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  try {
    return await import('node:sqlite')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ERR_UNKNOWN_BUILTIN_MODULE') throw error
    const said = `keeping mail on disk needs Node 22.13 or newer, this is ${process.version}`
    throw new StorageError('unsupported', said, 'take a newer Node, or keep mail in memory', error)
  }
}
