// What can be wrong with a data folder, in words for its owner. Thrown by storage/open.ts, shown by `serve`.

type StorageTrouble =
  /** This Node has no SQLite. */
  | 'unsupported'
  /** Another process has it open. */
  | 'in-use'
  | 'no-rights'
  /** Made by a newer program. */
  | 'newer'
  /** Not ours, or damaged. */
  | 'broken'
  | 'full'

export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageTrouble
  /** What to do. */
  readonly hint: string

  constructor(code: StorageTrouble, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.hint = hint
  }
}

/** SQLite's primary result codes that have an answer. */
const byResultCode: Readonly<Record<number, StorageTrouble>> = {
  3: 'no-rights',
  5: 'in-use',
  8: 'no-rights',
  11: 'broken',
  13: 'full',
  14: 'no-rights',
  26: 'broken',
}

const words: Readonly<Record<Exclude<StorageTrouble, 'unsupported' | 'newer'>, readonly [string, string]>> = {
  'in-use': ['is used by another process', 'stop that one, or take another folder'],
  'no-rights': ['cannot be read and written', 'look at the owner and the rights of the folder and of what is in it'],
  broken: [
    'holds a mail.sqlite that cannot be read',
    'move mail.sqlite and mail.sqlite-wal away to begin anew, or put a copy of both back',
  ],
  full: ['has no room left', 'make room on the disk'],
}

/** An error of SQLite or of the file system as one of ours; anything else stays what it is. */
export function explainFolder(folder: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? error.code : undefined
  const result = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0
  const trouble =
    code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST'
      ? 'no-rights'
      : code === 'ENOSPC'
        ? 'full'
        : byResultCode[result]
  if (trouble === undefined || trouble === 'unsupported' || trouble === 'newer') return error
  const [what, hint] = words[trouble]
  return new StorageError(trouble, `${folder} ${what}: ${error.message}`, hint, error)
}
