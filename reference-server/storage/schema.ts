// The tables of mail.sqlite. Used when it is opened.
import type { DatabaseSync } from 'node:sqlite'
import { StorageError } from './errors.ts'

/** Goes up with every change of the tables; a newer file is refused. */
const schemaVersion = 1
/** "cmck": tells our files from those of other programs. */
const applicationId = 0x636d636b

// Bodies lie apart: at the start all messages are listed, and no body is read.
const tables = `
CREATE TABLE accounts (
  address TEXT PRIMARY KEY, store INTEGER NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL,
  created INTEGER NOT NULL, last_login INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE stores (id INTEGER PRIMARY KEY, next_validity INTEGER NOT NULL, subscriptions TEXT NOT NULL);
CREATE TABLE metadata (store INTEGER, key TEXT, entries TEXT NOT NULL, PRIMARY KEY (store, key)) WITHOUT ROWID;
CREATE TABLE mailboxes (
  store INTEGER, validity INTEGER, name TEXT NOT NULL, uid_next INTEGER NOT NULL, modseq INTEGER NOT NULL,
  recent_from INTEGER NOT NULL, PRIMARY KEY (store, validity)
) WITHOUT ROWID;
CREATE TABLE messages (
  store INTEGER, validity INTEGER, uid INTEGER, size INTEGER NOT NULL, internal_date INTEGER NOT NULL,
  saved INTEGER NOT NULL, modseq INTEGER NOT NULL, flags TEXT NOT NULL, body INTEGER NOT NULL,
  PRIMARY KEY (store, validity, uid)
) WITHOUT ROWID;
CREATE TABLE bodies (id INTEGER PRIMARY KEY, octets BLOB NOT NULL);
CREATE TABLE records (number INTEGER PRIMARY KEY, shelf TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,
  UNIQUE (shelf, name));
`

/** Makes the tables in a new file, and refuses what is not ours or newer. */
export function prepareTables(db: DatabaseSync, folder: string): void {
  const pragma = (name: string) => Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
  const version = pragma('user_version')
  const isNew = version === 0 && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
  if (isNew) {
    const numbers = `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion};`
    db.exec(`BEGIN; ${tables} ${numbers} COMMIT`)
    return
  }
  if (pragma('application_id') !== applicationId) {
    throw new StorageError('broken', `${folder} holds a mail.sqlite of another program`, 'take another folder')
  }
  if (version > schemaVersion) {
    const said = `${folder} was written by a newer chatmail-check (version ${version} of the tables, this one knows ${schemaVersion})`
    throw new StorageError('newer', said, 'use the newer one, or take another folder')
  }
}
