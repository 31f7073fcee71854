// The outer header of a message: which fields, in which order, and how they are written (RFC 5322). Used by the mailer.
import type { ComposeOptions } from './mail.ts'
import { utf8 } from './octets.ts'

export interface OuterField {
  readonly name: string
  /** May hold folds: CRLF and a space or tab. */
  readonly value: string
}

export interface OuterValues {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly date: Date
  readonly messageId: string
}

/** The fields every message of ours has; From is the bare address, as core writes it. */
export function outerFields(values: OuterValues): OuterField[] {
  return [
    { name: 'From', value: `<${values.from}>` },
    { name: 'To', value: values.to },
    { name: 'Subject', value: values.subject },
    { name: 'Date', value: rfc5322Date(values.date) },
    { name: 'Message-ID', value: values.messageId },
    { name: 'MIME-Version', value: '1.0' },
  ]
}

/** The header with its changes applied, each field ended by CRLF. */
export function writeFields(fields: readonly OuterField[], options: ComposeOptions): Uint8Array {
  const changes = new Map(Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  const known = new Set(fields.map((field) => field.name.toLowerCase()))
  const omitted = new Set((options.omitHeaders ?? []).map((name) => name.toLowerCase()))
  const written: OuterField[] = []
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (!known.has(name.toLowerCase())) written.push(...repeated(name, value))
  }
  for (const field of fields) {
    const change = changes.get(field.name.toLowerCase())
    if (change !== undefined) written.push(...repeated(field.name, change))
    else if (field.name === 'From' && options.headerFrom !== undefined)
      written.push({ ...field, value: options.headerFrom })
    else written.push(field)
  }
  const kept = written.filter((field) => !omitted.has(field.name.toLowerCase()))
  const ordered = options.headerOrder === undefined ? kept : sorted(kept, options.headerOrder)
  return utf8(ordered.map(({ name, value }) => `${name}: ${value}\r\n`).join(''))
}

function repeated(name: string, value: string | readonly string[]): OuterField[] {
  return (typeof value === 'string' ? [value] : value).map((one) => ({ name, value: one }))
}

/** Stable: fields that are not named keep their order at the place of `*`, or at the end. */
function sorted(fields: readonly OuterField[], order: readonly string[]): OuterField[] {
  const names = order.map((name) => name.toLowerCase())
  const others = names.includes('*') ? names.indexOf('*') : names.length
  const place = (field: OuterField): number => {
    const at = names.indexOf(field.name.toLowerCase())
    return at === -1 ? others : at
  }
  return [...fields].sort((a, b) => place(a) - place(b))
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 5322 3.3, in UTC: `Sun, 15 Oct 2023 16:43:21 +0000`. */
export function rfc5322Date(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}
