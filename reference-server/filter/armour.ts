// Takes the armour off an OpenPGP message as strictly as the filters of real servers do. Used by the encryption filter.
import type { EncryptionBehaviour } from '../behaviour/encryption.ts'

const begin = '-----BEGIN PGP MESSAGE-----'
const end = '-----END PGP MESSAGE-----'

type ArmourRules = Pick<
  EncryptionBehaviour,
  | 'requiresArmourAtEdges'
  | 'allowsArmourHeaders'
  | 'allowsArmourVersion'
  | 'allowsBlankLinesAfterArmour'
  | 'requiresEmptyLineAfterBegin'
  | 'armourColumns'
  | 'checksumIsLine'
  | 'requiresCrcLine'
  | 'refusesCrcLine'
  | 'verifiesCrc'
  | 'requiresStrictBase64'
>

/** The packets inside; undefined when this is no armour by the rules. */
export function dearmour(payload: Buffer, rules: ArmourRules): Buffer | undefined {
  let text = payload.toString('latin1')
  if (!rules.requiresArmourAtEdges) {
    const from = text.indexOf(begin)
    const to = text.indexOf(end, from)
    if (from < 0 || to < 0) return undefined
    text = text.slice(from, to + end.length)
  }
  let last = text.length
  while (last > 0 && (text[last - 1] === '\n' || text[last - 1] === '\r')) last -= 1
  if (!rules.allowsBlankLinesAfterArmour && text.length - last > 2) return undefined
  text = text.slice(0, last)
  if (!text.startsWith(`${begin}\r\n`) || !text.endsWith(end)) return undefined
  let content = text.slice(begin.length, text.length - end.length)
  if (rules.allowsArmourHeaders) {
    content = content.replace(/^(?:\r\n[\w-]+: [^\r\n]*)+(?=\r\n)/, '')
  }
  if (rules.allowsArmourVersion) content = content.replace(/^\r\nVersion: [^\r\n]*(?=\r\n)/, '')
  if (rules.requiresEmptyLineAfterBegin && !content.startsWith('\r\n\r\n')) return undefined
  if (rules.armourColumns > 0 && content.split('\r\n').some((line) => line.length > rules.armourColumns)) {
    return undefined
  }
  // Everything from the last `=` on is the checksum, where there is one.
  const mark = rules.checksumIsLine ? '\n=' : '='
  const found = content.lastIndexOf(mark)
  const equals = found < 0 ? -1 : found + mark.length - 1
  const checksum = equals < 0 ? '' : content.slice(equals + 1).trim()
  const base64 = equals < 0 ? content : content.slice(0, equals)
  const hasChecksum = checksum.length === 4
  if ((rules.requiresCrcLine && !hasChecksum) || (rules.refusesCrcLine && hasChecksum)) return undefined
  const data = decodeBase64(base64, rules.requiresStrictBase64)
  if (data === undefined) return undefined
  if (rules.verifiesCrc && hasChecksum && crc24(data) !== Buffer.from(checksum, 'base64').readUIntBE(0, 3)) {
    return undefined
  }
  return data
}

/** Strict: the standard alphabet, right padding, nothing but CR and LF between. */
function decodeBase64(text: string, strict: boolean): Buffer | undefined {
  const data = Buffer.from(text, 'base64')
  if (!strict) return data
  // A pattern and a count: an octet at a time takes twice as long for megabytes.
  if (!/^[A-Za-z0-9+/\r\n]*(?:=[\r\n]*){0,2}$/.test(text)) return undefined
  const characters = text.length - count(text, '\r') - count(text, '\n')
  return characters % 4 === 0 ? data : undefined
}

function count(text: string, character: string): number {
  let found = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1
  return found
}

/** RFC 9580 6.1. */
export function crc24(data: Uint8Array): number {
  let crc = 0xb704ce
  for (const byte of data) {
    crc ^= byte << 16
    for (let i = 0; i < 8; i++) {
      crc <<= 1
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb
    }
  }
  return crc & 0xffffff
}
