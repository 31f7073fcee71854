// The server as a whole: what it is, and its end.
import { z } from 'zod'
import { recordShape } from './record-shape.ts'
import { json, type Route, route } from './route.ts'

export const wholeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/',
    id: 'readRecord',
    summary: 'What the ready line said: domains, ports, CA, accounts of the start with their passwords.',
    gives: recordShape,
    status: 200,
    run: ({ record }) => json(record()),
  }),
  route({
    method: 'POST',
    path: '/stop',
    id: 'stop',
    summary: 'Ends the server.',
    gives: z.object({ stopping: z.literal(true) }),
    status: 202,
    run: ({ stop }) => ({ kind: 'accepted', value: { stopping: true }, afterwards: stop }),
  }),
]
