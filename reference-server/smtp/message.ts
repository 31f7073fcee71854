// What happens at the end of a message: size, judgement, delivery. Used by the transaction.
import { judge, type Refusal } from '../filter/judge.ts'
import { parseEntity } from '../filter/mime.ts'
import type { Envelope, Peer, SubmissionServices } from './connection.ts'

export interface Incoming {
  /** Null when it was too long to keep. */
  readonly bytes: Buffer | null
  /** Came by DATA: lines that begin with a dot have one more. */
  readonly stuffed: boolean
  readonly envelope: Envelope
  readonly peer: Peer
}

/** Stored for all its recipients, or refused for all of them with this reply. */
export interface Outcome {
  readonly refusal: string | undefined
}

export function takeMessage(incoming: Incoming, services: SubmissionServices): Outcome {
  const behaviour = services.behaviour()
  const { envelope, peer } = incoming
  const refuse = (reply: string): Outcome => {
    services.journal.add('submission', `refused a message of ${envelope.sender}: ${reply}`)
    return { refusal: reply }
  }
  if (incoming.bytes === null || incoming.bytes.length > behaviour.limits.messageBytes) {
    return refuse('552 5.3.4 Error: message file too big')
  }
  const bytes = incoming.stuffed ? unstuff(incoming.bytes, behaviour.delivery.dotUnstuffing) : incoming.bytes
  const message = parseEntity(bytes)
  const refusal = judge(
    {
      message,
      size: incoming.bytes.length,
      // Where the null sender passes, nothing but the login says whose message it is.
      sender: envelope.sender === '' ? (peer.user?.address ?? '') : envelope.sender,
      recipients: envelope.recipients,
      domains: services.domains,
    },
    behaviour,
  )
  if (refusal === undefined || deliversAnyway(refusal, services)) {
    services.delivery.submit({
      message,
      sender: envelope.sender,
      recipients: envelope.recipients,
      client: { address: peer.address, heloName: peer.heloName, login: peer.user?.address },
    })
  }
  return refusal === undefined ? { refusal: undefined } : refuse(refusal.reply)
}

function deliversAnyway(refusal: Refusal, services: SubmissionServices): boolean {
  const { submission } = services.behaviour()
  return submission.deliversRefused && submission.deliversRefusedFor.includes(refusal.cause)
}

/** Takes one dot off each line that begins with one (RFC 5321 4.5.2). */
function unstuff(bytes: Buffer, mode: 'done' | 'missing' | 'all-dots'): Buffer {
  if (mode === 'missing') return bytes
  const starts: number[] = []
  if (bytes[0] === 0x2e) starts.push(0)
  for (let at = bytes.indexOf('\r\n.', 0, 'latin1'); at >= 0; at = bytes.indexOf('\r\n.', at + 2, 'latin1')) {
    starts.push(at + 2)
  }
  if (starts.length === 0) return bytes
  const pieces: Buffer[] = []
  let from = 0
  for (const start of starts) {
    pieces.push(bytes.subarray(from, start))
    from = start + 1
    while (mode === 'all-dots' && bytes[from] === 0x2e) from += 1
  }
  pieces.push(bytes.subarray(from))
  return Buffer.concat(pieces)
}
