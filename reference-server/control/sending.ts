// Mail that did not come through a client: of one of our users.
import { z } from 'zod'
import { json, type Route, route } from './route.ts'
import { addressShape, several } from './schemas.ts'

export const sendingRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/submissions',
    id: 'submitMessage',
    summary: 'Sends a message as one of the users: judged and delivered as after DATA, without rate limit.',
    query: z.object({ from: addressShape, to: several(addressShape) }),
    body: 'message',
    gives: z.object({
      accepted: z.boolean(),
      reply: z.string().describe('What the client would have read: 250 ..., 523 ...'),
    }),
    status: 200,
    errors: [404],
    run: ({ reference }, { query, body }) => json(reference.submit({ from: query.from, to: query.to, message: body })),
  }),
]
