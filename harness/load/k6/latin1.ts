// In place of ../../clients/latin1.ts in an exported script: the same without Node.
import { latin1 as decode, octets } from '../../wire/octets.ts'

export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return decode(bytes, start, end)
}

export function latin1Before(text: string, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length + rest.length)
  bytes.set(octets(text))
  bytes.set(rest, text.length)
  return bytes
}

export function indexOfOctets(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first] = wanted
  if (first === undefined) return from
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    let same = 1
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++
    if (same === wanted.length) return at
  }
  return -1
}
