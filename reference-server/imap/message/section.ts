// The octets of BODY[section] (RFC 3501 6.4.5), with what a broken server does to them.
import type { ImapBehaviour } from '../../behaviour/imap.ts'
import { bodyStart, type Extent, headerFields } from './header.ts'
import { findPart, parseStructure } from './structure.ts'

export interface Section {
  readonly part: readonly number[]
  readonly what: '' | 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME'
  /** As asked. */
  readonly fields: readonly string[]
}

/** Undefined when there is no such part. */
export function sectionOf(bytes: Buffer, section: Section, how: ImapBehaviour['fetch']): Buffer | undefined {
  let header: Extent
  let body: Extent
  if (section.part.length === 0) {
    if (section.what === '') return bytes
    const middle = bodyStart(bytes, { start: 0, end: bytes.length })
    header = { start: 0, end: middle }
    body = { start: middle, end: bytes.length }
  } else {
    const found = findPart(parseStructure(bytes), section.part)
    if (found === undefined) return undefined
    if (section.what === '') return slice(bytes, found.body)
    if (section.what === 'MIME') return slice(bytes, found.header)
    const inner = found.message
    if (inner === undefined) return undefined
    header = inner.header
    body = inner.body
  }
  if (section.what === 'TEXT') return slice(bytes, body)
  if (section.what === 'HEADER') return slice(bytes, header)
  if (section.what === 'MIME') return undefined
  return chosenFields(bytes, header, section, how)
}

function chosenFields(bytes: Buffer, header: Extent, section: Section, how: ImapBehaviour['fetch']): Buffer {
  if (how.headerFields === 'all') return slice(bytes, header)
  const fold = how.headerFields === 'case-sensitive' ? (name: string) => name : (name: string) => name.toLowerCase()
  const asked = new Set(section.fields.map(fold))
  const not = section.what === 'HEADER.FIELDS.NOT'
  const parts = headerFields(bytes, header)
    .filter((field) => asked.has(fold(field.name)) !== not)
    .map((field) => (how.headerFields === 'first-lines' ? firstLine(slice(bytes, field)) : slice(bytes, field)))
  if (how.headerFields === 'none') parts.length = 0
  if (how.headerFields !== 'no-blank-line') parts.push(Buffer.from('\r\n'))
  return Buffer.concat(parts)
}

/** The message as FETCH sees it: itself, unless the server spoils what it shows. */
export function shownBytes(bytes: Uint8Array, how: ImapBehaviour['fetch']): Buffer {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (how.body) {
    case 'as-stored':
      return whole
    case 'bare-lf':
      return whole.filter((octet, at) => octet !== 13 || whole[at + 1] !== 10) as Buffer
    case 'cut':
      return whole.subarray(0, how.cutAt)
    case 'empty':
      return whole.subarray(0, bodyStart(whole, { start: 0, end: whole.length }))
    case 'extra-crlf':
      return Buffer.concat([whole, Buffer.from('\r\n')])
    case 'eighth-bit-lost':
      return Buffer.from(whole.map((octet) => octet & 0x7f))
  }
}

function firstLine(field: Buffer): Buffer {
  return field.subarray(0, field.indexOf(10) + 1)
}

function slice(bytes: Buffer, { start, end }: Extent): Buffer {
  return bytes.subarray(start, end)
}
