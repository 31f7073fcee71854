// BODY and BODYSTRUCTURE (RFC 3501 7.4.2) of a parsed message.
import { nstring, string } from '../quoting.ts'
import { envelope } from './envelope.ts'
import { type Extent, fieldValue, parseParameters } from './header.ts'
import type { Part } from './structure.ts'

/** `extended` adds what BODYSTRUCTURE has and BODY has not. */
export function bodyStructure(bytes: Buffer, part: Part, extended: boolean): string {
  if (part.type === 'multipart' && part.children.length > 0) {
    const children = part.children.map((child) => bodyStructure(bytes, child, extended)).join('')
    const tail = extended ? ` ${parameterList(part.parameters)} ${extension(part)}` : ''
    return `(${children} ${string(part.subtype)}${tail})`
  }
  const type = part.type === 'multipart' ? 'text' : part.type
  const subtype = part.type === 'multipart' ? 'plain' : part.subtype
  const value = (name: string) => fieldValue(part.fields, name)
  const items = [
    string(type),
    string(subtype),
    parameterList(part.parameters),
    nstring(value('content-id')),
    nstring(value('content-description')),
    string((value('content-transfer-encoding') ?? '7bit').toLowerCase()),
    String(part.body.end - part.body.start),
  ]
  if (part.message !== undefined) {
    const inner = part.message
    items.push(envelope(inner.fields), bodyStructure(bytes, inner, extended), String(lines(bytes, part.body)))
  } else if (type === 'text') {
    items.push(String(lines(bytes, part.body)))
  }
  if (extended) items.push(nstring(value('content-md5')), extension(part))
  return `(${items.join(' ')})`
}

/** Disposition, language, location. */
function extension(part: Part): string {
  const disposition = fieldValue(part.fields, 'content-disposition')
  const { value, parameters } = parseParameters(disposition ?? '')
  const shown = value === '' ? 'NIL' : `(${string(value.toLowerCase())} ${parameterList(parameters)})`
  return `${shown} ${nstring(fieldValue(part.fields, 'content-language'))} ${nstring(fieldValue(part.fields, 'content-location'))}`
}

function parameterList(parameters: readonly (readonly [string, string])[]): string {
  if (parameters.length === 0) return 'NIL'
  return `(${parameters.map(([name, value]) => `${string(name.toLowerCase())} ${string(value)}`).join(' ')})`
}

function lines(bytes: Buffer, { start, end }: Extent): number {
  let count = 0
  for (let at = bytes.indexOf(10, start); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count++
  return count
}
