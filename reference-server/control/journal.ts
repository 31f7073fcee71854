// What happened inside the server: as a list, and as lines while it happens.
import { z } from 'zod'
import type { Journal, JournalEvent } from '../journal.ts'
import { json, type Route, route } from './route.ts'
import { wholeInQuery } from './schemas.ts'

const eventShape = z
  .object({
    number: z.int().describe('Counts up from 1.'),
    at: z.number(),
    area: z.string(),
    text: z.string().describe('One line, without passwords, tokens and message bodies.'),
  })
  .meta({ id: 'Event' })

const since = wholeInQuery.optional().describe('Only events with a higher number.')

export const journalRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/journal',
    id: 'readJournal',
    summary: 'What happened, the newest thousands of it.',
    query: z.object({ since }),
    gives: z.object({ events: z.array(eventShape) }),
    status: 200,
    run: ({ reference }, { query }) =>
      json({ events: reference.journal.events.filter(({ number }) => number > (query.since ?? 0)) }),
  }),
  route({
    method: 'GET',
    path: '/journal/stream',
    id: 'followJournal',
    summary: 'The same, one JSON object a line, and then what happens as it happens.',
    query: z.object({ since }),
    gives: 'lines',
    status: 200,
    run: ({ reference }, { query, gone }) => ({
      kind: 'lines',
      values: follow(reference.journal, query.since ?? 0, gone),
    }),
  }),
]

/** A reader slower than this loses what is in between, and sees it at the numbers. */
const mostUnread = 10_000

async function* follow(journal: Journal, since: number, gone: AbortSignal): AsyncIterable<JournalEvent> {
  const unread = journal.events.filter(({ number }) => number > since)
  let wake = () => {}
  const stop = journal.subscribe((event) => {
    if (unread.length < mostUnread) unread.push(event)
    wake()
  })
  const ended = () => wake()
  gone.addEventListener('abort', ended)
  try {
    while (!gone.aborted) {
      const event = unread.shift()
      if (event !== undefined) yield event
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    stop()
    gone.removeEventListener('abort', ended)
  }
}
