// Legal trouble a good server may have: a temporary refusal, a slow answer, a dropped connection. Off unless asked for.
import type { Journal } from './journal.ts'

/** `protocol:stage`, the stage in lower case: the command about to be answered, the greeting, or the body after 354. */
export type FaultPoint =
  | `smtp:${'connect' | 'greeting' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'message' | 'rset' | 'noop' | 'quit'}`
  | `mx:${'connect' | 'greeting' | 'ehlo' | 'starttls' | 'mail' | 'rcpt' | 'data' | 'body' | 'message' | 'rset' | 'noop' | 'quit'}`
  | `imap:${'connect' | 'greeting' | 'login' | 'authenticate' | 'select' | 'fetch' | 'idle' | 'append' | 'store' | 'notify'}`
  | `web:${'connect' | 'new' | 'page' | 'mxdeliv'}`

export interface Fault {
  readonly at: FaultPoint
  /** reply: answers `text` instead; slow: waits `ms`, then goes on; drop: ends the connection without a word. */
  readonly kind: 'reply' | 'slow' | 'drop'
  /** How often it strikes; the first chances are taken. */
  readonly times: number
  /** For `reply`: the line without its end; over IMAP without the tag, over HTTP only the status, e.g. `503`. */
  readonly text?: string
  /** For `slow`: milliseconds on the server's clock. */
  readonly ms?: number
}

export interface Faults {
  /** The fault that strikes here now, if one is left; taking it uses it up. */
  take(at: FaultPoint): Fault | undefined
  schedule(fault: Fault): void
  /** Those that may still strike, with the times that are left. */
  readonly waiting: readonly Fault[]
  /** None strikes any more. */
  clear(): void
}

export function createFaults(initial: readonly Fault[], journal: Journal): Faults {
  const left = initial.map((fault) => ({ fault, times: fault.times }))
  return {
    take(at) {
      if (left.length === 0) return undefined
      const found = left.find((entry) => entry.times > 0 && entry.fault.at === at)
      if (found === undefined) return undefined
      found.times -= 1
      journal.add('fault', `${found.fault.kind} at ${at}, ${found.times} left`)
      return found.fault
    },
    schedule(fault) {
      left.push({ fault, times: fault.times })
    },
    get waiting() {
      return left.filter(({ times }) => times > 0).map(({ fault, times }) => ({ ...fault, times }))
    },
    clear() {
      left.length = 0
    },
  }
}
