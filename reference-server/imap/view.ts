// A mailbox as one session sees it: sequence numbers, recent messages, and the changes it has not been told yet.
import type { ImapBehaviour } from '../behaviour/imap.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { MailboxChange, StoredMessage } from '../mailbox/message.ts'
import type { SetRange } from './sequence-set.ts'

export interface Entry {
  readonly message: StoredMessage
  /** What the session is told as UID. */
  readonly uid: number
}

export interface Numbered extends Entry {
  /** Sequence number, from 1. */
  readonly number: number
}

export interface ViewOptions {
  readonly mailbox: Mailbox
  readonly readOnly: boolean
  readonly behaviour: ImapBehaviour
  /** Only messages with a lower (real) UID are seen. */
  readonly below: number
}

export class View {
  readonly mailbox: Mailbox
  readonly readOnly: boolean
  readonly #renumbered: boolean
  #entries: Entry[]
  #nextShown: number
  #recent = new Set<number>()
  #arrived: StoredMessage[] = []
  #gone = new Set<number>()
  #changed = new Set<StoredMessage>()

  constructor(options: ViewOptions) {
    const { mailbox, readOnly } = options
    this.mailbox = mailbox
    this.readOnly = readOnly
    this.#renumbered = options.behaviour.uids.values === 'renumbered'
    const seen = mailbox.messages.filter((message) => message.uid < options.below)
    this.#entries = seen.map((message, index) => ({ message, uid: this.#renumbered ? index + 1 : message.uid }))
    this.#nextShown = this.#entries.length + 1
    this.#claimRecent(seen)
  }

  get count(): number {
    return this.#entries.length
  }

  get recentCount(): number {
    return this.#recent.size
  }

  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** The real UID after the last message this session knows of, told or not. */
  get knownUidNext(): number {
    return (this.#arrived.at(-1)?.uid ?? this.#entries.at(-1)?.message.uid ?? 0) + 1
  }

  get uidNext(): number {
    return this.#renumbered ? this.#nextShown : this.mailbox.uidNext
  }

  get hasNews(): boolean {
    return this.#arrived.length > 0 || this.#gone.size > 0 || this.#changed.size > 0
  }

  isRecent(message: StoredMessage): boolean {
    return this.#recent.has(message.uid)
  }

  at(number: number): Entry | undefined {
    return this.#entries[number - 1]
  }

  /** Entries in a set of sequence numbers or UIDs, ascending, each once. */
  select(ranges: readonly SetRange[], byUid: boolean, how: ImapBehaviour['fetch']): readonly Numbered[] {
    const last = this.#entries.at(-1)
    if (last === undefined) return []
    const highest = byUid ? last.uid : this.#entries.length
    const resolve = (edge: number) => (edge === Number.POSITIVE_INFINITY ? highest : edge)
    const open = how.openRange === 'gives-last'
    const wanted: SetRange[] = []
    for (const range of how.ranges === 'honoured' ? ranges : ranges.slice(0, 1)) {
      if (range.to === Number.POSITIVE_INFINITY && how.star === 'nothing') continue
      if (range.to === Number.POSITIVE_INFINITY && range.from > highest && range.from !== range.to && !open) continue
      const from = resolve(range.from)
      const to = resolve(range.to)
      wanted.push({ from: Math.min(from, to), to: Math.max(from, to) })
    }
    const found = new Map<number, Numbered>()
    for (const { from, to } of wanted) {
      for (let index = byUid ? this.#lowerBound(from) : from - 1; index < this.#entries.length; index++) {
        const entry = this.#entries[index] as Entry
        if ((byUid ? entry.uid : index + 1) > to) break
        found.set(index, { ...entry, number: index + 1 })
      }
    }
    return wanted.length === 1 ? [...found.values()] : [...found.values()].sort((a, b) => a.number - b.number)
  }

  numberOf(message: StoredMessage): number | undefined {
    let low = 0
    let high = this.#entries.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const entry = this.#entries[middle] as Entry
      if (entry.message.uid === message.uid) return middle + 1
      if (entry.message.uid < message.uid) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }

  /** Remembers a change; `collect` tells it. */
  note(change: MailboxChange): void {
    if (change.kind === 'appended') this.#arrived.push(...change.messages)
    else if (change.kind === 'expunged') for (const uid of change.uids) this.#gone.add(uid)
    else if (change.kind === 'flags') for (const message of change.messages) this.#changed.add(message)
  }

  /** What is to be told now, and from now on counts as told. Sequence numbers are of this moment. */
  collect(options: { readonly expunges: boolean; readonly unadjusted: boolean }): {
    readonly expunged: readonly number[]
    readonly arrived: boolean
    readonly changed: readonly Numbered[]
  } {
    const changed = [...this.#changed].filter((message) => !this.#gone.has(message.uid))
    this.#changed.clear()
    let expunged: readonly number[] = []
    if (options.expunges && this.#gone.size > 0) {
      expunged = this.#remove(this.#gone, options.unadjusted)
      this.#arrived = this.#arrived.filter((message) => !this.#gone.has(message.uid))
      this.#gone = new Set()
    }
    const arrived = this.#arrived
    this.#arrived = []
    for (const message of arrived) {
      this.#entries.push({ message, uid: this.#renumbered ? this.#nextShown++ : message.uid })
    }
    this.#claimRecent(arrived)
    const numbered = changed.flatMap((message) => {
      const number = this.numberOf(message)
      const entry = number === undefined ? undefined : this.at(number)
      return number === undefined || entry === undefined ? [] : [{ ...entry, number }]
    })
    return { expunged, arrived: arrived.length > 0, changed: numbered }
  }

  /** Removes entries by real UID; answers the sequence numbers to announce. */
  #remove(uids: ReadonlySet<number>, unadjusted: boolean): readonly number[] {
    const numbers: number[] = []
    const kept: Entry[] = []
    this.#entries.forEach((entry, index) => {
      if (!uids.has(entry.message.uid)) {
        kept.push(entry)
        return
      }
      this.#recent.delete(entry.message.uid)
      numbers.push(unadjusted ? index + 1 : index + 1 - numbers.length)
    })
    this.#entries = kept
    return numbers
  }

  #claimRecent(messages: readonly StoredMessage[]): void {
    if (messages.length === 0) return
    const from = this.readOnly ? this.mailbox.recentFrom : this.mailbox.claimRecent()
    for (const message of messages) if (message.uid >= from) this.#recent.add(message.uid)
  }

  #lowerBound(uid: number): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#entries[middle] as Entry).uid < uid) low = middle + 1
      else high = middle
    }
    return low
  }
}
