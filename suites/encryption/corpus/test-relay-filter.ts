// The rule of the deployed relay's filter, for tests only: an independent judge of what the corpus expects. Written after
// the description of its behaviour (multipart/encrypted, two parts, strict armour, packet headers; exact securejoin request).
import { walkPackets } from '../../../harness/mail/test-readers.ts'

/** Messages are read as latin1 text; `recipients` are the envelope's. */
export function relayAccepts(message: string, sender: string, recipients: readonly string[]): boolean {
  const entity = entityOf(message)
  if (isEncrypted(entity) || isSecurejoin(entity)) return true
  const toSelf = recipients.length === 1 && recipients[0] === sender
  return toSelf && entity.type === 'multipart/mixed' && entity.headers.get('subject') === 'Autocrypt Setup Message'
}

interface Entity {
  readonly headers: ReadonlyMap<string, string>
  readonly type: string
  readonly body: string
  readonly parts: readonly Entity[]
}

function entityOf(text: string): Entity {
  const split = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n') + 2
  const body = text.slice(split + 2)
  const headers = new Map<string, string>()
  for (const line of text
    .slice(0, split)
    .replaceAll(/\r\n([ \t])/g, '$1')
    .split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase()
    if (!headers.has(name)) headers.set(name, line.slice(line.indexOf(':') + 1).trim())
  }
  const contentType = headers.get('content-type') ?? 'text/plain'
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  const boundary = /boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(contentType)
  const pieces = type.startsWith('multipart/') ? `\r\n${body}`.split(`\r\n--${boundary?.[1] ?? boundary?.[2]}`) : []
  const parts: Entity[] = []
  for (const piece of pieces.slice(1)) {
    if (piece.startsWith('--')) break
    parts.push(entityOf(piece.replace(/^\r\n/, '')))
  }
  return { headers, type, body, parts }
}

function isEncrypted({ type, parts }: Entity): boolean {
  if (type !== 'multipart/encrypted' || parts.length === 0) return false
  return parts.every((part, at) => {
    if (part.type.startsWith('multipart/')) return false
    const base64 = part.headers.get('content-transfer-encoding')?.toLowerCase() === 'base64'
    const body = base64 ? Buffer.from(part.body, 'base64').toString('latin1') : part.body
    if (at === 0) return part.type === 'application/pgp-encrypted' && body.trim() === 'Version: 1'
    return at === 1 && part.type === 'application/octet-stream' && isArmouredMessage(body)
  })
}

function isArmouredMessage(text: string): boolean {
  const begin = '-----BEGIN PGP MESSAGE-----\r\n'
  const end = '-----END PGP MESSAGE-----'
  const block = text.replace(/(\r\n)+$/, '')
  if (!block.startsWith(begin) || !block.endsWith(end)) return false
  const inner = block.slice(begin.length, -end.length)
  if (inner.startsWith('Version: ')) return false
  const cut = inner.lastIndexOf('=')
  const data = (cut === -1 ? inner : inner.slice(0, cut)).replaceAll(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data)) return false
  try {
    const packets = walkPackets(Buffer.from(data, 'base64'))
    if (packets.length === 0 || packets.some((packet) => packet.form === 'indeterminate')) return false
    return packets.every(({ type }, at) => (at === packets.length - 1 ? type === 18 : type === 1 || type === 3))
  } catch {
    return false
  }
}

function isSecurejoin({ headers, type, parts }: Entity): boolean {
  const step = headers.get('secure-join')
  if ((step !== 'vc-request' && step !== 'vg-request') || !type.startsWith('multipart/')) return false
  const [part, ...more] = parts
  if (part === undefined || more.length > 0 || part.type !== 'text/plain') return false
  return /^secure-join: v[cg]-request$/.test(part.body.trim().toLowerCase())
}
