// Counts sentences: what iterations threw, what a server refused. Used by a thread, which hands them over with each batch.

/** Different ones that are kept apart: words that differ each time must not fill the memory. */
const most = 100

export class WordTally {
  #counts = new Map<string, number>()

  add(words: string): void {
    const key = this.#counts.size < most || this.#counts.has(words) ? words : 'other errors'
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** What was counted since the last time. */
  take(): ReadonlyMap<string, number> {
    const taken = this.#counts
    this.#counts = new Map()
    return taken
  }
}

/** A reply without what differs from one to the next: addresses, queue ids, moments. At most 120 characters. */
export function withoutAddresses(reply: string): string {
  return reply
    .replace(/<?[^\s<>@:]+@[^\s<>@]+>?/g, '<account>')
    .replace(/(rate limited).*/s, '$1')
    .slice(0, 120)
}
