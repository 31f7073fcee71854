// The oracle: what must arrive at one account, and what did. Pure; one for each receiver. Fast but wrong is a failure.

export type Arrival =
  /** Expected, here and intact. */
  | 'delivered'
  /** Expected and here, but its octets are not those that were sent. */
  | 'corrupted'
  /** It was here before. */
  | 'duplicate'
  /** It is for another account. */
  | 'leaked'
  /** It had been given up: late, but not lost for good. */
  | 'late'

export type Arrived =
  | { readonly what: Exclude<Arrival, 'delivered' | 'corrupted'> }
  | {
      readonly what: 'delivered' | 'corrupted'
      readonly due: number
      readonly began: number
      /** One with a higher number came before it. */
      readonly reordered: boolean
    }

/** So many of the latest numbers are remembered by themselves. */
const kept = 500

interface Entry {
  /** When it should have been sent, or when its receiver came back; and when sending began. */
  due: number
  began: number
  state: 'sent' | 'accepted' | 'refused' | 'arrived' | 'given-up'
}

export class Ledger {
  readonly #account: number
  readonly #entries = new Map<number, Entry>()
  #latest = -1
  #missing = 0
  /** Entries below have been settled long ago, and are not kept. */
  #floor = 0

  constructor(account: number) {
    this.#account = account
  }

  /** Before the first octet leaves: it can arrive before the server's answer does. */
  sent(number: number, due: number, began: number): void {
    this.#entries.set(number, { due, began, state: 'sent' })
  }

  /** The server has taken it: from now on it answers for it. */
  accepted(number: number): void {
    const entry = this.#entries.get(number)
    if (entry?.state !== 'sent') return
    entry.state = 'accepted'
    this.#missing++
  }

  /** Refused, or nobody knows: it is not expected. */
  refused(number: number): void {
    const entry = this.#entries.get(number)
    if (entry?.state === 'sent') entry.state = 'refused'
  }

  /** The receiver was away until now: what is on its way counts from now. */
  dueFrom(moment: number): void {
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'sent' && entry.state !== 'accepted') continue
      entry.due = Math.max(entry.due, moment)
      entry.began = Math.max(entry.began, moment)
    }
  }

  arrived(label: { to: number; upTo?: number; number: number }, intact: boolean): Arrived {
    const { to, upTo = to } = label
    if (this.#account < to || this.#account > upTo) return { what: 'leaked' }
    const entry = this.#entries.get(label.number)
    if (entry === undefined) return { what: label.number < this.#floor ? 'duplicate' : 'leaked' }
    const before = entry.state
    if (before === 'arrived') return { what: 'duplicate' }
    if (before === 'accepted') this.#missing--
    entry.state = 'arrived'
    const reordered = label.number < this.#latest
    this.#latest = Math.max(this.#latest, label.number)
    if (before === 'given-up') return { what: 'late' }
    return { what: intact ? 'delivered' : 'corrupted', due: entry.due, began: entry.began, reordered }
  }

  /** Accepted, and not yet here. */
  get missing(): number {
    return this.#missing
  }

  /** What is not here now is lost; how many. */
  giveUp(): number {
    let lost = 0
    this.#floor = Math.max(0, this.#latest - kept)
    for (const [number, entry] of this.#entries) {
      if (entry.state === 'accepted') {
        entry.state = 'given-up'
        lost++
      }
      if (number < this.#floor) this.#entries.delete(number)
    }
    this.#missing = 0
    return lost
  }
}
