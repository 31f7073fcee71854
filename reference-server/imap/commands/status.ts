// STATUS (RFC 3501 6.3.10, RFC 7162 3.1.7, RFC 8438).
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { bad, type Handler, no, ok } from '../outcome.ts'
import { astring } from '../quoting.ts'
import type { Session } from '../session.ts'
import { keywordOf, listOf, stringOf, type Token } from '../tokens.ts'
import { findMailbox } from './mailbox-name.ts'
import { enableCondstore, shownModseq, shownValidity } from './select.ts'

const known = new Set(['MESSAGES', 'RECENT', 'UIDNEXT', 'UIDVALIDITY', 'UNSEEN', 'HIGHESTMODSEQ', 'SIZE', 'DELETED'])

export const status: Handler = (session, { args }) => {
  const name = stringOf(args[0])
  const items = statusItems(listOf(args[1]))
  if (name === undefined || items === undefined) return bad('Error in IMAP command STATUS: Invalid arguments.')
  const mailbox = findMailbox(session, name)
  if (mailbox === undefined) return no("Mailbox doesn't exist.", 'NONEXISTENT')
  const onSelected = mailbox === session.view?.mailbox
  if (onSelected && session.behaviour.status.onSelected === 'refused') return no('Mailbox is selected.')
  if (items.includes('HIGHESTMODSEQ')) enableCondstore(session)
  session.untagged(statusLine(session, mailbox, items))
  return ok(
    onSelected ? 'Status on selected mailbox completed.' : 'Status completed.',
    onSelected ? 'CLIENTBUG' : undefined,
  )
}

export function statusItems(tokens: readonly Token[] | undefined): readonly string[] | undefined {
  const items = tokens?.map((token) => keywordOf(token) ?? '')
  return items === undefined || items.length === 0 || items.some((item) => !known.has(item)) ? undefined : items
}

export function statusLine(session: Session, mailbox: Mailbox, items: readonly string[]): string {
  const { status: how } = session.behaviour
  const values = items.flatMap((item) => {
    if (item === 'UIDNEXT' && how.uidNext === 'absent') return []
    return [`${item} ${statusValue(session, mailbox, item)}`]
  })
  return `STATUS ${astring(mailbox.name, session.behaviour.wording.mailboxNames)} (${values.join(' ')})`
}

function statusValue(session: Session, mailbox: Mailbox, item: string): number {
  const { status: how } = session.behaviour
  const { messages } = mailbox
  switch (item) {
    case 'MESSAGES':
      return how.messages === 'right' ? messages.length : 0
    case 'RECENT':
      return messages.filter((message) => message.uid >= mailbox.recentFrom).length
    case 'UIDNEXT':
      return how.uidNext === 'stuck' ? 1 : mailbox.uidNext
    case 'UIDVALIDITY':
      return shownValidity(session, mailbox)
    case 'UNSEEN':
      return how.unseen === 'right' ? messages.filter((message) => !message.flags.has('\\Seen')).length : 0
    case 'DELETED':
      return messages.filter((message) => message.flags.has('\\Deleted')).length
    case 'SIZE':
      return mailbox.bytes
    default:
      return shownModseq(session, mailbox)
  }
}
