// Just enough MIME to judge a message: headers, one level of parts, transfer decoding. Used by the filter and delivery.

export interface HeaderField {
  /** Lower case. */
  readonly name: string
  /** Unfolded and trimmed. */
  readonly value: string
  /** As written, folded, with its CRLF. */
  readonly raw: string
}

export interface Entity {
  readonly headers: readonly HeaderField[]
  /** Lower case, `text/plain` when absent or broken. */
  readonly type: string
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>
  readonly body: Buffer
}

export interface Parts {
  readonly parts: readonly Entity[]
  /** Anything but white space before the first or after the last part. */
  readonly textAround: boolean
}

/** More header fields than this are not looked at, and a message of a thousand parts is no mail. */
const mostHeaders = 2_000
const mostParts = 1_000

export function parseEntity(bytes: Buffer): Entity {
  const { head, body } = splitHead(bytes)
  const headers = parseHeaders(head)
  const { type, parameters } = parseContentType(firstHeader(headers, 'content-type') ?? '')
  return { headers, type, parameters, body }
}

export function firstHeader(headers: readonly HeaderField[], name: string): string | undefined {
  return headers.find((field) => field.name === name)?.value
}

/** `head` ends with the CRLF of its last field; the empty line belongs to neither. */
function splitHead(bytes: Buffer): { head: Buffer; body: Buffer } {
  if (bytes[0] === 0x0d && bytes[1] === 0x0a) return { head: bytes.subarray(0, 0), body: bytes.subarray(2) }
  const end = bytes.indexOf('\r\n\r\n', 0, 'latin1')
  return end < 0
    ? { head: bytes, body: bytes.subarray(bytes.length) }
    : { head: bytes.subarray(0, end + 2), body: bytes.subarray(end + 4) }
}

/** Bytes stand for themselves in `raw` (latin1), so that what is written back is what came. */
export function parseHeaders(head: Buffer): readonly HeaderField[] {
  const text = head.toString('latin1')
  const fields: HeaderField[] = []
  let at = 0
  while (at < text.length && fields.length < mostHeaders) {
    let end = text.indexOf('\r\n', at)
    while (end >= 0 && (text[end + 2] === ' ' || text[end + 2] === '\t')) end = text.indexOf('\r\n', end + 2)
    const raw = end < 0 ? text.slice(at) : text.slice(at, end + 2)
    const colon = raw.indexOf(':')
    if (colon > 0) {
      const value = raw
        .slice(colon + 1)
        .replace(/\r\n(?=[ \t])/g, '')
        .trim()
      fields.push({ name: raw.slice(0, colon).trim().toLowerCase(), value, raw })
    } else {
      fields.push({ name: '', value: raw.trim(), raw })
    }
    if (end < 0) break
    at = end + 2
  }
  return fields
}

function parseContentType(value: string): { type: string; parameters: ReadonlyMap<string, string> } {
  const type = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)/.exec(value)?.[1]?.toLowerCase() ?? 'text/plain'
  const parameters = new Map<string, string>()
  for (const match of value.matchAll(/;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g)) {
    const name = match[1]?.toLowerCase()
    if (name !== undefined && !parameters.has(name)) {
      parameters.set(name, match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '')
    }
  }
  return { type, parameters }
}

/** The parts of a multipart body; undefined for any other type or without a boundary. */
export function splitParts(entity: Entity): Parts | undefined {
  const boundary = entity.parameters.get('boundary')
  if (!entity.type.startsWith('multipart/') || boundary === undefined || boundary === '') return undefined
  const { body } = entity
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Entity[] = []
  let start: number | undefined
  let around = ''
  let at = nextMark(body, mark, 0)
  if (at >= 0) around = body.toString('latin1', 0, Math.min(at, 10_000))
  while (at >= 0 && parts.length < mostParts) {
    // The line end before the delimiter belongs to it.
    if (start !== undefined) parts.push(parseEntity(body.subarray(start, Math.max(start, at - 2))))
    const after = at + mark.length
    const lineEnd = body.indexOf('\r\n', after, 'latin1')
    if (body[after] === 0x2d && body[after + 1] === 0x2d) {
      around += body.toString('latin1', after + 2, Math.min(body.length, after + 10_002))
      start = undefined
      break
    }
    start = lineEnd < 0 ? body.length : lineEnd + 2
    at = nextMark(body, mark, start)
  }
  if (start !== undefined) parts.push(parseEntity(body.subarray(start)))
  return { parts, textAround: around.trim() !== '' }
}

/** Next place where the delimiter stands at the start of a line and is not the beginning of a longer word. */
function nextMark(body: Buffer, mark: Buffer, from: number): number {
  for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1)) {
    const atLineStart = at === 0 || (body[at - 1] === 0x0a && body[at - 2] === 0x0d)
    const next = body[at + mark.length]
    if (atLineStart && (next === undefined || next === 0x0d || next === 0x2d || next === 0x20 || next === 0x09))
      return at
  }
  return -1
}

/** The body with base64 or quoted-printable taken off. */
export function decodeBody(entity: Entity): Buffer {
  const encoding = firstHeader(entity.headers, 'content-transfer-encoding')?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(entity.body.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return entity.body
  const text = entity.body.toString('latin1').replace(/=[ \t]*\r\n/g, '')
  return Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
