// Snapshots of accounts and mail, and the way back to the start.
import { z } from 'zod'
import { Refused } from './refused.ts'
import { empty, json, type Route, route } from './route.ts'

export const stateRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/snapshots',
    id: 'listSnapshots',
    summary: 'Names of the snapshots.',
    gives: z.object({ snapshots: z.array(z.string()) }),
    status: 200,
    run: ({ reference }) => json({ snapshots: reference.snapshots() }),
  }),
  route({
    method: 'PUT',
    path: '/snapshots/{name}',
    id: 'takeSnapshot',
    summary: 'Keeps accounts, mailboxes, flags and metadata under a name, until the server ends.',
    gives: 'nothing',
    status: 204,
    errors: [409],
    run({ reference }, { parameters }) {
      try {
        reference.snapshot(parameters.name ?? '')
      } catch (error) {
        if (error instanceof RangeError) throw new Refused(409, 'too-many-snapshots', error.message)
        throw error
      }
      return empty
    },
  }),
  route({
    method: 'POST',
    path: '/snapshots/{name}/restore',
    id: 'restoreSnapshot',
    summary: 'Goes back to a snapshot. Sessions with an open mailbox are ended; the clock does not go back.',
    gives: 'nothing',
    status: 204,
    errors: [404],
    run({ reference }, { parameters }) {
      reference.restore(parameters.name ?? '')
      return empty
    },
  }),
  route({
    method: 'DELETE',
    path: '/snapshots/{name}',
    id: 'forgetSnapshot',
    summary: 'Forgets a snapshot.',
    gives: 'nothing',
    status: 204,
    errors: [404],
    run({ reference }, { parameters }) {
      reference.forget(parameters.name ?? '')
      return empty
    },
  }),
  route({
    method: 'POST',
    path: '/reset',
    id: 'reset',
    summary: 'Back to the ready line: its accounts, no mail but that of then, no faults, the behaviour of the start.',
    gives: 'nothing',
    status: 204,
    run({ reference }) {
      reference.reset()
      return empty
    },
  }),
]
