// Accounts kept between runs, one small file each: two processes at once cannot overwrite what the other one learnt. Beside it a lock,
// while one process has the account for itself.
import { rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account, AccountStore } from '../host/account.ts'
import { holderOf, takeLock } from '../host/process-lock.ts'
import { codeOf, fileName, moveAside, reasonOf, replaceFile } from './private-files.ts'

export interface AccountFilesOptions {
  /** The mail domain, or whatever else tells hosts apart. */
  readonly host: string
  /** The state folder; files go to `accounts/HOST/` in it. */
  readonly directory: string
  /** Load nothing, but still remember. */
  readonly fresh?: boolean | undefined
  /** Hears of trouble with the files, which never stops a run: an unreadable file, a folder that cannot be written. */
  readonly onNote?: ((text: string) => void) | undefined
}

/** Processes share them, so that each claims those that it uses. */
export type KeptAccounts = AccountStore & Required<Pick<AccountStore, 'claim'>>

/** Folders have mode 0700, files 0600. Nothing is created before the first account is remembered. */
export function fileAccountStore(options: AccountFilesOptions): KeptAccounts {
  const folder = join(options.directory, 'accounts', fileName(options.host))
  const known = new Map<string, Account>()
  const place = (address: string) => join(folder, `${fileName(address)}.json`)
  const lockOf = (address: string) => join(folder, `${fileName(address)}${lockEnding}`)
  const note = (text: string) => options.onNote?.(text)

  return {
    mayCreate: true,
    folder,
    async load() {
      if (options.fresh !== true) {
        // What this run made stays what it is: fresh.
        for (const account of await loadFolder(folder, note)) {
          if (!known.has(account.address)) known.set(account.address, account)
        }
      }
      return [...known.values()].sort(byAge)
    },
    async claim(address) {
      const lock = lockOf(address)
      if (locks.has(lock)) return true
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        if ((await takeLock(lock)) !== undefined) return false
      } catch (error) {
        note(`account ${address} may be used by another run at the same time: ${reasonOf(error)}`)
        return true
      }
      if (locks.size === 0) process.once('exit', () => locks.forEach(removeNow))
      locks.add(lock)
      return true
    },
    async remember(account) {
      known.set(account.address, account)
      const { address, password, created = new Date().toISOString() } = account
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await replaceFile(place(address), `${JSON.stringify({ address, password, created }, null, 2)}\n`)
      } catch (error) {
        note(`account ${address} is not kept for the next run: ${reasonOf(error)}`)
      }
    },
    async forget(address) {
      known.delete(address)
      try {
        await rm(place(address), { force: true })
      } catch (error) {
        note(`account ${address} cannot be forgotten: ${reasonOf(error)}`)
      }
    },
  }
}

const lockEnding = '.pid'
/** Those of this process. */
const locks = new Set<string>()

function removeNow(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // A lock that stays says that its process is gone.
  }
}

async function loadFolder(folder: string, note: (text: string) => void): Promise<readonly Account[]> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') note(`kept accounts cannot be read: ${reasonOf(error)}`)
    return []
  }
  const accounts: Account[] = []
  const ending = '.json'
  const locked = new Set(names.filter((name) => name.endsWith(lockEnding)))
  for (const name of names.filter((file) => file.endsWith(ending))) {
    const file = join(folder, name)
    const lock = name.slice(0, -ending.length) + lockEnding
    if (locked.has(lock) && (await holderOf(join(folder, lock))) !== undefined) continue
    try {
      const account = readAccount(await readFile(file, 'utf8'))
      if (account === undefined) note(`kept account ${name} is damaged; moved aside to ${await moveAside(file)}`)
      else accounts.push(account)
    } catch (error) {
      // Another process may have forgotten it, or moved it aside, since the folder was listed.
      if (codeOf(error) !== 'ENOENT') note(`kept account ${name} cannot be read: ${reasonOf(error)}`)
    }
  }
  return accounts
}

function readAccount(text: string): Account | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { address, password, created } = value as Record<string, unknown>
  if (typeof address !== 'string' || typeof password !== 'string' || !address.includes('@')) return undefined
  return { address, password, origin: 'cached', ...(typeof created === 'string' ? { created } : {}) }
}

function byAge(a: Account, b: Account): number {
  const [first, second] = [`${a.created ?? ''} ${a.address}`, `${b.created ?? ''} ${b.address}`]
  return first < second ? -1 : first > second ? 1 : 0
}
