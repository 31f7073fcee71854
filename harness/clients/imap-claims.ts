// Which untagged responses answer a command, and which only happened to arrive meanwhile (RFC 3501 section 7: a client
// must be ready for any of them at any time). Used by the IMAP session.
import type { ImapResponse } from '../wire/imap-response.ts'

/** Responses a server may send at any time: they answer only the commands named here. */
const unsolicited: Readonly<Record<string, ReadonlySet<string>>> = {
  EXISTS: new Set(['SELECT', 'EXAMINE']),
  RECENT: new Set(['SELECT', 'EXAMINE']),
  FLAGS: new Set(['SELECT', 'EXAMINE']),
  FETCH: new Set(['FETCH', 'UID FETCH', 'STORE', 'UID STORE']),
  EXPUNGE: new Set(['EXPUNGE', 'UID EXPUNGE', 'MOVE', 'UID MOVE']),
  VANISHED: new Set(['EXPUNGE', 'UID EXPUNGE', 'MOVE', 'UID MOVE', 'SELECT', 'EXAMINE', 'UID FETCH']),
  BYE: new Set(['LOGOUT']),
  PREAUTH: new Set(),
}

/** `UID FETCH`, `SELECT`: the words of a command that say what it is. */
export function verbOf(command: string): string {
  const end = command.indexOf(' ')
  const verb = (end === -1 ? command : command.slice(0, end)).toUpperCase()
  return verb === 'UID' && end !== -1 ? `UID ${verbOf(command.slice(end + 1))}` : verb
}

export function claims(verb: string, response: ImapResponse): boolean {
  // While idling nothing is asked for, so that everything is an event.
  if (verb === 'IDLE') return false
  const { type } = response
  // `* OK [COPYUID ...]` belongs to its command; an alert, or chatter without a code, belongs to nobody.
  if (type === 'OK' || type === 'NO' || type === 'BAD') return response.code !== undefined && response.code !== 'ALERT'
  return unsolicited[type]?.has(verb) ?? true
}
