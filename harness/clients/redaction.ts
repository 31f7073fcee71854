// Takes secrets out of lines of a conversation at the moment they are captured. Used by the transcript.
import { encodeBase64 } from '../wire/base64.ts'
import { octets } from '../wire/octets.ts'

const hidden = '***'

/** Shapes of commands that carry a secret; what follows the first group goes. */
const secretCommands: readonly RegExp[] = [
  /^(AUTH\s+\S+)\s+\S.*$/i,
  /^(\S+\s+AUTHENTICATE\s+\S+)\s+\S.*$/i,
  /^(\S+\s+LOGIN\s+(?:"(?:[^"\\]|\\.)*"|\S+))\s+\S.*$/i,
  /^((?:proxy-)?authorization:).*$/i,
  /^((?:set-)?cookie:).*$/i,
]

const quotedToken = /(devicetoken\s+)(?!NIL\b)("(?:[^"\\]|\\.)*"|[^\s(){"]+)/gi
const quotedTurn = /(deltachat\/turn\s+")([^"]*)/gi

/** True for a command after which the client sends secrets on lines of their own. */
export function asksForSecrets(line: string): boolean {
  return /^(?:AUTH|\S+\s+AUTHENTICATE)\s+\S/i.test(line)
}

export function redactSent(line: string): string {
  for (const shape of secretCommands) {
    const match = shape.exec(line)
    if (match !== null) return `${match[1]} ${hidden}`
  }
  return redactTokens(line)
}

export function redactReceived(line: string): string {
  return redactTokens(line.replace(/^(set-cookie:).*$/i, `$1 ${hidden}`))
}

function redactTokens(line: string): string {
  if (!/devicetoken|deltachat\/turn/i.test(line)) return line
  return line
    .replace(quotedToken, `$1${hidden}`)
    .replace(quotedTurn, (_, key: string, value: string) => key + redactTurn(value))
}

/** `host:port:expiry:password` keeps all but the password (deltachat-core, metadata `turn`). */
export function redactTurn(value: string): string {
  return value.replace(/^((?:\[[^\]]*\]|[^:]*):\d+:\d+:).*$/s, `$1${hidden}`).replace(/^(?!.*:\*\*\*$).+$/s, hidden)
}

/** Every spelling under which a secret may come back: as it is, quoted, and in base64 at any of its three alignments. */
export function spellings(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret)
  const found = new Set([secret, secret.replace(/[\\"]/g, '\\$&')])
  for (let shift = 0; shift < 3; shift++) {
    const shifted = new Uint8Array(shift + bytes.length)
    shifted.set(bytes, shift)
    // The first and the last group mix with neighbouring octets; the middle does not.
    const text = encodeBase64(shifted).replace(/=+$/, '')
    const end = (shift + bytes.length) % 3 === 0 ? text.length : text.length - 1
    const middle = text.slice(shift === 0 ? 0 : shift + 1, end)
    if (middle.length >= 6) found.add(middle)
  }
  found.add(encodeBase64(bytes))
  found.add(String.fromCharCode(...bytes.subarray(0, 1024)))
  return [...found].filter((each) => each.length >= 4).sort((a, b) => b.length - a.length)
}

const headerEnd = octets('\r\n\r\n')

/** The header lines of a message, at most `max`, and how many octets of body follow; undefined when it has no header. */
export function headerOf(message: Uint8Array, max = 60): { lines: readonly string[]; body: number } | undefined {
  const head = message.subarray(0, 16_384)
  const end = indexOf(head, headerEnd)
  const text = Buffer.from(end === -1 ? head : head.subarray(0, end)).toString('latin1')
  if (!/^[!-9;-~]+:/.test(text)) return undefined
  const lines = text.split('\r\n')
  const kept = lines.slice(0, max).map((line) => line.slice(0, 998))
  if (lines.length > max) kept.push(`<${lines.length - max} more header lines>`)
  return { lines: kept, body: message.length - (end === -1 ? head.length : end + 4) }
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(wanted)
}
