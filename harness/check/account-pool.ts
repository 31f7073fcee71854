// Accounts of one host during a run: made when needed, reused, leased to one check at a time with a clean baseline.
import type { ImapClient } from '../clients/imap.ts'
import type { Account, AccountStore } from '../host/account.ts'
import { localpartLetters, passwordLetters, randomText } from '../host/credentials.ts'
import { ControlUnmet, Undecided } from './signals.ts'

/** An account in the hands of one check. */
export interface Lease {
  readonly account: Account
  /** Mail with this UID or a higher one in INBOX came during the lease. */
  readonly baseline: number
  readonly uidValidity: number
  /** A session with INBOX selected, for reading only. */
  readonly watch: ImapClient
}

interface Entry {
  readonly account: Account
  watch?: ImapClient
  busy: boolean
  /** The baseline of its first lease: what came later is ours. */
  since?: number
  /** Monotonic ms of the end of its last lease: the longest rested goes first. */
  rested: number
}

export interface PoolOptions {
  readonly store: AccountStore
  readonly domain: string
  /** Localpart and password lengths to make accounts with. */
  readonly localpartLength: number
  readonly passwordLength: number
  /** Connects and greets; no login. The session outlives the check that it is made for. */
  connect(): Promise<ImapClient>
  /** Whether the budget allows one more. */
  mayMakeMore(): boolean
  /** Throws BudgetSpent. */
  spendAccount(): void
  now(): number
}

/** So many accounts of a host look ordinary: they are kept for long and give the speed figures. */
const ordinaryWanted = 2

export class AccountPool {
  readonly #options: PoolOptions
  readonly #entries: Entry[] = []
  #waiting: (() => void)[] = []
  #loaded = false
  #ordinaryNames = 0
  #turn: Promise<unknown> = Promise.resolve()
  /** Given accounts that the host does not let in, and its words. */
  readonly shutOut: string[] = []
  fresh = 0
  reused = 0

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Accounts known so far. */
  get size(): number {
    return this.#entries.length
  }

  /** A name nobody has used: `ci-` and random letters (operators count those apart); the first ones look ordinary. */
  unusedCredentials(options: { localpartLength?: number; passwordLength?: number; ordinary?: boolean } = {}) {
    const { domain } = this.#options
    const length = options.localpartLength ?? this.#options.localpartLength
    const ordinary = options.ordinary ?? (options.localpartLength === undefined && this.#ordinaryNames < ordinaryWanted)
    if (ordinary) this.#ordinaryNames++
    const prefix = ordinary || length < 6 ? '' : 'ci-'
    const localpart = prefix + randomText(localpartLetters, length - prefix.length)
    return {
      address: `${localpart}@${domain}`,
      password: randomText(passwordLetters, options.passwordLength ?? this.#options.passwordLength),
    }
  }

  /** Takes in an account that a check has made. */
  async adopt(account: { address: string; password: string }): Promise<void> {
    if (this.#entries.some((entry) => entry.account.address === account.address)) return
    const made: Account = { ...account, origin: 'fresh', created: new Date().toISOString() }
    this.fresh++
    // What other checks see must not hang on whether a server gets odd passwords, or equal ones, right.
    if (!/^[A-Za-z0-9]+$/.test(account.password)) return
    if (this.#entries.some((entry) => entry.account.password === account.password)) return
    this.#entries.push({ account: made, busy: false, rested: this.#options.now() })
    await this.#options.store.remember(made)
    this.#wake()
  }

  /** `n` accounts for one check alone. Waits for others to give theirs back before making new ones beyond `most`. */
  async lease(n: number, most: number, signal: AbortSignal, ordinary = false): Promise<Lease[]> {
    const entries = await this.#take(n, most, signal, ordinary)
    try {
      const leases: Lease[] = []
      for (const entry of entries) leases.push(await this.#open(entry))
      return leases
    } catch (error) {
      for (const entry of entries) this.#free(entry)
      throw error
    }
  }

  /** Gives accounts back; what arrived during the lease is deleted. `left`: the check may still be at work on the sessions. */
  async release(leases: readonly Lease[], left = false): Promise<void> {
    for (const lease of leases) {
      if (left) lease.watch.close()
      else await deleteSince(lease.watch, lease.baseline)
      const entry = this.#entries.find((item) => item.account.address === lease.account.address)
      if (entry) this.#free(entry)
    }
  }

  /** Deletes what was still on its way when a check gave its accounts back, and ends the sessions. */
  async close(): Promise<void> {
    await Promise.allSettled(
      this.#entries.map(async ({ watch, since }) => {
        try {
          if (since !== undefined && (await watch?.select('INBOX'))?.ok && watch) await deleteSince(watch, since)
        } finally {
          await watch?.[Symbol.asyncDispose]()
        }
      }),
    )
  }

  /** One at a time, so that two checks never hold half of what each needs. */
  #take(n: number, most: number, signal: AbortSignal, ordinary: boolean): Promise<Entry[]> {
    const work = this.#turn.then(() => this.#gather(n, most, signal, ordinary))
    this.#turn = work.catch(() => undefined)
    return work
  }

  async #gather(n: number, most: number, signal: AbortSignal, ordinary: boolean): Promise<Entry[]> {
    await this.load()
    const taken: Entry[] = []
    try {
      while (taken.length < n) {
        if (signal.aborted) throw noneInTime()
        const free = this.#entries
          .filter((entry) => !entry.busy && (!ordinary || !entry.account.address.startsWith('ci-')))
          .sort((a, b) => a.rested - b.rested)[0]
        if (free) {
          free.busy = true
          taken.push(free)
          if (!free.watch && !(await this.#login(free))) taken.pop()
        } else if (this.#entries.length < most && this.#options.store.mayCreate && this.#options.mayMakeMore()) {
          taken.push(await this.#make(ordinary))
        } else if (this.#entries.some((entry) => entry.busy && !taken.includes(entry))) {
          await this.#someFreed(signal)
        } else if (this.#options.store.mayCreate) {
          taken.push(await this.#make(ordinary))
        } else {
          const why = this.shutOut.length === 0 ? '' : `; not let in: ${this.shutOut.join(', ')}`
          throw new ControlUnmet(
            `${n === 1 ? 'one account is' : `${n} accounts are`} needed`,
            `${this.#entries.length} given${why}`,
            undefined,
          )
        }
      }
      return taken
    } catch (error) {
      for (const entry of taken) this.#free(entry)
      throw error
    }
  }

  /** Takes in what earlier runs left; at the start of a run, before checks make accounts. */
  async load(): Promise<void> {
    if (this.#loaded) return
    this.#loaded = true
    for (const account of await this.#options.store.load()) {
      // A check may have made accounts before anybody leased one; the store knows those as well.
      if (this.#entries.some((entry) => entry.account.address === account.address)) continue
      if (!account.address.startsWith('ci-')) this.#ordinaryNames++
      this.#entries.push({ account, busy: false, rested: 0 })
    }
  }

  /** A cached account that the host does not know any more is forgotten, not held against it; one that another run has is left. */
  async #login(entry: Entry): Promise<boolean> {
    const { address, origin } = entry.account
    if (origin !== 'given' && (await this.#options.store.claim?.(address)) === false) {
      this.#entries.splice(this.#entries.indexOf(entry), 1)
      return false
    }
    const client = await this.#options.connect()
    const reply = await client.login(entry.account.address, entry.account.password)
    if (reply.status === 'OK') {
      entry.watch = client
      if (entry.account.origin !== 'fresh') this.reused++
      return true
    }
    await client[Symbol.asyncDispose]()
    this.#entries.splice(this.#entries.indexOf(entry), 1)
    if (entry.account.origin === 'given') {
      this.shutOut.push(`${entry.account.address} (${reply.status} ${reply.text})`)
      throw new ControlUnmet(
        `given account ${entry.account.address} logs in`,
        `${reply.status} ${reply.text}`,
        undefined,
      )
    }
    await this.#options.store.forget(entry.account.address)
    return false
  }

  async #make(ordinary: boolean): Promise<Entry> {
    this.#options.spendAccount()
    const credentials = this.unusedCredentials(ordinary ? { ordinary } : {})
    const client = await this.#options.connect()
    const reply = await client.login(credentials.address, credentials.password)
    if (reply.status !== 'OK') {
      await client[Symbol.asyncDispose]()
      throw new ControlUnmet(
        'a new account logs in',
        `${reply.status} ${reply.text}`,
        'onboarding/creates-account-on-first-imap-login',
      )
    }
    const account: Account = { ...credentials, origin: 'fresh', created: new Date().toISOString() }
    const entry: Entry = { account, watch: client, busy: true, rested: 0 }
    this.fresh++
    this.#entries.push(entry)
    await this.#options.store.claim?.(account.address)
    await this.#options.store.remember(account)
    return entry
  }

  async #open(entry: Entry): Promise<Lease> {
    let selected =
      entry.watch && !entry.watch.closed ? await entry.watch.select('INBOX').catch(() => undefined) : undefined
    if (!selected?.ok) {
      await entry.watch?.[Symbol.asyncDispose]()
      const client = await this.#options.connect()
      entry.watch = client
      const reply = await client.login(entry.account.address, entry.account.password)
      if (reply.status !== 'OK') {
        throw new ControlUnmet(
          `${entry.account.address} logs in again`,
          `${reply.status} ${reply.text}`,
          'onboarding/lets-owner-back-in',
        )
      }
      selected = await client.select('INBOX')
    }
    if (!entry.watch || !selected.ok) {
      throw new ControlUnmet(
        'INBOX can be selected',
        `${selected.reply.status} ${selected.reply.text}`,
        'imap/selects-inbox',
      )
    }
    const baseline = await uidNext(entry.watch, selected)
    entry.since ??= baseline
    return {
      account: entry.account,
      baseline,
      uidValidity: selected.uidValidity ?? 0,
      watch: entry.watch,
    }
  }

  #free(entry: Entry): void {
    entry.busy = false
    entry.rested = this.#options.now()
    this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }

  #someFreed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(noneInTime())
      signal.addEventListener('abort', abort, { once: true })
      this.#waiting.push(() => {
        signal.removeEventListener('abort', abort)
        resolve()
      })
    })
  }
}

function noneInTime(): Undecided {
  return new Undecided('no account became free in time')
}

/** UIDNEXT of the selected INBOX, from SELECT, STATUS or the last message, whichever the server gives. */
async function uidNext(
  client: ImapClient,
  selected: { uidNext?: number | undefined; exists: number },
): Promise<number> {
  if (selected.uidNext !== undefined) return selected.uidNext
  if (selected.exists === 0) return 1
  const { messages } = await client.uidFetch('*', '(UID)')
  return Math.max(0, ...messages.map((message) => message.uid ?? 0)) + 1
}

/** Best effort: a run should leave nothing behind, but a failure here says nothing about any check. */
async function deleteSince(client: ImapClient, baseline: number): Promise<void> {
  if (client.closed) return
  try {
    // Dovecot tells a session of new mail after a command, not before it.
    await client.noop()
    const { messages } = await client.uidFetch(`${baseline}:*`, '(UID)')
    const uids = messages.map((message) => message.uid ?? 0).filter((uid) => uid >= baseline)
    if (uids.length === 0) return
    await client.uidStore(uids.join(','), '+FLAGS.SILENT', ['\\Deleted'])
    // madmail knows no EXPUNGE; CLOSE removes as well.
    await client.expunge()
    await client.closeMailbox()
  } catch {
    // The connection is gone or the server refuses: the next lease opens a new session.
  }
}
