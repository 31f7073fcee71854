// Mail to other servers.

import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Failure } from '../delivery/bounce.ts'
import type { Journal } from '../journal.ts'
import type { Network } from '../network/network.ts'
import type { Outbound, Outgoing } from './types.ts'

const mostWaiting = 1_000

export function createOutbound(options: {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
  readonly network: Network
  /** The message cannot be delivered to this recipient, now or ever. */
  readonly returned: (failure: Failure, message: { readonly sender: string; readonly head: string }) => void
}): Outbound {
  const waiting: Outgoing[] = []
  return {
    waiting,
    enqueue(message) {
      for (const recipient of message.recipients) {
        const domain = recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase()
        if (/(^|\.)invalid$/.test(domain)) {
          const diagnostic = `512 Domain ${domain} does not exist`
          if (!options.behaviour().delivery.bounceUnroutable) continue
          const head = message.bytes.subarray(0, message.bytes.indexOf('\r\n\r\n') + 2).toString('latin1')
          options.returned({ recipient, status: '5.1.2', diagnostic }, { sender: message.sender, head })
          continue
        }
        waiting.push({ ...message, recipients: [recipient] })
        if (waiting.length > mostWaiting) waiting.shift()
        options.journal.add('delivery', `queued for ${recipient}`)
      }
    },
    close: async () => {},
  }
}
