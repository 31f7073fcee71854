// Takes a message of another server in, or says why not: one way for port 25 and /mxdeliv.
import type { MxdelivBehaviour } from '../behaviour/inbound.ts'
import { type Entity, parseEntity } from '../filter/mime.ts'
import { noRoomReply } from '../smtp/connection.ts'
import { judgeArrival } from './judge.ts'
import { type InboundServices, isOurs } from './services.ts'

export interface Delivered {
  /** CRLF, without dot-stuffing. */
  readonly bytes: Buffer
  /** Empty for the null sender. */
  readonly sender: string
  readonly recipients: readonly string[]
  /** IP address. */
  readonly client: string
}

/** Larger heads are no mail, and cost the verification dearly: Postfix keeps 102,400 bytes of one. */
const mostHeadBytes = 131_072
const mostHeadLines = 4_000

/** Undefined when the message was taken, otherwise the SMTP reply that refuses it. */
export async function receiveMessage(
  { bytes, sender, recipients, client }: Delivered,
  services: InboundServices,
  asks: MxdelivBehaviour['judges'] = 'everything',
): Promise<string | undefined> {
  const { inbound } = services.behaviour()
  const refuse = (reply: string) => {
    services.journal.add('inbound', `refused a message of ${sender || '<>'}: ${reply}`)
    return reply
  }
  if (inbound.bareLineEnds === 'refused' && !hasProperLines(bytes)) return refuse(inbound.malformedReply)
  if (services.storage?.trouble !== undefined) return refuse(noRoomReply)
  const message = parseEntity(bytes)
  if (isHeadTooLarge(bytes, message.body)) return refuse('552 5.3.4 Error: message header too big')
  const { refusal, author } = await judgeArrival(
    { message, size: bytes.length, sender, recipients, client },
    services,
    asks,
  )
  if (refusal !== undefined && !inbound.deliversRefused) return refuse(refusal)
  // Mail that somebody forwards for another must not make him get bounces of it.
  const forgotten = inbound.foreignEnvelope === 'forgotten' && author?.toLowerCase() !== sender.toLowerCase()
  store(message, forgotten ? '' : sender, recipients, services)
  return refusal === undefined ? undefined : refuse(refusal)
}

function store(message: Entity, sender: string, recipients: readonly string[], services: InboundServices): void {
  const unique = recipients.filter((one, at) => recipients.indexOf(one) === at)
  const first = services.behaviour().inbound.recipients === 'first'
  const ours = unique.filter((recipient) => isOurs(recipient, services.domains)).slice(0, first ? 1 : undefined)
  const others = unique.filter((recipient) => !isOurs(recipient, services.domains))
  if (ours.length > 0) services.delivery.receive({ message, sender, recipients: ours })
  if (others.length > 0) {
    // Only an open relay comes here.
    const head = message.headers.map(({ raw }) => raw).join('')
    const bytes = Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), message.body])
    services.outbound.enqueue({ sender, recipients: others, bytes })
  }
}

/** Every CR with its LF, every LF with its CR, and one pair at the end (RFC 5321 2.3.8). */
function hasProperLines(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at - 1] !== 0x0d) return false
  }
  for (let at = bytes.indexOf(0x0d); at >= 0; at = bytes.indexOf(0x0d, at + 1)) {
    if (bytes[at + 1] !== 0x0a) return false
  }
  return bytes.length >= 2 && bytes[bytes.length - 1] === 0x0a
}

function isHeadTooLarge(bytes: Buffer, body: Buffer): boolean {
  const head = bytes.length - body.length
  let lines = 0
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < head; at = bytes.indexOf(0x0a, at + 1)) lines += 1
  return head > mostHeadBytes || lines > mostHeadLines
}
