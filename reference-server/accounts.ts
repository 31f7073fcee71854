// The accounts of the server: made at their first login, on IMAP and on SMTP, and only then. Used by both protocols.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AccountsBehaviour } from './behaviour/accounts.ts'
import type { Behaviour } from './behaviour/index.ts'
import type { Clock } from './clock.ts'
import type { Journal } from './journal.ts'
import { type SavedStore, wholeStore } from './mailbox/changes.ts'
import { MailStore } from './mailbox/store.ts'
import { machine, type Resources, shortage } from './resources.ts'
import { memoryStorage } from './storage/memory.ts'
import type { SavedState, Storage } from './storage/types.ts'

type Protocol = 'imap' | 'smtp'

export interface User {
  /** Lower case. */
  readonly address: string
  readonly store: MailStore
}

export interface Accounts {
  /** Lets in, creates or refuses (undefined). Never says why: clients must not learn it. */
  authenticate(user: string, password: string, via: Protocol, actFor?: string): Promise<User | undefined>
  /** The account of an address, whatever its case. */
  find(address: string): User | undefined
  /** Makes an account as if its owner had logged in; random credentials when none are given. */
  create(credentials?: Credentials): Credentials
  /** Logins to an address wait until then, milliseconds since 1970. */
  holdUntil(address: string, until: number): void
  list(): readonly User[]
  /** With all it holds; its open sessions end. */
  remove(address: string): void
  /** Accounts and mail as plain data, for a snapshot. */
  save(): SavedState
  /** Puts these in the place of all there are; sessions with the old ones are told that their mailbox is gone. */
  restore(saved: SavedState): void
  /** Those whose day of the last login that counts began before `before`, milliseconds since 1970. */
  idleSince(before: number): readonly User[]
}

export interface Credentials {
  readonly address: string
  readonly password: string
}

interface Entry extends User {
  readonly salt: Buffer
  hash: Buffer
  readonly created: number
  lastLogin: number
  failures: number
  refusalsLeft: number
}

const day = 86_400_000
/** Mail of removed accounts that a careless server keeps: not without end. */
const mostLeftBehind = 1_000

export function createAccounts(options: {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
  /** Keeps them, and gives those of an earlier life; in memory when absent. */
  readonly storage?: Storage
  /** What is left of them; of this machine when absent. */
  readonly resources?: Resources
}): Accounts {
  const { domains, clock, journal, storage = memoryStorage(), resources = machine } = options
  const decide = () => options.behaviour().accounts
  const entries = new Map<string, Entry>()
  /** Of accounts that share one. */
  const stores = new Map<string, MailStore>()
  const leftBehind = new Map<string, MailStore>()
  const creating = new Map<string, Promise<void>>()
  const heldUntil = new Map<string, number>()
  let seed = 0
  let failuresOfAll = 0

  const storeFor = (address: string, password: string) => {
    const { mailboxKey } = decide()
    const key = { address, password: `password ${digest('', password)}`, one: 'one' }[mailboxKey]
    const known = mailboxKey === 'address' ? leftBehind.get(key) : stores.get(key)
    if (known !== undefined) return known
    const store = openStore(seed)
    if (mailboxKey !== 'address') stores.set(key, store)
    return store
  }

  const openStore = (id: number, saved?: SavedStore) => {
    seed = Math.max(seed, id + 1)
    return new MailStore({
      clock,
      seed: id,
      storage: () => options.behaviour().imap.storage,
      tokenRules: () => options.behaviour().push,
      changed: (change, store) => storage.changed({ kind: 'store', store, change }),
      ...(saved === undefined ? {} : { saved }),
    })
  }

  const insert = (address: string, password: string): Entry => {
    const salt = randomBytes(16)
    const entry: Entry = {
      address,
      store: storeFor(address, password),
      salt,
      hash: digest(salt, comparable(password, decide().passwordComparison)),
      created: clock.now(),
      lastLogin: clock.now(),
      failures: 0,
      refusalsLeft: decide().refusesFirstLogins,
    }
    entries.set(address, entry)
    storage.changed({ kind: 'account', account: entry })
    journal.add('accounts', `created ${address}`)
    return entry
  }

  const create = async (address: string, password: string, via: Protocol) => {
    const accounts = decide()
    const allowed = via === 'imap' ? accounts.createsOnImap : accounts.createsOnSmtp
    if (!allowed || !acceptable(address, password, accounts, domains)) return undefined
    if (storage.trouble !== undefined) return undefined
    if (accounts.most > 0 && entries.size >= accounts.most) return undefined
    const reason = accounts.registration === 'closed' ? 'closed' : shortage(accounts.resources, resources)
    if (reason !== undefined) {
      journal.add('accounts', `registration rejected: ${reason}`)
      return undefined
    }
    if (accounts.creationMs > 0) {
      const running = creating.get(address)
      if (running !== undefined && accounts.duringCreation === 'refuse') return undefined
      if (running !== undefined && accounts.duringCreation === 'join') {
        await running
        return enter(address, password, via)
      }
      if (running !== undefined && accounts.duringCreation === 'overwrite') {
        await running
        const entry = entries.get(address)
        if (entry !== undefined) entry.hash = digest(entry.salt, comparable(password, accounts.passwordComparison))
        return entry
      }
      const done = clock.sleep(accounts.creationMs)
      creating.set(address, done)
      await done
      creating.delete(address)
    }
    const entry = insert(address, password)
    return entry.refusalsLeft > 0 ? undefined : entry
  }

  const enter = async (address: string, password: string, via: Protocol): Promise<Entry | undefined> => {
    const accounts = decide()
    const entry = entries.get(address)
    if (entry === undefined) return create(address, password, via)
    if (accounts.forgetsAfterSeconds > 0 && clock.now() - entry.created > accounts.forgetsAfterSeconds * 1000) {
      drop(entry)
      return create(address, password, via)
    }
    if (!accounts.letsOwnersBackIn || !accounts.letsInOver.includes(via)) return undefined
    if (entry.refusalsLeft > 0) {
      entry.refusalsLeft -= 1
      return undefined
    }
    const failures = accounts.lockoutForAll ? failuresOfAll : entry.failures
    if (accounts.lockoutAfterFailures > 0 && failures >= accounts.lockoutAfterFailures) return undefined
    const hash = digest(entry.salt, comparable(password, accounts.passwordComparison))
    const right =
      timingSafeEqual(hash, entry.hash) ||
      accounts.acceptsWrongPassword ||
      accounts.acceptsWrongPasswordOver === via ||
      (accounts.acceptsEmptyPassword && password === '')
    if (!right) {
      entry.failures += 1
      failuresOfAll += 1
      if (accounts.wrongLoginOverwritesPassword) {
        entry.hash = hash
        storage.changed({ kind: 'account', account: entry })
      }
      return undefined
    }
    return entry
  }

  const loggedIn = (entry: Entry) => {
    const before = entry.lastLogin
    entry.lastLogin = clock.now()
    // Only the day counts for anything: not every login is worth a write to the disk.
    if (dayOf(before) !== dayOf(entry.lastLogin)) {
      storage.changed({ kind: 'account', account: entry })
    }
  }

  /** Mail stores that no account uses any more are of no use. */
  const drop = (entry: Entry) => {
    entries.delete(entry.address)
    storage.changed({ kind: 'account-gone', address: entry.address })
    if (decide().mailboxKey !== 'address') return
    storage.changed({ kind: 'store-gone', store: entry.store })
  }

  const leaveBehind = ({ address, store }: Entry) => {
    leftBehind.set(address, store)
    const oldest = leftBehind.keys().next().value
    if (leftBehind.size > mostLeftBehind && oldest !== undefined) leftBehind.delete(oldest)
  }

  const adopt = (saved: SavedState) => {
    const known = new Map(saved.stores.map((one) => [one.id, openStore(one.id, one)]))
    for (const { store: id, salt, hash, ...account } of saved.accounts) {
      const store = known.get(id) ?? openStore(id)
      const entry = {
        ...account,
        store,
        salt: Buffer.from(salt),
        hash: Buffer.from(hash),
        failures: 0,
        refusalsLeft: 0,
      }
      entries.set(account.address, entry)
    }
  }
  adopt(storage.load())

  return {
    save() {
      const used = new Set([...entries.values()].map(({ store }) => store))
      return {
        accounts: [...entries.values()].map(({ address, store, salt, hash, created, lastLogin }) => ({
          ...{ address, store: store.id, created, lastLogin },
          ...{ salt: Buffer.from(salt), hash: Buffer.from(hash) },
        })),
        stores: [...used].map((store) => ({ id: store.id, ...store.saved })),
      }
    },
    restore(saved) {
      for (const entry of [...entries.values()]) {
        drop(entry)
        entry.store.close()
      }
      // New ids: what is kept under the old ones goes in the same turn.
      const shift = seed
      adopt({
        accounts: saved.accounts.map((account) => ({ ...account, store: account.store + shift })),
        stores: saved.stores.map((store) => ({ ...store, id: store.id + shift })),
      })
      for (const entry of entries.values()) {
        storage.changed({ kind: 'account', account: entry })
        for (const change of wholeStore(entry.store)) storage.changed({ kind: 'store', store: entry.store, change })
      }
    },
    async authenticate(user, password, via, actFor = '') {
      const address = decide().foldsCase ? user.toLowerCase() : user
      const wait = (heldUntil.get(address) ?? 0) - clock.now()
      if (wait > 0) await clock.sleep(wait)
      const entry = await enter(address, password, via)
      if (entry === undefined) journal.add('accounts', `refused a login over ${via}`)
      else if (options.behaviour().retention.loginCountsOver.includes(via)) loggedIn(entry)
      const acts = entry !== undefined && actFor !== '' && decide().letsActForOthers
      return acts ? entries.get(actFor.toLowerCase()) : entry
    },
    find: (address) => entries.get(address.toLowerCase()),
    create(credentials = randomCredentials(domains[0] ?? 'chat.test')) {
      insert(credentials.address.toLowerCase(), credentials.password)
      return credentials
    },
    holdUntil(address, until) {
      heldUntil.set(address.toLowerCase(), until)
    },
    list: () => [...entries.values()],
    remove(address) {
      const entry = entries.get(address.toLowerCase())
      if (entry === undefined) return
      drop(entry)
      if (options.behaviour().retention.removedAccount === 'mail-kept') leaveBehind(entry)
      else if (decide().mailboxKey === 'address') entry.store.close()
      journal.add('accounts', `removed ${entry.address}`)
    },
    idleSince: (before) => [...entries.values()].filter((entry) => dayOf(entry.lastLogin) < before),
  }
}

/** Midnight (UTC): deployed relays note no more than the day. */
function dayOf(time: number): number {
  return Math.floor(time / day) * day
}

function acceptable(address: string, password: string, rules: AccountsBehaviour, domains: readonly string[]): boolean {
  const at = address.lastIndexOf('@')
  const localpart = at < 0 ? address : address.slice(0, at)
  if (at < 0 ? !rules.acceptsNoDomain : !rules.acceptsForeignDomain && !domains.includes(address.slice(at + 1))) {
    return false
  }
  if (localpart.length < rules.localpartMin || localpart.length > rules.localpartMax) return false
  if (!new RegExp(rules.localpartPattern).test(localpart)) return false
  // Characters, not bytes: an emoji is one.
  const length = [...password].length
  if (length < rules.passwordMin && !(rules.acceptsEmptyPassword && length === 0)) return false
  if (rules.passwordMax > 0 && length > rules.passwordMax) return false
  return ![...rules.passwordRefusedCharacters].some((character) => password.includes(character))
}

function comparable(password: string, how: AccountsBehaviour['passwordComparison']): string {
  switch (how) {
    case 'whole':
      return password
    case 'first-8':
      return password.slice(0, 8)
    case 'first-16':
      return password.slice(0, 16)
    case 'case-insensitive':
      return password.toLowerCase()
    case 'letters-and-digits':
      return password.replace(/[^a-z0-9]/gi, '')
  }
}

function digest(salt: string | Buffer, password: string): Buffer {
  return createHash('sha256').update(salt).update(password, 'utf8').digest()
}

/** As `/new` proposes them; also for accounts made for a person at start. */
export function randomCredentials(
  domain: string,
  shape: { localpartLength: number; passwordLength: number; passwordAlphabet: string } = {
    localpartLength: 9,
    passwordLength: 12,
    passwordAlphabet: 'abcdefghijkmnopqrstuvwxyz23456789',
  },
): Credentials {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  return {
    address: `${randomText(letters, shape.localpartLength)}@${domain}`,
    password: randomText(shape.passwordAlphabet, shape.passwordLength),
  }
}

function randomText(alphabet: string, length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // Bytes beyond the last whole multiple would favour the first letters.
      if (byte < 256 - (256 % alphabet.length) && text.length < length) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}
