// Decides whether a message is end-to-end encrypted: MIME structure, armour, packet sequence. Used on submission.
import type { EncryptionBehaviour } from '../behaviour/encryption.ts'
import { dearmour } from './armour.ts'
import { decodeBody, type Entity, splitParts } from './mime.ts'
import { type Packet, walkPackets } from './packets.ts'

export function isEncrypted(message: Entity, rules: EncryptionBehaviour): boolean {
  switch (rules.looksAt) {
    case 'content-type':
      return message.type === 'multipart/encrypted'
    case 'armour-anywhere':
      return message.body.includes('-----BEGIN PGP MESSAGE-----')
    case 'pgp-encrypted-anywhere':
      return [...message.headers.map(({ raw }) => raw), message.body].some((text) =>
        text.includes('application/pgp-encrypted'),
      )
    case 'subject':
      return message.headers.some((field) => field.name === 'subject' && /^(\[?\.\.\.\]?)$/.test(field.value))
    case 'structure':
      return hasEncryptedStructure(message, rules) && hasWantedHeaders(message, rules)
  }
}

function hasEncryptedStructure(message: Entity, rules: EncryptionBehaviour): boolean {
  if (rules.requiresMultipartEncrypted && message.type !== 'multipart/encrypted') return false
  const split = splitParts(message)
  if (split === undefined) return !rules.requiresMultipartEncrypted && hasEncryptedPayload(message, rules)
  const { parts, textAround } = split
  const [version] = parts
  if (version === undefined || (textAround && !rules.allowsTextAroundParts)) return false
  if (!rules.allowsExtraParts && parts.length > 2) return false
  if (!rules.allowsNestedMultipart && parts.some((part) => part.type.startsWith('multipart/'))) return false
  if (rules.requiresVersionPart && version.type !== 'application/pgp-encrypted') return false
  const isOne = body(version, rules).toString('latin1').trim() === 'Version: 1'
  if (rules.requiresVersionPart && rules.requiresVersionOne && !isOne) return false
  if (parts.length < 2) return !rules.requiresTwoParts
  const payload = rules.requiresVersionPart
    ? parts[1]
    : (parts.find((part) => part.type === 'application/octet-stream') ?? parts.at(-1))
  if (payload === undefined) return false
  if (rules.requiresOctetStream && payload.type !== 'application/octet-stream') return false
  return hasEncryptedPayload(payload, rules)
}

function hasEncryptedPayload(part: Entity, rules: EncryptionBehaviour): boolean {
  const payload = body(part, rules)
  const data = dearmour(payload, rules)
  if (data === undefined) return !rules.requiresArmour
  if (data.length === 0) return rules.allowsEmptyPayload
  return !rules.walksPackets || isEncryptedSequence(data, rules)
}

function isEncryptedSequence(data: Uint8Array, rules: EncryptionBehaviour): boolean {
  const { packets: all, end } = walkPackets(data, rules.allowsIndeterminateLength)
  const packets = all.filter((packet) => !rules.skippedTags.includes(packet.tag))
  const [first] = packets
  if (first === undefined) return false
  if (rules.looksAtFirstPacketOnly) return [...rules.sessionKeyTags, ...rules.dataTags].includes(first.tag)
  if (end === 'broken' || (end === 'overlong' && rules.requiresExactEnd)) return false
  if (!rules.allowsLegacyFormat && packets.some((packet) => packet.format === 'legacy')) return false
  if (!rules.allowsPartialLengths && packets.some((packet) => packet.partial)) return false
  if (rules.requiresShortestLengths && packets.some((packet) => packet.longLength)) return false
  const at = rules.allowsTrailingPackets
    ? packets.findIndex((packet) => rules.dataTags.includes(packet.tag))
    : packets.length - 1
  const dataPacket = packets[at]
  // What runs to the end may hold encrypted data within.
  if (dataPacket?.unbounded) return true
  if (dataPacket === undefined || !rules.dataTags.includes(dataPacket.tag)) return false
  return hasSessionKeys(packets.slice(0, at), rules) && knows(rules.dataVersions, dataPacket)
}

function hasSessionKeys(keys: readonly Packet[], rules: EncryptionBehaviour): boolean {
  if (rules.requiresSessionKey && keys.length === 0) return false
  if (rules.requiresPublicKeySession && !keys.some((packet) => packet.tag === 1)) return false
  if (rules.mostSessionKeys > 0 && keys.length > rules.mostSessionKeys) return false
  const kinds = new Set(keys.map((packet) => `${packet.tag}/${packet.version}`))
  if (!rules.allowsMixedSessionKeys && kinds.size > 1) return false
  return keys.every((packet) => rules.sessionKeyTags.includes(packet.tag) && knows(rules.sessionKeyVersions, packet))
}

function knows(versions: readonly number[], packet: Packet): boolean {
  return versions.length === 0 || (packet.version !== undefined && versions.includes(packet.version))
}

/** What some filters wrongly demand of the outer headers. */
function hasWantedHeaders(message: Entity, rules: EncryptionBehaviour): boolean {
  const value = (name: string) => message.headers.find((field) => field.name === name)?.value
  if (rules.requiresChatVersion && value('chat-version') === undefined) return false
  if (rules.requiresSubject && value('subject') === undefined) return false
  if (rules.requiresToAddress && value('to')?.includes('@') !== true) return false
  if (message.headers.some((field) => rules.refusesFields.includes(field.name))) return false
  const contentType = message.headers.find((field) => field.name === 'content-type')?.raw ?? ''
  if (rules.comparesCase && !contentType.startsWith('Content-Type: multipart/encrypted')) return false
  const boundary = { any: /(?:)/, quoted: /boundary="/i, alphanumeric: /boundary="?[0-9a-z]+"?(?:;|\s|$)/i }
  if (!boundary[rules.boundaryForm].test(contentType)) return false
  if (rules.requiresContentTypeLast && message.headers.at(-1)?.name !== 'content-type') return false
  if (rules.requiresRecentDate) {
    const date = Date.parse(value('date') ?? '')
    if (Number.isNaN(date) || Math.abs(Date.now() - date) > 86_400_000) return false
  }
  return true
}

function body(part: Entity, rules: EncryptionBehaviour): Buffer {
  return rules.decodesTransferEncoding ? decodeBody(part) : part.body
}
