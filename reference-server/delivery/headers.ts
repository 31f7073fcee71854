// Header clean-up between submission and mailbox: what is taken out, replaced and added. Used by delivery.
import { randomUUID } from 'node:crypto'
import type { Behaviour } from '../behaviour/index.ts'
import type { HeaderField } from '../filter/mime.ts'

export interface HeaderContext {
  readonly domain: string
  readonly sender: string
  readonly recipients: readonly string[]
  readonly client: {
    readonly address: string
    readonly heloName: string
    readonly login: string | undefined
    /** It came to port 587. */
    readonly upgraded: boolean
  }
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The head of the message as stored, without the empty line; latin1, each field with its CRLF. */
export function cleanHeaders(headers: readonly HeaderField[], context: HeaderContext, behaviour: Behaviour): string {
  const { privacy, delivery } = behaviour
  let head = addedFields(context, behaviour)
  for (const field of headers) {
    if (privacy.removesHeaders.includes(field.name) || delivery.dropsHeaders.includes(field.name)) continue
    if (field.name === 'bcc' && !privacy.keepsBcc) continue
    head += cleanField(field, context, behaviour)
  }
  return head
}

function cleanField(field: HeaderField, context: HeaderContext, { privacy, delivery }: Behaviour): string {
  switch (field.name) {
    case 'subject':
      return privacy.subject === null ? field.raw : `Subject: ${privacy.subject}\r\n`
    case 'message-id':
      return messageIdField(field, context, delivery.messageId)
    case 'date':
      return delivery.date === 'kept' ? field.raw : `Date: ${mailDate(context.now)}\r\n`
    case 'to':
      if (delivery.to === 'kept') return field.raw
      return delivery.to === 'removed' ? '' : `To: ${context.recipients.join(', ')}\r\n`
    case 'content-type':
      return delivery.contentTypeCase === 'kept' ? field.raw : field.raw.toLowerCase()
    default:
      return field.raw.endsWith('\r\n') ? field.raw : `${field.raw}\r\n`
  }
}

function messageIdField(
  { raw }: HeaderField,
  { domain }: HeaderContext,
  mode: Behaviour['delivery']['messageId'],
): string {
  switch (mode) {
    case 'kept':
      return raw
    case 'removed':
      return ''
    case 'replaced':
      return `Message-ID: <${randomUUID()}@${domain}>\r\n`
    case 'lower-case':
      return `Message-ID${raw.slice('Message-ID'.length).toLowerCase()}`
    case 'shortened':
      return raw.replace(/<([^>]{62})[^>]+>/, '<$1>')
  }
}

function addedFields({ client, domain, recipients, now }: HeaderContext, { privacy }: Behaviour): string {
  let added = ''
  const on587 = privacy.received === 'with-address-after-starttls'
  if (privacy.received !== 'none' && (!on587 || client.upgraded)) {
    const hides = privacy.received === 'without-address'
    const from = hides ? 'localhost' : `${client.heloName} (unknown [${client.address}])`
    added += `Received: from ${from}\r\n\tby ${domain} with ESMTPSA; ${mailDate(now)}\r\n`
  }
  if (privacy.addressHeader !== null) {
    const address = privacy.addressWithPort ? `${client.address}:50123` : client.address
    added += `${privacy.addressHeader}: ${address}\r\n`
  }
  if (privacy.loginHeader !== null) added += `${privacy.loginHeader}: ${client.login ?? ''}\r\n`
  if (privacy.addsHeloHeader) added += `X-Helo: ${client.heloName}\r\n`
  if (privacy.listsRecipients) added += `X-Envelope-To: ${recipients.join(', ')}\r\n`
  if (privacy.addsAuthenticationResults) added += `Authentication-Results: ${domain}; auth=pass\r\n`
  if (privacy.addsDkimSignature) {
    added += `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=opendkim; h=From; bh=AAAA; b=AAAA\r\n`
  }
  return added
}

/** RFC 5322 3.3, UTC. */
export function mailDate(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}
