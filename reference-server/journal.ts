// What happened inside the reference server, for people and tests: a bounded list of events without secrets.

type JournalArea =
  | 'server'
  | 'calls'
  | 'accounts'
  | 'submission'
  | 'inbound'
  | 'delivery'
  | 'outbound'
  | 'imap'
  | 'web'
  | 'push'
  | 'fault'

export interface JournalEvent {
  /** Counts up from 1. */
  readonly number: number
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  readonly area: JournalArea
  /** One line; never a password, a token or a message body. */
  readonly text: string
}

export interface Journal {
  readonly events: readonly JournalEvent[]
  add(area: JournalArea, text: string): void
  /** Calls back for each event from now on; the returned function ends it. */
  subscribe(listener: (event: JournalEvent) => void): () => void
}

/** Keeps the newest `most` events, give or take a fifth. */
export function createJournal(clock: { now(): number }, most = 5_000): Journal {
  const events: JournalEvent[] = []
  let count = 0
  const listeners = new Set<(event: JournalEvent) => void>()
  return {
    events,
    add(area, text) {
      count += 1
      const event = { number: count, at: clock.now(), area, text: text.slice(0, 500) }
      events.push(event)
      if (events.length > most * 1.2) events.splice(0, events.length - most)
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
