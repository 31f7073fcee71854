// APPEND with flags and date (RFC 3501 6.3.11), APPENDUID (RFC 4315).
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { overQuota, overQuotaReply, overSizeReply } from '../admit-literal.ts'
import { parseFlags } from '../flags.ts'
import { bodyStart } from '../message/header.ts'
import { bad, type Handler, no, type Outcome, ok } from '../outcome.ts'
import { parseDate } from '../quoting.ts'
import type { Session } from '../session.ts'
import { listOf, stringOf } from '../tokens.ts'
import { targetMailbox } from './mailbox-name.ts'
import { shownValidity } from './select.ts'

export const append: Handler = (session, { args }) => {
  const { append: how, limits } = session.behaviour
  const rest = [...args]
  const name = stringOf(rest.shift())
  const flags = listOf(rest[0]) === undefined ? [] : parseFlags([rest.shift() as (typeof rest)[number]])
  const date = rest[0]?.kind === 'quoted' ? parseDate(stringOf(rest.shift()) ?? '') : 'absent'
  const message = rest[0]
  if (name === undefined || message?.kind !== 'literal' || rest.length !== 1) {
    return bad('Error in IMAP command APPEND: Invalid arguments.')
  }
  if (flags === undefined || date === undefined) return bad('Error in IMAP command APPEND: Invalid flags or date.')
  const mailbox = targetMailbox(session, name, how.missingMailbox)
  if (mailbox === undefined) {
    return no("Mailbox doesn't exist.", how.missingMailbox === 'trycreate' ? 'TRYCREATE' : undefined)
  }
  const { bytes } = message
  if (bytes.length === 0) return no("Can't save a zero byte message.")
  if (how.overSize === 'refused-after-literal' && bytes.length > limits.messageBytes) return fromReply(overSizeReply)
  if (how.overQuota === 'refused-after-literal' && overQuota(session, bytes.length)) return fromReply(overQuotaReply)
  if (how.accepts === 'encrypted-only' && !looksEncrypted(bytes)) return no('APPEND rejected.', 'ENCRYPTED')
  const uidNext = mailbox.uidNext
  const copies = { once: 1, never: 0, twice: 2 }[how.stores]
  for (let n = 0; n < copies; n++) {
    mailbox.append(storedBytes(session, bytes), {
      flags: how.flags === 'kept' ? flags : [],
      ...(date === 'absent' || how.date === 'dropped' ? {} : { internalDate: date }),
      // An own message is announced like any other, unless the server is to keep quiet about it.
      origin: how.announces ? undefined : session,
    })
  }
  if (session.user !== undefined) session.options.stored?.(session.user)
  return ok('Append completed.', uidCode(session, mailbox, uidNext))
}

function uidCode(session: Session, mailbox: Mailbox, uid: number): string | undefined {
  const { appendUid } = session.behaviour.append
  if (appendUid === 'absent' || !session.capabilities.includes('UIDPLUS')) return undefined
  return `APPENDUID ${shownValidity(session, mailbox)} ${appendUid === 'wrong' ? uid + 7 : uid}`
}

function storedBytes(session: Session, bytes: Buffer): Buffer {
  const { body } = session.behaviour.append
  if (body === 'bare-lf') return bytes.filter((octet, at) => octet !== 13 || bytes[at + 1] !== 10) as Buffer
  const nul = bytes.indexOf(0)
  return body === 'cut-at-nul' && nul >= 0 ? bytes.subarray(0, nul) : bytes
}

function looksEncrypted(bytes: Buffer): boolean {
  const end = bodyStart(bytes, { start: 0, end: bytes.length })
  return /^content-type:\s*multipart\/encrypted/im.test(bytes.toString('latin1', 0, end))
}

function fromReply(reply: string): Outcome {
  const [, code = '', text = reply] = /^NO \[([^\]]+)\] (.*)$/.exec(reply) ?? []
  return no(text, code)
}
