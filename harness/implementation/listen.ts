// Listens to what a host says to the checks of a run, and keeps which clues were heard. Used by the runner.
import { type Clue, clues } from './clues.ts'

/** A line of a transcript. */
export interface Line {
  readonly connection: number
  readonly direction: '>' | '<' | '-'
  readonly text: string
}

export interface Listener {
  /** Of one transcript, from its beginning. Connections that others open to us are passed over. */
  hear(lines: readonly Line[]): void
  readonly heard: ReadonlySet<Clue>
}

interface Connection {
  readonly at: Clue['at']
  readonly onPort25: boolean
  /** The last thing the client said. */
  asked: string
  /** Tag of a login under way. */
  login: string | undefined
  loggedIn: boolean
}

export function createListener(): Listener {
  const heard = new Set<Clue>()
  return {
    heard,
    hear(lines) {
      const connections = new Map<number, Connection>()
      for (const { connection: n, direction, text } of lines) {
        if (direction === '-') {
          const opened = openedBy(text)
          if (opened) connections.set(n, opened)
          continue
        }
        const connection = connections.get(n)
        if (!connection) continue
        if (direction === '>') said(connection, text)
        else {
          answered(connection, text)
          for (const clue of clues) if (!heard.has(clue) && tells(clue, connection, text)) heard.add(clue)
        }
      }
    },
  }
}

/** What the line socket notes of a connection that it has made. */
function openedBy(note: string): Connection | undefined {
  const service = /^connected to .* port \d+, (\S+)$/.exec(note)?.[1]
  if (service === undefined) return undefined
  const at = service.startsWith('imap') ? 'imap' : service.startsWith('http') ? 'https' : 'smtp'
  return { at, onPort25: service === 'smtp', asked: '', login: undefined, loggedIn: false }
}

function said(connection: Connection, text: string): void {
  connection.asked = text
  const login = connection.at === 'imap' ? /^(\S+) (?:LOGIN|AUTHENTICATE) /i.exec(text)?.[1] : undefined
  if (login !== undefined) connection.login = login
}

function answered(connection: Connection, text: string): void {
  if (connection.login === undefined || !text.startsWith(`${connection.login} `)) return
  if (/^\S+ OK\b/i.test(text)) connection.loggedIn = true
  connection.login = undefined
}

function tells(clue: Clue, connection: Connection, text: string): boolean {
  if (clue.at === 'port 25' ? !connection.onPort25 : clue.at !== connection.at) return false
  if (clue.login !== undefined) {
    // Capabilities that come ahead of the answer to a login may be of either kind.
    if (connection.login !== undefined || (clue.login === 'after') !== connection.loggedIn) return false
  }
  if (clue.asked !== undefined && !clue.asked.test(connection.asked)) return false
  return clue.line.test(text)
}
