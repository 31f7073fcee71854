// Header fields of a message or part by byte offsets, leniently: bare LF ends a line too. Used by FETCH and SEARCH.

export interface HeaderField {
  /** As written. */
  readonly name: string
  /** Unfolded, without the surrounding space; one character an octet. */
  readonly value: string
  /** Offsets of the whole field with its line ends. */
  readonly start: number
  readonly end: number
}

export interface Extent {
  readonly start: number
  readonly end: number
}

const fieldLimit = 2000
const lf = 10

/** Where the body begins: behind the first empty line, or at the end when there is none. */
export function bodyStart(bytes: Buffer, { start, end }: Extent): number {
  if (bytes[start] === 13 && bytes[start + 1] === lf) return start + 2
  if (bytes[start] === lf) return start + 1
  for (let at = bytes.indexOf(lf, start); at >= 0 && at < end; at = bytes.indexOf(lf, at + 1)) {
    if (bytes[at + 1] === lf && at + 1 < end) return at + 2
    if (bytes[at + 1] === 13 && bytes[at + 2] === lf && at + 2 < end) return at + 3
  }
  return end
}

/** Fields between `start` and `end`; what is no field is left out. */
export function headerFields(bytes: Buffer, { start, end }: Extent): readonly HeaderField[] {
  const fields: HeaderField[] = []
  let at = start
  while (at < end && fields.length < fieldLimit) {
    let next = lineEnd(bytes, at, end)
    while (next < end && (bytes[next] === 32 || bytes[next] === 9)) next = lineEnd(bytes, next, end)
    const text = bytes.toString('latin1', at, next)
    const colon = text.indexOf(':')
    const name = text.slice(0, Math.max(0, colon)).trimEnd()
    if (colon > 0 && /^[\x21-\x7e]+$/.test(name)) {
      const value = text
        .slice(colon + 1)
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim()
      fields.push({ name, value, start: at, end: next })
    }
    at = next
  }
  return fields
}

function lineEnd(bytes: Buffer, from: number, end: number): number {
  const at = bytes.indexOf(lf, from)
  return at < 0 || at >= end ? end : at + 1
}

export function fieldValue(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name.toLowerCase() === name)?.value
}

export interface Parameterized {
  readonly value: string
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

/** `text/plain; charset="utf-8"` (RFC 2045 5.1); comments are dropped. */
export function parseParameters(text: string): Parameterized {
  const plain = text.replace(/\([^()"]*\)/g, '')
  const semicolon = plain.indexOf(';')
  const value = (semicolon < 0 ? plain : plain.slice(0, semicolon)).trim()
  const parameters: [string, string][] = []
  if (semicolon >= 0) {
    const form = /;\s*([^=;\s"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]*))/g
    for (const found of plain.slice(semicolon).matchAll(form)) {
      const [, name = '', quoted, bare = ''] = found
      parameters.push([name, quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1')])
      if (parameters.length >= 50) break
    }
  }
  return { value, parameters }
}
