// Brings accepted messages into mailboxes, the outbox or a bounce. Used by submission; nothing waits: it is all memory.
import type { Accounts, User } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import { type Entity, firstHeader } from '../filter/mime.ts'
import type { Journal } from '../journal.ts'
import { type Failure, writeBounce } from './bounce.ts'
import { damageBody } from './damage.ts'
import { cleanHeaders, type HeaderContext } from './headers.ts'

interface Submission {
  readonly message: Entity
  readonly sender: string
  readonly recipients: readonly string[]
  readonly client: HeaderContext['client']
}

/** A message for another domain, which this server does not connect to. */
interface Outgoing {
  readonly at: number
  readonly sender: string
  readonly recipient: string
  readonly bytes: Buffer
}

export interface Delivery {
  submit(submission: Submission): void
  /** The address is under our domains, but nobody has it. */
  isUnknownLocal(address: string): boolean
  /** The newest messages to other domains. */
  readonly outbox: readonly Outgoing[]
}

const mostOutgoing = 1_000
const mostRememberedIds = 10_000

export function createDelivery(options: {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly accounts: Accounts
  readonly clock: Clock
  readonly journal: Journal
}): Delivery {
  const { domains, behaviour, accounts, clock, journal } = options
  const outbox: Outgoing[] = []
  const seenIds = new Set<string>()
  let count = 0
  let held: (() => void) | undefined

  const find = (recipient: string): { user: User | undefined; local: boolean; dropped: boolean } => {
    const { plusAddresses, foldsRecipientCase } = behaviour().delivery
    const address = foldsRecipientCase ? recipient.toLowerCase() : recipient
    const at = address.lastIndexOf('@')
    const local = at < 0 || domains.includes(address.slice(at + 1).toLowerCase())
    if (!local) return { user: undefined, local, dropped: false }
    const full = at < 0 ? `${address}@${domains[0]}` : address
    const exact = !foldsRecipientCase && full !== full.toLowerCase() ? undefined : accounts.find(full)
    const plus = full.indexOf('+')
    if (exact !== undefined || plus < 0) return { user: exact, local, dropped: false }
    const bare = accounts.find(full.slice(0, plus) + full.slice(full.lastIndexOf('@')))
    return { user: plusAddresses === 'user' ? bare : undefined, local, dropped: plusAddresses === 'drop' }
  }

  const store = (user: User, bytes: Buffer, message: Entity | undefined) => {
    const { folder, flags, internalDate } = behaviour().delivery
    const mailbox = user.store.get(folder) ?? user.store.create(folder) ?? user.store.inbox
    const date = Date.parse((message && firstHeader(message.headers, 'date')) ?? '')
    mailbox.append(bytes, {
      flags,
      ...(internalDate === 'epoch' ? { internalDate: 0 } : {}),
      ...(internalDate === 'date-header' && !Number.isNaN(date) ? { internalDate: date } : {}),
    })
  }

  const bounce = (failure: Failure, sender: string, head: string) => {
    journal.add('delivery', `cannot deliver to ${failure.recipient}: ${failure.diagnostic}`)
    const { delivery } = behaviour()
    const author = accounts.find(sender)
    if (author === undefined || delivery.unknownUser !== 'bounce') return
    const domain = sender.slice(sender.lastIndexOf('@') + 1).toLowerCase()
    const later = () => {
      const now = clock.now()
      store(author, writeBounce(failure, { sender, head }, delivery, { domain, now }), undefined)
    }
    if (delivery.bounceDelayMs > 0) clock.after(delivery.bounceDelayMs, later)
    else later()
  }

  const deliverTo = (recipient: string, submission: Submission, head: string, body: Buffer) => {
    const { delivery, imap } = behaviour()
    const { sender } = submission
    const { user, local, dropped } = find(recipient)
    if (dropped) return
    if (!local) {
      const domain = recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase()
      if (/(^|\.)invalid$/.test(domain)) {
        const diagnostic = `512 Domain ${domain} does not exist`
        if (delivery.bounceUnroutable) bounce({ recipient, status: '5.1.2', diagnostic }, sender, head)
        return
      }
      outbox.push({
        at: clock.now(),
        sender,
        recipient,
        bytes: Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body]),
      })
      if (outbox.length > mostOutgoing) outbox.shift()
      journal.add('delivery', `queued for ${recipient}: other domains are not reached from here`)
      return
    }
    if (user === undefined) {
      const diagnostic = `550 5.1.1 <${recipient}> User doesn't exist: ${recipient}`
      bounce({ recipient, status: '5.1.1', diagnostic }, sender, head)
      return
    }
    const prefix =
      (delivery.addsReturnPath ? `Return-Path: <${sender}>\r\n` : '') +
      (delivery.addsDeliveredTo ? `Delivered-To: ${user.address}\r\n` : '')
    const bytes = Buffer.concat([Buffer.from(`${prefix}${head}\r\n`, 'latin1'), body])
    if (user.store.usageBytes + bytes.length > imap.quota.limitKib * 1024) {
      const diagnostic = `552 5.2.2 <${recipient}> Quota exceeded (mailbox for user is full)`
      bounce({ recipient, status: '5.2.2', diagnostic }, sender, head)
      return
    }
    store(user, bytes, submission.message)
  }

  const submit = (submission: Submission) => {
    const now = behaviour()
    const { delivery } = now
    count += 1
    const id = firstHeader(submission.message.headers, 'message-id') ?? ''
    const repeated = seenIds.has(id)
    seenIds.add(id)
    if (seenIds.size > mostRememberedIds) seenIds.clear()
    const size = submission.message.body.length
    if (
      (delivery.deduplicatesByMessageId && repeated) ||
      isNth(count, delivery.losesEvery) ||
      (delivery.dropsOverBytes > 0 && size > delivery.dropsOverBytes) ||
      (now.limits.silentlyDropsOverBytes > 0 && size > now.limits.silentlyDropsOverBytes)
    ) {
      return
    }
    const head = cleanHeaders(
      submission.message.headers,
      {
        domain: domains[0] ?? '',
        sender: submission.sender,
        recipients: submission.recipients,
        client: submission.client,
        now: clock.now(),
      },
      now,
    )
    const body = damageBody(submission.message.body, delivery)
    const copies = isNth(count, delivery.duplicatesEvery) ? 2 : 1
    const run = () => {
      for (let copy = 0; copy < copies; copy++) {
        for (const recipient of chosenRecipients(submission, now)) deliverTo(recipient, submission, head, body)
      }
    }
    if (delivery.reordersPairs) hold(run)
    else if (delivery.delayMs > 0 && isNth(count, delivery.delaysEvery)) clock.after(delivery.delayMs, run)
    else run()
  }

  /** Swaps this message with the next one, if that comes soon. */
  const hold = (run: () => void) => {
    if (held !== undefined) {
      const earlier = held
      held = undefined
      run()
      earlier()
      return
    }
    held = run
    clock.after(200, () => {
      if (held === run) {
        held = undefined
        run()
      }
    })
  }

  return {
    submit,
    outbox,
    isUnknownLocal: (address) => {
      const { local, user } = find(address)
      return local && user === undefined
    },
  }
}

function chosenRecipients({ recipients, sender }: Submission, { delivery }: Behaviour): readonly string[] {
  const unique = delivery.duplicatesRepeatedRecipients
    ? recipients
    : recipients.filter((one, at) => recipients.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === at)
  const reached = {
    every: unique,
    first: unique.slice(0, 1),
    last: unique.slice(-1),
    'first-5': unique.slice(0, 5),
    'first-50': unique.slice(0, 50),
  }[delivery.recipients]
  const isSelf = (recipient: string) => recipient.toLowerCase() === sender.toLowerCase()
  if (delivery.selfMail === 'lost') return reached.filter((recipient) => !isSelf(recipient))
  if (delivery.selfMail === 'only-alone' && reached.length > 1) return reached.filter((recipient) => !isSelf(recipient))
  return reached
}

function isNth(count: number, every: number): boolean {
  return every > 0 && count % every === 0
}
