// Writing IMAP: strings, dates, mailbox names (RFC 3501 section 9). Used by the IMAP client and the load scripts.

/** A quoted string. CR, LF and NUL cannot stand in one: they are sent as they are, and it is the caller's wish. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** The text as an atom where it may be one, else quoted; undefined when only a literal can carry it. */
export function astring(text: string): string | undefined {
  if (/^[^\x00-\x20\x7f-\uffff(){%*"\\]+$/.test(text)) return text
  return /[\x00\r\n]/.test(text) ? undefined : quoted(text)
}

/** The marker in front of a literal; `plus` does not wait for the server (RFC 7888). */
export function literalMarker(octets: number, plus: boolean): string {
  return plus ? `{${octets}+}\r\n` : `{${octets}}\r\n`
}

/** `(\Seen \Deleted)` */
export function flagList(flags: readonly string[]): string {
  return `(${flags.join(' ')})`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A date-time in UTC, as APPEND takes it: `"21-Nov-2026 01:45:42 +0000"`. */
export function dateTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = String(date.getUTCDate()).padStart(2, ' ')
  const month = months[date.getUTCMonth()]
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `"${day}-${month}-${String(date.getUTCFullYear()).padStart(4, '0')} ${time} +0000"`
}

/** Reads the date-time of INTERNALDATE, without its quotes; undefined when it is not one. */
export function parseDateTime(text: string): Date | undefined {
  const match = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text)
  if (match === null) return undefined
  const [, day, name = '', year, hour, minute, second, sign, zoneHours, zoneMinutes] = match
  const month = months.findIndex((known) => known.toLowerCase() === name.toLowerCase())
  if (month === -1) return undefined
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1)
  const utc = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second))
  return new Date(utc - offset * 60_000)
}
