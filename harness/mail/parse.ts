// Reads delivered messages (RFC 5322): header and body apart, fields raw and unfolded. Works on octets, so that what is
// compared is what arrived. Used to judge what a server did to a message.
import { latin1 } from './octets.ts'

export interface HeaderField {
  readonly name: string
  /** Unfolded and trimmed; one character an octet. */
  readonly value: string
  /** As it stands, without the final line end. */
  readonly raw: string
}

export interface MessageParts {
  /** With the line end of the last field, without the empty line. */
  readonly header: Uint8Array
  readonly body: Uint8Array
}

/** Fields read at most: a message with more is somebody's attack. */
const mostFields = 1000
/** Octets of header read at most. */
const mostHeader = 1024 * 1024

/** Splits at the first empty line, be it CRLF or LF. Without one, all is header. */
export function splitMessage(message: Uint8Array): MessageParts {
  if (message[0] === 0x0d && message[1] === 0x0a) return { header: message.subarray(0, 0), body: message.subarray(2) }
  for (let at = message.indexOf(0x0a); at !== -1; at = message.indexOf(0x0a, at + 1)) {
    const bare = message[at + 1] === 0x0a
    if (!bare && !(message[at + 1] === 0x0d && message[at + 2] === 0x0a)) continue
    return { header: message.subarray(0, at + 1), body: message.subarray(at + (bare ? 2 : 3)) }
  }
  return { header: message, body: message.subarray(message.length) }
}

/** Fields in their order. Lines that are no field (`From ` of an mbox, garbage) are left out. */
export function headerFields(message: Uint8Array): readonly HeaderField[] {
  const text = latin1(splitMessage(message).header.subarray(0, mostHeader))
  const fields: HeaderField[] = []
  let raw: string | undefined
  const finish = (): void => {
    const colon = raw?.indexOf(':') ?? -1
    if (raw === undefined || colon < 1) return
    const name = raw.slice(0, colon).trimEnd()
    if (/^[!-9;-~]+$/.test(name)) fields.push({ name, value: unfold(raw.slice(colon + 1)), raw })
  }
  for (const line of text.split(/\r?\n/)) {
    if (fields.length >= mostFields) return fields
    if (raw !== undefined && (line.startsWith(' ') || line.startsWith('\t'))) {
      raw += `\r\n${line}`
      continue
    }
    finish()
    raw = line
  }
  finish()
  return fields
}

/** Values of all fields of that name, in their order; the name's case does not matter. */
export function headerValues(message: Uint8Array, name: string): readonly string[] {
  const wanted = name.toLowerCase()
  return headerFields(message)
    .filter((field) => field.name.toLowerCase() === wanted)
    .map((field) => field.value)
}

/** With the angle brackets; undefined where there is none. */
export function messageIdOf(message: Uint8Array): string | undefined {
  return headerValues(message, 'Message-ID')
    .map((value) => /<[^<>\s]*>/.exec(value)?.[0])
    .find((id) => id !== undefined)
}

function unfold(value: string): string {
  return value.replace(/\r\n(?=[ \t])/g, '').trim()
}
