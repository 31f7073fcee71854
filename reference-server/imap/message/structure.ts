// The tree of MIME parts of a message as byte extents (RFC 2046). Used by BODYSTRUCTURE and by numbered sections.
import { bodyStart, type Extent, fieldValue, type HeaderField, headerFields, parseParameters } from './header.ts'

export interface Part {
  readonly fields: readonly HeaderField[]
  readonly header: Extent
  readonly body: Extent
  /** Lower-case. */
  readonly type: string
  readonly subtype: string
  readonly parameters: readonly (readonly [string, string])[]
  /** Of a multipart. */
  readonly children: readonly Part[]
  /** Of a message/rfc822. */
  readonly message: Part | undefined
}

const depthLimit = 20
const partLimit = 500

export function parseStructure(bytes: Buffer): Part {
  return parsePart(bytes, { start: 0, end: bytes.length }, { depth: 0, left: partLimit, inDigest: false })
}

interface Progress {
  readonly depth: number
  left: number
  readonly inDigest: boolean
}

function parsePart(bytes: Buffer, extent: Extent, progress: Progress): Part {
  const middle = bodyStart(bytes, extent)
  const header = { start: extent.start, end: middle }
  const body = { start: middle, end: extent.end }
  const fields = headerFields(bytes, header)
  const stated = parseParameters(fieldValue(fields, 'content-type') ?? '')
  const fallback = progress.inDigest ? 'message/rfc822' : 'text/plain'
  const named = /^[^/\s]+\/[^/\s]+$/.test(stated.value)
  const [type = 'text', subtype = 'plain'] = (named ? stated.value : fallback).toLowerCase().split('/')
  const parameters = named ? stated.parameters : []
  const deeper = { depth: progress.depth + 1, left: progress.left, inDigest: subtype === 'digest' }
  const leaf = { fields, header, body, type, subtype, parameters, children: [], message: undefined }
  if (progress.depth >= depthLimit || progress.left <= 0) return leaf
  if (type === 'message' && subtype === 'rfc822') return { ...leaf, message: parsePart(bytes, body, deeper) }
  if (type !== 'multipart') return leaf
  const boundary = parameters.find(([name]) => name.toLowerCase() === 'boundary')?.[1] ?? ''
  const children: Part[] = []
  for (const child of splitBody(bytes, body, boundary)) {
    if (--deeper.left <= 0) break
    children.push(parsePart(bytes, child, deeper))
  }
  progress.left = deeper.left
  return { ...leaf, children }
}

/** Extents between the boundary lines; the line end before a boundary belongs to the boundary. */
function splitBody(bytes: Buffer, body: Extent, boundary: string): readonly Extent[] {
  if (boundary === '') return []
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Extent[] = []
  let start = -1
  for (let at = bytes.indexOf(mark, body.start); at >= 0 && at < body.end; at = bytes.indexOf(mark, at + 1)) {
    if (at !== body.start && bytes[at - 1] !== 10) continue
    const behind = at + mark.length
    const closing = bytes[behind] === 45 && bytes[behind + 1] === 45
    const eol = bytes.indexOf(10, behind)
    const lineEnd = eol < 0 || eol >= body.end ? body.end : eol + 1
    if (!/^(--)?[ \t]*\r?\n?$/.test(bytes.toString('latin1', behind, Math.min(lineEnd, behind + 200)))) continue
    if (start >= 0) {
      const end = at - (bytes[at - 2] === 13 ? 2 : 1)
      parts.push({ start, end: Math.max(start, end) })
    }
    start = closing ? -1 : lineEnd
    if (closing || parts.length >= partLimit) break
  }
  if (start >= 0 && start <= body.end && parts.length < partLimit) parts.push({ start, end: body.end })
  return parts
}

/** The part with this number (RFC 3501 6.4.5); `1` of a message that is no multipart is its body. */
export function findPart(root: Part, numbers: readonly number[]): Part | undefined {
  let part = root
  for (const [depth, number] of numbers.entries()) {
    const whole = part.message ?? part
    if (whole.type === 'multipart') {
      const child = whole.children[number - 1]
      if (child === undefined) return undefined
      part = child
    } else if (number !== 1) {
      return undefined
    } else if (part.message !== undefined) {
      part = part.message
    } else if (depth > 0 || numbers.length > 1) {
      return undefined
    }
  }
  return part
}
