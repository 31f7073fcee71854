// How a command ended: the tagged reply. Every command handler answers one.
import type { Session } from './session.ts'
import type { Token } from './tokens.ts'

export interface Outcome {
  readonly status: 'OK' | 'NO' | 'BAD'
  /** Response code without brackets. */
  readonly code?: string | undefined
  readonly text: string
  /** Done once the tagged reply is on its way. */
  readonly afterwards?: () => void | Promise<void>
  /** No tagged reply: it has been sent, or never will be. */
  readonly silent?: boolean
}

export interface Request {
  readonly name: string
  readonly tag: string
  readonly args: readonly Token[]
  /** The command came with UID in front. */
  readonly byUid: boolean
}

export type Handler = (session: Session, request: Request) => Outcome | Promise<Outcome>

/** Where a command is allowed: before login, after it, with a mailbox selected. */
export interface CommandEntry {
  readonly state: 'any' | 'unauthenticated' | 'authenticated' | 'selected'
  readonly run: Handler
  /** No EXPUNGE may be told while it runs (RFC 3501 7.4.1). */
  readonly holdsExpunges?: boolean
}

export type CommandTable = Readonly<Record<string, CommandEntry>>

export function ok(text: string, code?: string): Outcome {
  return { status: 'OK', text, code }
}

export function no(text: string, code?: string): Outcome {
  return { status: 'NO', text, code }
}

export function bad(text: string): Outcome {
  return { status: 'BAD', text }
}
