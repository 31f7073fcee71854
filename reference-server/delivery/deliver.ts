// Brings accepted messages into mailboxes, on their way to other servers, or back to their sender. Used by SMTP and HTTPS.
import type { Accounts, User } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import { type Entity, firstHeader } from '../filter/mime.ts'
import type { Journal } from '../journal.ts'
import type { Outbound } from '../outbound/types.ts'
import { type Failure, writeBounce } from './bounce.ts'
import { damageBody } from './damage.ts'
import { cleanHeaders, type HeaderContext } from './headers.ts'

interface Submission {
  readonly message: Entity
  readonly sender: string
  readonly recipients: readonly string[]
  readonly client: HeaderContext['client']
}

/** A message of another server, already judged. */
export interface Received {
  readonly message: Entity
  /** Empty for the null sender. */
  readonly sender: string
  /** All under our domains. */
  readonly recipients: readonly string[]
}

export interface Delivery {
  /** Of one of our users, to anybody. */
  submit(submission: Submission): void
  /** Of another server, to our users. */
  receive(received: Received): void
  /** Returns a message to its sender; nothing happens for the null sender (RFC 5321 4.5.5). */
  bounce(failure: Failure, message: { readonly sender: string; readonly head: string }): void
  /** The address is under our domains, but nobody has it. */
  isUnknownLocal(address: string): boolean
}

const mostRememberedIds = 10_000

export function createDelivery(options: {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly accounts: Accounts
  readonly clock: Clock
  readonly journal: Journal
  readonly outbound: Pick<Outbound, 'enqueue'>
  /** Called for each copy put into a mailbox, a bounce included: who is to be woken, and whose mailbox fills up. */
  readonly delivered?: (user: User, message: Pick<Entity, 'headers'>) => void
}): Delivery {
  const { domains, behaviour, accounts, clock, journal, outbound } = options
  const seenIds = new Set<string>()
  let count = 0
  let held: (() => void) | undefined
  /** When the last message in line will be through. */
  let lineFree = 0

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

  const fits = ({ store }: User, bytes: Buffer) =>
    store.usageBytes + bytes.length <= behaviour().imap.quota.limitKib * 1024

  const bounce: Delivery['bounce'] = (failure, { sender, head }) => {
    journal.add('delivery', `cannot deliver to ${failure.recipient}: ${failure.diagnostic}`)
    const { delivery } = behaviour()
    if (sender === '' || delivery.unknownUser !== 'bounce') return
    const author = accounts.find(sender)
    const at = domainOf(sender)
    if (author === undefined && (domains.includes(at) || delivery.bouncesTo === 'own-users')) return
    const domain = author === undefined ? (domains[0] ?? at) : at
    const later = () => {
      const report = writeBounce(failure, { sender, head }, delivery, { domain, now: clock.now() })
      if (author !== undefined) {
        // A bounce that cannot be delivered is not returned again (RFC 5321 4.5.5).
        if (!fits(author, report)) return
        store(author, report, undefined)
        options.delivered?.(author, { headers: [] })
      } else outbound.enqueue({ sender: '', recipients: [sender], bytes: report })
    }
    if (delivery.bounceDelayMs > 0) clock.after(delivery.bounceDelayMs, later)
    else later()
  }

  /** Somebody whom the message does not concern; another one each time. */
  const strangerTo = ({ sender, recipients }: Submission): User | undefined => {
    const concerned = new Set([sender, ...recipients].map((address) => address.toLowerCase()))
    const others = accounts.list().filter(({ address }) => !concerned.has(address))
    return others[count % Math.max(1, others.length)]
  }

  /** Puts one copy into the mailbox of a local recipient, or returns the message. */
  const deliverTo = (
    recipient: string,
    user: User | undefined,
    { message, sender }: { message: Entity; sender: string },
    head: string,
    body: Buffer,
  ) => {
    const { delivery } = behaviour()
    if (user === undefined) {
      const diagnostic = `550 5.1.1 <${recipient}> User doesn't exist: ${recipient}`
      bounce({ recipient, status: '5.1.1', diagnostic }, { sender, head })
      return
    }
    const prefix =
      (delivery.addsReturnPath ? `Return-Path: <${sender}>\r\n` : '') +
      (delivery.addsDeliveredTo ? `Delivered-To: ${user.address}\r\n` : '')
    const bytes = Buffer.concat([Buffer.from(`${prefix}${head}\r\n`, 'latin1'), body])
    if (!fits(user, bytes)) {
      const diagnostic = `552 5.2.2 <${recipient}> Quota exceeded (mailbox for user is full)`
      bounce({ recipient, status: '5.2.2', diagnostic }, { sender, head })
      return
    }
    store(user, bytes, message)
    options.delivered?.(user, message)
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
    const damaged = damageBody(submission.message.body, delivery)
    const body = isNth(count, delivery.corruptsEvery) ? withOneOtherOctet(damaged) : damaged
    const copies = isNth(count, delivery.duplicatesEvery) ? 2 : 1
    const run = () => {
      for (let copy = 0; copy < copies; copy++) {
        const away: string[] = []
        for (const recipient of chosenRecipients(submission, now)) {
          const { user, local, dropped } = find(recipient)
          if (!local) away.push(recipient)
          else if (!dropped) deliverTo(recipient, user, submission, head, body)
        }
        const stranger = isNth(count, delivery.leaksEvery) ? strangerTo(submission) : undefined
        if (stranger !== undefined) deliverTo(stranger.address, stranger, submission, head, body)
        if (away.length > 0) {
          const bytes = Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body])
          outbound.enqueue({ sender: submission.sender, recipients: away, bytes })
        }
      }
    }
    if (delivery.reordersPairs) hold(run)
    else if (delivery.oneAtATimeMs > 0) {
      lineFree = Math.max(lineFree, clock.now()) + delivery.oneAtATimeMs
      clock.after(lineFree - clock.now(), run)
    } else if (delivery.delayMs > 0 && isNth(count, delivery.delaysEvery)) clock.after(delivery.delayMs, run)
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

  const receive = (received: Received) => {
    const head = received.message.headers
      .filter(({ name }) => !behaviour().inbound.removesHeaders.includes(name))
      .map(({ raw }) => (raw.endsWith('\r\n') ? raw : `${raw}\r\n`))
      .join('')
    for (const recipient of received.recipients) {
      const { user, dropped } = find(recipient)
      if (!dropped) deliverTo(recipient, user, received, head, received.message.body)
    }
  }

  return {
    submit,
    receive,
    bounce,
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

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/** In the middle, where an encrypted message has its armour. */
function withOneOtherOctet(body: Buffer): Buffer {
  const changed = Buffer.from(body)
  const middle = Math.floor(changed.length / 2)
  if (middle < changed.length) changed[middle] = changed[middle] === 0x41 ? 0x42 : 0x41
  return changed
}

function isNth(count: number, every: number): boolean {
  return every > 0 && count % every === 0
}
