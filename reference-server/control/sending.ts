// Mail that did not come through a client: of one of our users, and of people elsewhere.
import { z } from 'zod'
import { Refused } from './refused.ts'
import { json, type Route, route } from './route.ts'
import { addressShape, several } from './schemas.ts'

const outcomeShape = z
  .object({
    accepted: z.boolean(),
    reply: z.string().describe('What the other side would have read: 250 ..., 523 ...'),
  })
  .meta({ id: 'Outcome' })

const yesOrNo = z.enum(['true', 'false']).optional()

export const sendingRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/submissions',
    id: 'submitMessage',
    summary: 'Sends a message as one of the users: judged and delivered as after DATA, without rate limit.',
    query: z.object({ from: addressShape, to: several(addressShape) }),
    body: 'message',
    gives: outcomeShape,
    status: 200,
    errors: [404],
    run: ({ reference }, { query, body }) => json(reference.submit({ from: query.from, to: query.to, message: body })),
  }),
  route({
    method: 'POST',
    path: '/injections',
    id: 'injectMessage',
    summary:
      'Receives a message from another domain, signed by it, judged as on port 25: recipients, encryption, DKIM.',
    query: z.object({
      from: addressShape.describe('Envelope sender, under any domain but those of the server.'),
      to: several(addressShape),
      judge: yesOrNo.describe('false: into the mailboxes whatever it is.'),
      sign: yesOrNo.describe('false: without a signature.'),
    }),
    body: 'message',
    gives: outcomeShape,
    status: 200,
    async run({ reference }, { query: { from, to, judge, sign }, body }) {
      if (reference.domains.includes(from.slice(from.lastIndexOf('@') + 1).toLowerCase())) {
        throw new Refused(400, 'own-domain', `${from} is one of ours: use /submissions`)
      }
      const kind = { judge: judge !== 'false', sign: sign !== 'false' }
      return json(await reference.inject({ from, to, message: body, ...kind }))
    },
  }),
]
