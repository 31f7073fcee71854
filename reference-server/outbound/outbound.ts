// Mail to other servers: takes messages over from delivery, groups their recipients, signs them, and sends them by the
// queue. Used by startReference.
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Failure } from '../delivery/bounce.ts'
import { type SigningKeys, signatureFields } from '../dkim/sign.ts'
import type { Journal } from '../journal.ts'
import type { Network } from '../network/network.ts'
import type { Storage } from '../storage/types.ts'
import { createCourier } from './courier.ts'
import { keepEntries } from './kept-entries.ts'
import { createQueue } from './queue.ts'
import { isLiteral } from './route.ts'
import { createTrust } from './trust.ts'
import type { Outbound, Waiting } from './types.ts'

export function createOutbound(options: {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
  readonly network: Network
  readonly keys: SigningKeys
  /** Has the messages that waited when an earlier life ended. */
  readonly storage: Pick<Storage, 'put' | 'records'>
  /** The message cannot be delivered to this recipient, now or ever. */
  readonly returned: (failure: Failure, message: { readonly sender: string; readonly head: string }) => void
}): Outbound {
  const { domains, behaviour, clock, journal, network, keys } = options
  const trust = createTrust(network, () => behaviour().outbound.transport)
  const smtpOnly = new Map<string, number>()
  const kept = keepEntries(options.storage)
  const queue = createQueue({
    kept,
    behaviour,
    clock,
    journal,
    courier: (domain) => createCourier(domain, { domains, behaviour, clock, network, trust, smtpOnly }),
    returned: (failure, message) => {
      if (failure.status !== '5.1.2' || behaviour().delivery.bounceUnroutable) options.returned(failure, message)
    },
  })

  const signatures = async (sender: string, message: Buffer): Promise<string> => {
    const rules = behaviour().dkim
    const own = domainOf(sender)
    const domain = domains.includes(own) ? own : (domains[0] ?? own)
    const signs = rules.signs && (sender !== '' || rules.signsBounces) && (!isLiteral(domain) || rules.signsLiterals)
    return signs ? await signatureFields(message, { domain, rules, keys, now: clock.now() }) : ''
  }

  const wait = (sender: string, message: Buffer): Waiting => {
    let fields: Promise<string> | undefined
    return {
      sender,
      message,
      signed: async () => {
        fields ??= signatures(sender, message)
        return Buffer.concat([Buffer.from(await fields, 'latin1'), message])
      },
    }
  }

  // A new life is a reason to try everything at once, in the old order.
  for (const { sender, message, nextTry: _later, ...rest } of kept.load()) queue.add(wait(sender, message), rest)
  return {
    queue,
    enqueue({ sender, recipients, bytes }) {
      const waiting = wait(sender, bytes)
      const since = clock.now()
      for (const domain of new Set(recipients.map(domainOf))) {
        const group = recipients.filter((recipient) => domainOf(recipient) === domain)
        queue.add(waiting, { domain, recipients: group, since, tries: 0, lastReply: undefined, nextTry: undefined })
      }
    },
    close: () => queue.close(),
  }
}

/** Of an address; all of it after the last @, in lower case. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
