// Accounts the user brings (`--accounts FILE`): none is created. Lines "address password", or JSON.
import { readFile, stat } from 'node:fs/promises'
import type { Account, AccountStore } from '../host/account.ts'
import { TargetError } from '../host/target-error.ts'
import { memoryAccountStore } from './account-memory.ts'
import { codeOf } from './private-files.ts'

export interface GivenAccounts {
  /** All accounts of the file, whatever their domain. */
  readonly accounts: readonly Account[]
  readonly notes: readonly string[]
}

const most = 1024 * 1024

/** Throws TargetError `bad-file`; a message about the content names the line. */
export async function readGivenAccounts(path: string): Promise<GivenAccounts> {
  let text: string
  const notes: string[] = []
  try {
    const { mode, size } = await stat(path)
    if (size > most) throw new TargetError('bad-file', `${path}: too long for a list of accounts`)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      notes.push(`${path} holds passwords and can be read by others; chmod 600 would keep them out`)
    }
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof TargetError) throw cause
    const code = codeOf(cause)
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code ?? 'unreadable'})`
    throw new TargetError('bad-file', `--accounts: ${path}: ${why}`, { cause })
  }
  const accounts = parseAccounts(text, path)
  if (accounts.length === 0) throw new TargetError('bad-file', `${path}: holds no account`, { hint })
  return { accounts, notes }
}

/** The accounts of one mail domain. Throws TargetError `bad-file` when there is none. */
export function givenAccountStore(given: GivenAccounts, domain: string): AccountStore {
  const wanted = domain.toLowerCase()
  const own = given.accounts.filter(
    ({ address }) => address.slice(address.lastIndexOf('@') + 1).toLowerCase() === wanted,
  )
  if (own.length === 0)
    throw new TargetError('bad-file', `--accounts: the file holds no account of ${domain}`, { hint })
  return memoryAccountStore(own, { mayCreate: false })
}

const hint = 'write lines "address password", or JSON [{"address": "...", "password": "..."}]'

/** `#` at the start of a line begins a comment; a password may hold spaces and `#`. */
export function parseAccounts(text: string, file: string): readonly Account[] {
  const bare = text.replace(/^\uFEFF/, '')
  const found = /^\s*\[\s*[{\]]/.test(bare) ? fromJson(bare, file) : fromLines(bare, file)
  const seen = new Set<string>()
  for (const { address } of found) {
    if (seen.has(address.toLowerCase())) throw new TargetError('bad-file', `${file}: ${address} is listed twice`)
    seen.add(address.toLowerCase())
  }
  return found
}

function fromLines(text: string, file: string): readonly Account[] {
  const accounts: Account[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trimStart()
    if (line === '' || line.startsWith('#')) continue
    const match = /^(\S+)(?:[ \t]+(.*\S))?\s*$/.exec(line)
    accounts.push(account(match?.[1], match?.[2], `${file}:${index + 1}`))
  }
  return accounts
}

function fromJson(text: string, file: string): readonly Account[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new TargetError('bad-file', `${file}: not valid JSON`, { hint, cause })
  }
  if (!Array.isArray(value)) throw new TargetError('bad-file', `${file}: not a list`, { hint })
  return value.map((entry: unknown, index) => {
    const { address, password } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>
    return account(address, password, `${file}: entry ${index + 1}`)
  })
}

/** The message never repeats the line: it may hold the password. */
function account(address: unknown, password: unknown, where: string): Account {
  if (typeof address !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(address)) {
    throw new TargetError('bad-file', `${where}: no address`, { hint })
  }
  if (typeof password !== 'string' || password === '') {
    throw new TargetError('bad-file', `${where}: no password for ${address}`, { hint })
  }
  return { address, password, origin: 'given' }
}
