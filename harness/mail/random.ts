// Numbers from a seed, so that one seed gives the same messages again. Not for secrets: openpgp makes its own keys.
// xoshiro128** 1.1 (Blackman and Vigna, public domain), its state filled by splitmix32.

export interface Random {
  /** 0 to 2^32 - 1. */
  uint32(): number
  /** A whole number from 0 up to, but not with, `end` (1 to 2^32). */
  below(end: number): number
  octets(length: number): Uint8Array
  /** RFC 9562 version 4. */
  uuid(): string
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string
}

export function createRandom(seed: number): Random {
  let mix = seed >>> 0
  const fill = (): number => {
    mix = (mix + 0x9e3779b9) | 0
    let z = mix
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = fill()
  let b = fill()
  let c = fill()
  let d = fill()

  function uint32(): number {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result >>> 0
  }

  function octets(length: number): Uint8Array {
    const words = new Uint32Array(Math.ceil(length / 4))
    for (let i = 0; i < words.length; i++) words[i] = uint32()
    return new Uint8Array(words.buffer, 0, length)
  }

  function hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += uint32().toString(16).padStart(8, '0')
    return text.slice(0, digits)
  }

  function uuid(): string {
    const h = hex(32)
    const variant = ((Number.parseInt(h.charAt(16), 16) & 3) | 8).toString(16)
    return [h.slice(0, 8), h.slice(8, 12), `4${h.slice(13, 16)}`, variant + h.slice(17, 20), h.slice(20)].join('-')
  }

  return { uint32, below: (end) => Math.floor((uint32() / 0x1_0000_0000) * end), octets, uuid, hex }
}
