// What happens at the end of a submitted message: size, judgement, delivery. Used by the submission role.
import type { EncryptionBehaviour } from '../behaviour/encryption.ts'
import { judge, type Refusal } from '../filter/judge.ts'
import { parseEntity } from '../filter/mime.ts'
import type { Envelope, Peer, SubmissionServices } from './connection.ts'
import { unstuff } from './dot-stuffing.ts'

export interface Incoming {
  /** Null when it was too long to keep. */
  readonly bytes: Buffer | null
  /** Came by DATA: lines that begin with a dot have one more. */
  readonly stuffed: boolean
  /** A message before it in this session was taken. */
  readonly behindTaken: boolean
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
    return refuse(behaviour.limits.tooBigReply)
  }
  const bytes = incoming.stuffed ? unstuff(incoming.bytes, behaviour.delivery.dotUnstuffing) : incoming.bytes
  const message = parseEntity(bytes)
  const verdict = judge(
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
  const passes =
    (verdict?.cause === 'encryption' && isUnguarded(incoming, behaviour.encryption)) ||
    (verdict?.cause === 'from' && peer.upgraded && !behaviour.submission.checksSenderAfterStartTls)
  const refusal = passes ? undefined : verdict
  if (refusal === undefined || deliversAnyway(refusal, services)) {
    services.delivery.submit({
      message,
      sender: envelope.sender,
      recipients: envelope.recipients,
      client: {
        address: peer.address,
        heloName: peer.heloName,
        login: peer.user?.address,
        upgraded: peer.upgraded,
      },
    })
  }
  return refusal === undefined ? { refusal: undefined } : refuse(refusal.reply)
}

function isUnguarded({ stuffed, behindTaken, peer }: Incoming, { unguarded }: EncryptionBehaviour): boolean {
  const ways = { starttls: peer.upgraded, chunking: !stuffed, 'behind-encrypted': behindTaken }
  return unguarded.some((way) => ways[way])
}

function deliversAnyway(refusal: Refusal, services: SubmissionServices): boolean {
  const { submission } = services.behaviour()
  return submission.deliversRefused && submission.deliversRefusedFor.includes(refusal.cause)
}
