// How strings, names and dates are written into replies.

/** Something to send: text as latin1, octets as they are. */
export type Part = string | Uint8Array

const quotable = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/
const needsEscape = /^[\x20-\x7e]*$/

/** NIL, a quoted string where possible, else a literal. */
export function nstring(text: string | undefined): string {
  return text === undefined ? 'NIL' : string(text)
}

export function string(text: string): string {
  if (text.length <= 1000) {
    if (quotable.test(text)) return `"${text}"`
    if (needsEscape.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`
  }
  return `{${text.length}}\r\n${text}`
}

/** A mailbox name or other astring: an atom when it may be one. */
export function astring(text: string, style: 'atom' | 'quoted' = 'atom'): string {
  return style === 'atom' && /^[\w.@/+=[\]-]+$/.test(text) && text.toUpperCase() !== 'NIL' ? text : string(text)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `"21-Nov-2026 01:45:42 +0000"`, always UTC. */
export function dateTime(ms: number): string {
  const date = new Date(Number.isFinite(ms) ? ms : 0)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${String(date.getUTCDate()).padStart(2, ' ')}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`
  return `"${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000"`
}

const dateForm = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4})(?: (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d))?$/

/** Milliseconds of `d-mmm-yyyy` with or without time and zone; undefined when it is neither. */
export function parseDate(text: string): number | undefined {
  const found = dateForm.exec(text)
  if (found === null) return undefined
  const month = months.findIndex((name) => name.toLowerCase() === found[2]?.toLowerCase())
  if (month < 0) return undefined
  const part = (at: number) => Number(found[at] ?? 0)
  const local = Date.UTC(part(3), month, part(1), part(4), part(5), part(6))
  const zone = (part(8) * 60 + part(9)) * 60_000
  return found[7] === '-' ? local + zone : local - zone
}
