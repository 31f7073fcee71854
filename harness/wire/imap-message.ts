// What a FETCH response says of one message. Used by the IMAP client and the load scripts.
import { parseDateTime } from './imap-command.ts'
import type { ImapResponse } from './imap-response.ts'
import type { ImapValue } from './imap-value.ts'
import { Malformed } from './malformed.ts'
import { octets } from './octets.ts'

export interface ImapMessage {
  /** Message sequence number. */
  readonly seq: number
  readonly uid?: number
  readonly flags?: readonly string[]
  /** RFC822.SIZE, octets. */
  readonly size?: number
  readonly internalDate?: Date
  readonly modseq?: number
  /** By what stands in `BODY[...]`, upper case, header names unquoted: `` (the whole message), `HEADER`, `HEADER.FIELDS (DATE)`, `TEXT<0>`. */
  readonly sections: ReadonlyMap<string, Uint8Array | null>
  /** Every other item as it came: `ENVELOPE`, `BODYSTRUCTURE`, `X-GUID`. */
  readonly items: ReadonlyMap<string, ImapValue>
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const noSections: ImapMessage['sections'] = new Map()
const noItems: ImapMessage['items'] = new Map()

/** Reads a FETCH response; throws Malformed when its data is not a list of pairs. */
export function imapMessage(response: ImapResponse): ImapMessage {
  const list = response.values[0]
  if (response.number === undefined || !Array.isArray(list) || list.length % 2 !== 0) {
    throw new Malformed('malformed', 'a FETCH response without a list of items')
  }
  let sections: Map<string, Uint8Array | null> | undefined
  let items: Map<string, ImapValue> | undefined
  const message: Writable<ImapMessage> = { seq: response.number, sections: noSections, items: noItems }
  for (let i = 0; i < list.length; i += 2) {
    const key = list[i]
    const value = list[i + 1] as ImapValue
    if (typeof key !== 'string') throw new Malformed('malformed', 'a FETCH item without a name')
    const name = key.toUpperCase()
    if (name === 'UID') message.uid = count(value)
    else if (name === 'FLAGS') message.flags = strings(value)
    else if (name === 'RFC822.SIZE') message.size = count(value)
    else if (name === 'MODSEQ') message.modseq = count(Array.isArray(value) ? value[0] : value)
    else if (name === 'INTERNALDATE') {
      const date = typeof value === 'string' ? parseDateTime(value) : undefined
      if (date !== undefined) message.internalDate = date
    } else if (name.startsWith('BODY[')) {
      sections ??= new Map()
      sections.set(sectionKey(name), content(value))
    } else {
      items ??= new Map()
      items.set(name, value)
    }
  }
  if (sections !== undefined) message.sections = sections
  if (items !== undefined) message.items = items
  return message
}

function sectionKey(name: string): string {
  const end = name.lastIndexOf(']')
  const inner = name.slice(5, end) + name.slice(end + 1)
  return inner.includes('"') ? inner.replace(/"([^"]*)"/g, '$1') : inner
}

function content(value: ImapValue): Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value
  if (typeof value === 'string') return octets(value)
  throw new Malformed('malformed', 'a body section that is a list')
}

function count(value: ImapValue | undefined): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number) || number < 0) throw new Malformed('malformed', 'a FETCH item that is not a number')
  return number
}

/** The strings of a list; anything else in it is left out. */
export function strings(value: ImapValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** A value as text of one char an octet: literals too. */
export function textOf(value: ImapValue | undefined): string | null {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return String.fromCharCode(...value.subarray(0, 65_536))
  return null
}
