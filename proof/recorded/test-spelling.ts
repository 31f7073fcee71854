// IMAP responses in the spelling of the recordings, so that they can be compared: strings bare where they can be, no text
// for people, literals as strings.
import type { ImapResponse } from '../../harness/clients/imap.ts'
import type { ImapValue } from '../../harness/wire/imap-value.ts'

const statuses: ReadonlySet<string> = new Set(['OK', 'NO', 'BAD', 'BYE', 'PREAUTH'])

export function spelled({ type, number, code, codeArguments, values }: ImapResponse): string {
  if (statuses.has(type)) {
    return code === undefined ? `* ${type}` : `* ${type} [${[code, codeArguments].filter(Boolean).join(' ')}]`
  }
  if (type === 'STATUS') return `* STATUS ${values[0]} (${itemsInOrder(values[1])})`
  return ['*', ...(number === undefined ? [] : [number]), type, ...values.map(spelledValue)].join(' ')
}

/** The items of STATUS may come in any order. */
function itemsInOrder(list: ImapValue | undefined): string {
  const words = Array.isArray(list) ? list.map(spelledValue) : []
  const pairs = words.flatMap((word, at) => (at % 2 === 0 ? [`${word} ${words[at + 1]}`] : []))
  return pairs.sort().join(' ')
}

function spelledValue(value: ImapValue): string {
  if (value === null) return 'NIL'
  if (Array.isArray(value)) return `(${value.map(spelledValue).join(' ')})`
  const text = typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('latin1')
  const bare = text !== '' && (/^[^\s"()]+$/.test(text) || /^[\w.]+\[.*\]$/.test(text))
  return bare ? text : `"${text.replaceAll('\r\n', '\\r\\n')}"`
}

/** `#`: a number; `*` behind the first: any text; `{today}`: a date-time of INTERNALDATE. */
export function toPattern(line: string, now: number): RegExp {
  const escaped = line
    .slice(1)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('#', '\\d+')
    .replace(/(?<=[: ])\\\*(?=\\\)|$)/g, '.*')
    .replace('\\{today\\}', today(now))
  return new RegExp(`^\\*${escaped}$`)
}

function today(now: number): string {
  const [, day, month, year] = new Date(now).toUTCString().match(/, (\d+) (\w+) (\d+)/) ?? []
  return `[ 0]?${Number(day)}-${month}-${year} [0-9:]{8} [+-]\\d{4}`
}
