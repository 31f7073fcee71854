// Base64 (RFC 4648 section 4) on Uint8Array, without Buffer. Used where the wire carries it: SASL payloads, keys.
import { Malformed } from './malformed.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63)
    text += rest > 1 ? alphabet.charAt((group >> 6) & 63) : '='
    text += rest > 2 ? alphabet.charAt(group & 63) : '='
  }
  return text
}

/** White space is skipped, padding may be missing. Throws Malformed for any other char, or one too many. */
export function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let held = 0
  let bits = 0
  let padding = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a) continue
    if (code === 0x3d) {
      padding++
      continue
    }
    const value = sextet(code)
    if (value < 0 || padding > 0) throw new Malformed('malformed', `not base64 at char ${i}`)
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = (held >> bits) & 0xff
    }
  }
  if (bits === 6 || padding > 2) throw new Malformed('malformed', 'base64 ends inside a group')
  return bytes.subarray(0, length)
}

function sextet(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52
  if (code === 0x2b) return 62
  return code === 0x2f ? 63 : -1
}
