// Makes bad octets out of good ones: small damage, words in the wrong place, and pieces repeated until they are large.
import type { Random } from '../../harness/mail/random.ts'

/** Most octets of an input. A few are that large, to find what takes time with the square of the size. */
const large = 512 * 1024
const small = 16 * 1024

const odd = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\xff',
  ' ',
  '\t',
  '"',
  '\\',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '&',
  ';',
  ':',
  ',',
]
  .concat([
    '=',
    '%',
    '@',
    '.',
    '-',
    '--',
    '..',
    '{0}\r\n',
    '{3+}\r\nabc',
    '{99999999999}\r\n',
    '~{2}\r\nab',
    '4294967296',
  ])
  .concat(['-1', '1e308', 'NaN', '\ufeff', '\u202e', 'ﬃ', '💩', '__proto__', 'constructor', 'toString', '\u0130'])

export function mutate(random: Random, seeds: readonly Uint8Array[], words: readonly string[]): Uint8Array {
  const pick = <T>(list: readonly T[]): T | undefined => list[random.below(Math.max(1, list.length))]
  let bytes: Uint8Array = pick(seeds) ?? new Uint8Array(0)
  const steps = 1 + random.below(8)
  for (let step = 0; step < steps; step++) {
    const at = random.below(bytes.length + 1)
    const length = random.below(Math.min(64, bytes.length - at + 1) + 1)
    const slice = bytes.subarray(at, at + length)
    const other = pick(seeds) ?? bytes
    switch (random.below(10)) {
      case 0:
        bytes = splice(bytes, at, 0, random.octets(1 + random.below(8)))
        break
      case 1:
        bytes = splice(bytes, at, length, new Uint8Array(0))
        break
      case 2:
        bytes = splice(bytes, random.below(bytes.length + 1), 0, slice)
        break
      case 3:
        bytes = flipped(bytes, random)
        break
      case 4:
        bytes = bytes.subarray(0, at)
        break
      case 5:
        bytes = splice(bytes, at, length, other.subarray(random.below(other.length + 1)))
        break
      case 6:
        bytes = splice(bytes, at, 0, repeated(slice, small))
        break
      default: {
        const word = Buffer.from(pick(random.below(3) === 0 ? odd : words) ?? pick(odd) ?? '')
        bytes = splice(bytes, at, random.below(2) === 0 ? 0 : length, word)
      }
    }
    bytes = bytes.subarray(0, small)
  }
  if (random.below(40) > 0) return bytes
  const at = random.below(bytes.length + 1)
  const word = random.below(2) === 0 ? Buffer.from(pick(words) ?? '') : bytes.subarray(at, at + 1 + random.below(40))
  return splice(bytes, at, 0, repeated(word, large)).subarray(0, large)
}

function splice(bytes: Uint8Array, at: number, gone: number, instead: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), instead, bytes.subarray(at + gone)])
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = random.below(Math.max(1, copy.length))
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
  return copy
}

function repeated(piece: Uint8Array, size: number): Uint8Array {
  return piece.length === 0 ? piece : Buffer.alloc(size - (size % piece.length), piece)
}
