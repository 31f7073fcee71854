// Trouble on purpose: faults (legal trouble, a number of times), and defects or other decisions (wrong until taken back).
import { z } from 'zod'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { type KnownDefectId, knownDefects } from '../defects/index.ts'
import type { FaultPoint } from '../faults.ts'
import { Refused } from './refused.ts'
import { empty, json, type Route, route } from './route.ts'

const faultShape = z
  .object({
    at: z
      .string()
      .regex(/^[a-z]+:[a-z-]+$/)
      .describe('Protocol and stage: smtp:rcpt, imap:login, web:new'),
    kind: z.enum(['reply', 'slow', 'drop']),
    times: z.int().min(1).max(1_000_000),
    text: z
      .string()
      .max(500)
      .regex(/^[^\r\n]*$/)
      .optional()
      .describe('For reply: the line; over HTTP the status alone.'),
    ms: z.number().min(0).max(86_400_000).optional().describe('For slow: milliseconds on the clock of the server.'),
  })
  .meta({ id: 'Fault' })

const behaviourShape = z.object({ behaviour: z.record(z.string(), z.unknown()) })

export const troubleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/faults',
    id: 'listFaults',
    summary: 'Faults that may still strike.',
    gives: z.object({ faults: z.array(faultShape) }),
    status: 200,
    run: ({ reference }) => json({ faults: reference.faults.waiting }),
  }),
  route({
    method: 'POST',
    path: '/faults',
    id: 'scheduleFault',
    summary: 'Schedules a fault: the next chances at this point are taken.',
    body: faultShape,
    gives: faultShape,
    status: 201,
    run({ reference }, { body }) {
      const { at, kind, times, text, ms } = body
      const fault = { at: at as FaultPoint, kind, times, ...(text && { text }), ...(ms !== undefined && { ms }) }
      reference.faults.schedule(fault)
      return json(fault, 201)
    },
  }),
  route({
    method: 'DELETE',
    path: '/faults',
    id: 'clearFaults',
    summary: 'No fault strikes any more.',
    gives: 'nothing',
    status: 204,
    run({ reference }) {
      reference.faults.clear()
      return empty
    },
  }),
  route({
    method: 'GET',
    path: '/behaviour',
    id: 'readBehaviour',
    summary: 'Everything the server decides, as it is now.',
    gives: behaviourShape,
    status: 200,
    run: ({ reference }) => json({ behaviour: reference.behaviour }),
  }),
  route({
    method: 'PUT',
    path: '/behaviour',
    id: 'changeBehaviour',
    summary: 'Lays defects and decisions over the behaviour of the start, in place of what an earlier call laid there.',
    body: z.object({
      defects: z.array(z.string()).max(100).optional().describe('Names of "chatmail-check list defects".'),
      overrides: z.record(z.string(), z.unknown()).optional().describe('A part of what GET /behaviour shows.'),
    }),
    gives: behaviourShape,
    status: 200,
    errors: [409],
    run({ reference }, { body }) {
      const ids = (body.defects ?? []).map(knownDefect)
      const overrides = body.overrides ?? {}
      const unknown = strangers(reference.behaviour, overrides, '')
      if (unknown.length > 0) throw new Refused(400, 'unknown-decision', `there is no decision ${unknown.join(', ')}`)
      reference.change({ defects: ids, overrides: overrides as DeepPartial<Behaviour> })
      return json({ behaviour: reference.behaviour })
    },
  }),
  route({
    method: 'DELETE',
    path: '/behaviour',
    id: 'restoreBehaviour',
    summary: 'The behaviour of the start.',
    gives: 'nothing',
    status: 204,
    run({ reference }) {
      reference.change({})
      return empty
    },
  }),
]

function knownDefect(name: string): KnownDefectId {
  if (Object.hasOwn(knownDefects, name)) return name as KnownDefectId
  throw new Refused(400, 'unknown-defect', `no defect is called ${name}`)
}

/** Paths of the change whose decision does not exist, or has another kind of value. */
function strangers(known: unknown, change: unknown, path: string): readonly string[] {
  if (!isRecord(change)) return kindOf(known) === kindOf(change) || known === null || change === null ? [] : [path]
  // Maps from names to values may get further names.
  if (!isRecord(known)) return known === null ? [] : [path]
  return Object.entries(change).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`
    return Object.hasOwn(known, key) ? strangers(known[key], value, at) : [at]
  })
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'object' && value !== null
}
