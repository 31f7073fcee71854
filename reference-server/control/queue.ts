// Mail on its way to other servers: what waits, and trying it now.
import { z } from 'zod'
import type { QueueEntry } from '../outbound/types.ts'
import { json, type Route, route } from './route.ts'

const entryShape = z
  .object({
    id: z.int(),
    sender: z.string().describe('Empty for a bounce.'),
    domain: z.string(),
    recipients: z.array(z.string()).describe('Those that have not got it yet.'),
    bytes: z.int(),
    since: z.number(),
    tries: z.int(),
    lastReply: z.string().nullable(),
    nextTry: z.number().nullable().describe('Null while it is being sent.'),
  })
  .meta({ id: 'QueueEntry' })

const queueShape = z.object({ queue: z.array(entryShape) })

export const queueRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/queue',
    id: 'listQueue',
    summary: 'Messages on their way to other servers, oldest first.',
    gives: queueShape,
    status: 200,
    run: ({ reference }) => json({ queue: reference.queue.entries.map(shown) }),
  }),
  route({
    method: 'POST',
    path: '/queue/flush',
    id: 'flushQueue',
    summary: 'Tries everything now, or all for one domain, and answers what is left.',
    query: z.object({ domain: z.string().max(255).optional() }),
    gives: queueShape,
    status: 200,
    async run({ reference }, { query }) {
      await reference.queue.flush(query.domain)
      return json({ queue: reference.queue.entries.map(shown) })
    },
  }),
]

function shown({ id, sender, domain, recipients, bytes, since, tries, lastReply, nextTry }: QueueEntry) {
  const sent = { id, sender, domain, recipients: [...recipients], bytes, since, tries }
  return { ...sent, lastReply: lastReply ?? null, nextTry: nextTry ?? null } satisfies z.infer<typeof entryShape>
}
