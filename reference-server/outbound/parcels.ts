// One try of a queue entry: which transactions it makes, and what comes of them together. Used by the queue.
import type { QueueBehaviour } from '../behaviour/outbound.ts'
import type { Courier } from './courier.ts'
import type { Entry } from './destination.ts'
import type { Attempt, Outcome, Parcel } from './types.ts'

export async function sendEntry(entry: Entry, courier: Courier, rules: QueueBehaviour): Promise<Attempt> {
  const { sender } = entry.waiting
  const bytes = await entry.waiting.signed()
  const recipients = rules.recipients === 'every' ? entry.recipients : entry.recipients.slice(0, 1)
  const groups = rules.transactions === 'per-domain' ? [recipients] : recipients.map((one) => [one])
  const outcomes: Outcome[] = []
  for (const group of groups) {
    const parcel: Parcel = { sender, recipients: group, bytes }
    const attempt = await courier.deliver(parcel)
    for (let copy = 1; copy < rules.copies; copy++) await courier.deliver(parcel)
    if (attempt.kind === 'answered') outcomes.push(...attempt.outcomes)
    else if (outcomes.length === 0) return attempt
    else outcomes.push(...group.map((recipient) => asDeferred(recipient, attempt.reply)))
  }
  return { kind: 'answered', outcomes }
}

function asDeferred(recipient: string, reply: string): Outcome {
  return { recipient, fate: 'deferred', reply }
}
