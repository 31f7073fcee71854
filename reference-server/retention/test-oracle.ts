// What must be in each mailbox, by the promises alone: the bookkeeping beside the server in the test of the hundred days.
// Shares no code with the server; learns nothing from it but the size of a bounce.

const hour = 3_600_000
const day = 24 * hour

export interface Expected {
  readonly uid: number
  /** Octets. */
  readonly size: number
  /** Milliseconds: what the promise of 20 days counts from. */
  readonly internalDate: number
  /** When it was put there. */
  readonly came: number
  /** Over 200,000 octets compressed. */
  readonly large: boolean
  /** A client has had the folder open since. */
  seen: boolean
}

interface Folder {
  messages: Expected[]
  uidNext: number
}

interface Account {
  lastLogin: number
  readonly folders: Map<string, Folder>
}

export interface Incoming {
  readonly size: number
  readonly large?: boolean
  readonly folder?: string
  readonly internalDate?: number
}

export class Oracle {
  readonly #limit: number
  readonly #accounts = new Map<string, Account>()

  /** `limit`: the quota of each account, octets. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get addresses(): readonly string[] {
    return [...this.#accounts.keys()]
  }

  has(address: string): boolean {
    return this.#accounts.has(address)
  }

  /** The first one makes the account. */
  login(address: string, now: number): void {
    const account = this.#accounts.get(address)
    if (account !== undefined) account.lastLogin = now
    else this.#accounts.set(address, { lastLogin: now, folders: new Map([['INBOX', { messages: [], uidNext: 1 }]]) })
  }

  folders(address: string): readonly string[] {
    return [...this.#account(address).folders.keys()]
  }

  create(address: string, folder: string): void {
    this.#account(address).folders.set(folder, { messages: [], uidNext: 1 })
  }

  list(address: string, folder = 'INBOX'): readonly Expected[] {
    return this.#folder(address, folder).messages
  }

  fits(address: string, size: number): boolean {
    return this.#used(address) + size <= this.#limit
  }

  arrive(address: string, now: number, { size, large = false, folder = 'INBOX', internalDate = now }: Incoming): void {
    const into = this.#folder(address, folder)
    into.messages.push({ uid: into.uidNext++, size, internalDate, came: now, large, seen: false })
    if (this.#used(address) > 0.75 * this.#limit) this.#shrink(address, now)
  }

  open(address: string, folder: string): void {
    for (const message of this.#folder(address, folder).messages) message.seen = true
  }

  remove(address: string, folder: string, uids: readonly number[]): void {
    const from = this.#folder(address, folder)
    from.messages = from.messages.filter(({ uid }) => !uids.includes(uid))
  }

  /** Two minutes past midnight; answers the accounts that have to be gone. */
  night(now: number): readonly string[] {
    const gone = [...this.#accounts].filter(([, { lastLogin }]) => {
      const thatDay = new Date(lastLogin)
      thatDay.setUTCHours(0, 0, 0, 0)
      return now - thatDay.getTime() > 90 * day
    })
    for (const [address] of gone) this.#accounts.delete(address)
    for (const [address, { folders }] of this.#accounts) {
      for (const folder of folders.values()) {
        folder.messages = folder.messages.filter(({ internalDate, large, seen }) => {
          const age = now - internalDate
          return age <= 7 * day || (age <= 20 * day && !(large && seen))
        })
      }
      this.#shrink(address, now)
    }
    return gone.map(([address]) => address)
  }

  #shrink(address: string, now: number): void {
    const inbox = this.#folder(address, 'INBOX')
    const total = () => inbox.messages.reduce((sum, { size }) => sum + size, 0)
    while (total() > 0.7 * this.#limit) {
      const [oldest] = inbox.messages
      if (oldest === undefined || now - oldest.came < 24 * hour) return
      inbox.messages.shift()
    }
  }

  #used(address: string): number {
    let sum = 0
    for (const { messages } of this.#account(address).folders.values()) for (const { size } of messages) sum += size
    return sum
  }

  #account(address: string): Account {
    const account = this.#accounts.get(address)
    if (account === undefined) throw new Error(`nobody has ${address}`)
    return account
  }

  #folder(address: string, name: string): Folder {
    const folder = this.#account(address).folders.get(name)
    if (folder === undefined) throw new Error(`${address} has no ${name}`)
    return folder
  }
}
