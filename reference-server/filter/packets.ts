// Walks OpenPGP packet headers (RFC 9580 4.2): tags, versions and whether they fit. Never looks at contents.

export interface Packet {
  readonly tag: number
  /** First byte of the body: the version of PKESK, SKESK and SEIPD; undefined when the body is empty. */
  readonly version: number | undefined
  readonly format: 'new' | 'legacy'
  readonly partial: boolean
  /** The length took more octets than it needs. */
  readonly longLength: boolean
  /** It says no length and runs to the end. */
  readonly unbounded: boolean
}

export interface PacketWalk {
  readonly packets: readonly Packet[]
  /** complete: the last packet ends where the data ends; overlong: it claims more; broken: not a packet sequence. */
  readonly end: 'complete' | 'overlong' | 'broken'
}

/** A message to a thousand recipients has a thousand session keys. */
const mostPackets = 100_000

/** `indeterminate`: a legacy packet without a length runs to the end instead of breaking the walk. */
export function walkPackets(data: Uint8Array, indeterminate = false): PacketWalk {
  const packets: Packet[] = []
  let at = 0
  while (at < data.length) {
    if (packets.length >= mostPackets) return { packets, end: 'broken' }
    const first = data[at++] ?? 0
    if ((first & 0x80) === 0) return { packets, end: 'broken' }
    const isNew = (first & 0x40) !== 0
    const tag = isNew ? first & 0x3f : (first >> 2) & 0x0f
    const length = isNew ? newLength(data, at) : legacyLength(data, at, first & 0x03, indeterminate)
    if (length === undefined) return { packets, end: 'broken' }
    const body = length.next
    let { size, next } = length
    const partial = length.more
    for (let more = partial; more; ) {
      const chunk = newLength(data, next + size)
      if (chunk === undefined) return { packets, end: 'overlong' }
      ;({ size, next, more } = chunk)
    }
    const longLength = isNew && !partial && body - at > (size < 192 ? 1 : size < 8384 ? 2 : 5)
    const unbounded = !isNew && (first & 0x03) === 3
    packets.push({ tag, version: data[body], format: isNew ? 'new' : 'legacy', partial, longLength, unbounded })
    at = next + size
  }
  return {
    packets,
    end: at === data.length && packets.length > 0 ? 'complete' : packets.length > 0 ? 'overlong' : 'broken',
  }
}

/** `size` bytes follow from `next` on; `more`: another length follows them. */
interface Length {
  readonly size: number
  readonly next: number
  readonly more: boolean
}

function newLength(data: Uint8Array, at: number): Length | undefined {
  const one = data[at]
  if (one === undefined) return undefined
  if (one < 192) return { size: one, next: at + 1, more: false }
  if (one >= 224 && one < 255) return { size: 2 ** (one & 0x1f), next: at + 1, more: true }
  if (one < 224) {
    const two = data[at + 1]
    return two === undefined ? undefined : { size: ((one - 192) << 8) + two + 192, next: at + 2, more: false }
  }
  return fixed(data, at + 1, 4)
}

/** Type 3, the indeterminate length, is refused unless told otherwise: nobody can tell where it ends. */
function legacyLength(data: Uint8Array, at: number, type: number, indeterminate: boolean): Length | undefined {
  if (type !== 3) return fixed(data, at, 2 ** type)
  return indeterminate ? { size: data.length - at, next: at, more: false } : undefined
}

function fixed(data: Uint8Array, at: number, octets: number): Length | undefined {
  if (at + octets > data.length) return undefined
  let size = 0
  for (let i = 0; i < octets; i++) size = size * 256 + (data[at + i] ?? 0)
  return { size, next: at + octets, more: false }
}
