// The server's clock: what it shows, and moving it ahead. And the daily clean-up, which follows from it.
import { z } from 'zod'
import { empty, json, type Route, route } from './route.ts'

const clockShape = z.object({ now: z.number(), iso: z.string() })

export const clockRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/clock',
    id: 'readClock',
    summary: 'The time on the server.',
    gives: clockShape,
    status: 200,
    run: ({ reference }) => json(shown(reference.clock.now())),
  }),
  route({
    method: 'POST',
    path: '/clock',
    id: 'advanceClock',
    summary: 'Moves the clock ahead; timers that fall due fire in their order before the answer.',
    body: z.object({
      advance: z
        .number()
        .positive()
        .max(3_650 * 86_400)
        .describe('Seconds.'),
    }),
    gives: clockShape,
    status: 200,
    async run({ reference }, { body }) {
      await reference.clock.advance(body.advance * 1_000)
      return json(shown(reference.clock.now()))
    },
  }),
  route({
    method: 'POST',
    path: '/expire',
    id: 'expire',
    summary: 'Runs the daily clean-up now: old mail and accounts that nobody uses.',
    gives: 'nothing',
    status: 204,
    async run({ reference }) {
      await reference.expire()
      return empty
    },
  }),
]

function shown(now: number): z.infer<typeof clockShape> {
  return { now, iso: new Date(now).toISOString() }
}
