// ENVELOPE (RFC 3501 7.4.2): dates, subject and address lists of a header, leniently parsed (RFC 5322 3.4).
import { nstring } from '../quoting.ts'
import { fieldValue, type HeaderField } from './header.ts'

const addressLimit = 1000

export function envelope(fields: readonly HeaderField[], addresses: 'right' | 'nil' = 'right'): string {
  const value = (name: string) => fieldValue(fields, name)
  const list = (name: string) => (addresses === 'nil' ? 'NIL' : addressList(value(name)))
  const from = list('from')
  const orFrom = (name: string) => {
    const own = list(name)
    return own === 'NIL' ? from : own
  }
  return `(${[
    nstring(value('date')),
    nstring(value('subject')),
    from,
    orFrom('sender'),
    orFrom('reply-to'),
    list('to'),
    list('cc'),
    list('bcc'),
    nstring(value('in-reply-to')),
    nstring(value('message-id')),
  ].join(' ')})`
}

function addressList(value: string | undefined): string {
  if (value === undefined) return 'NIL'
  const written = parseAddresses(value).map(({ name, mailbox, host }) => {
    return `(${nstring(name)} NIL ${nstring(mailbox)} ${nstring(host)})`
  })
  return written.length === 0 ? 'NIL' : `(${written.join('')})`
}

interface Address {
  readonly name: string | undefined
  /** A group begins with its name here and no host, and ends with neither. */
  readonly mailbox: string | undefined
  readonly host: string | undefined
}

function parseAddresses(text: string): readonly Address[] {
  const found: Address[] = []
  let words = ''
  let angle: string | undefined
  let comment: string | undefined
  const finish = () => {
    const phrase = words.trim()
    if (angle !== undefined) found.push({ name: phrase === '' ? undefined : phrase, ...splitAddress(angle) })
    else if (phrase !== '') found.push({ name: comment, ...splitAddress(phrase) })
    words = ''
    angle = undefined
    comment = undefined
  }
  for (let i = 0; i < text.length && found.length < addressLimit; i++) {
    const char = text[i] as string
    if (char === '"') {
      const end = closing(text, i, '"')
      const inner = text.slice(i + 1, end).replace(/\\(.)/g, '$1')
      // Before an @ the quotes are part of the local part.
      words += text[end + 1] === '@' ? text.slice(i, end + 1) : inner
      i = end
    } else if (char === '(') {
      const end = closing(text, i, ')')
      comment = text.slice(i + 1, end)
      i = end
    } else if (char === '<') {
      const end = closing(text, i, '>')
      angle = text.slice(i + 1, end)
      i = end
    } else if (char === ',') {
      finish()
    } else if (char === ':' && angle === undefined) {
      found.push({ name: undefined, mailbox: words.trim(), host: undefined })
      words = ''
    } else if (char === ';') {
      finish()
      found.push({ name: undefined, mailbox: undefined, host: undefined })
    } else {
      words += char
    }
  }
  finish()
  return found
}

function closing(text: string, from: number, close: string): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === close) return i
  }
  return text.length
}

function splitAddress(address: string): { mailbox: string; host: string } {
  const bare = address.trim().replace(/^@[^:]*:/, '')
  const at = bare.lastIndexOf('@')
  return at < 0 ? { mailbox: bare, host: '' } : { mailbox: bare.slice(0, at), host: bare.slice(at + 1) }
}
