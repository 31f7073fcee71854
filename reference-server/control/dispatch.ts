// Finds the route of a request, reads what it was given, and runs it. Used by the server of the control.
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { NeedsRestart } from '../behaviour/current.ts'
import { NoSuchThing } from '../powers/no-such-thing.ts'
import { Refused } from './refused.ts'
import type { Answer, Controlled, Route } from './route.ts'
import { routes } from './routes.ts'

const mostJsonBytes = 1_000_000
/** Above what the server takes by default, so that its own limit can be tried. */
const mostMessageBytes = 64 * 1024 * 1024

/** Throws Refused. */
export async function dispatch(request: IncomingMessage, controlled: Controlled, gone: AbortSignal): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://control.invalid')
  const { route, parameters } = find(request.method ?? '', url.pathname)
  const query = route.query === undefined ? noQuery(url) : read(route.query, queryOf(url), 'query')
  const body = await bodyOf(request, route)
  try {
    const answer = await route.run(controlled, { parameters, query, body, gone } as never)
    await controlled.reference.settled()
    return answer
  } catch (error) {
    if (error instanceof NoSuchThing) throw new Refused(404, error.code, error.message)
    if (error instanceof NeedsRestart) throw new Refused(409, error.code, error.message, { decisions: error.decisions })
    throw error
  }
}

function find(method: string, path: string): { route: Route; parameters: Record<string, string> } {
  const allowed: string[] = []
  for (const route of routes) {
    const parameters = match(route.path, path)
    if (parameters === undefined) continue
    if (route.method === method) return { route, parameters }
    allowed.push(route.method)
  }
  if (allowed.length > 0) throw new Refused(405, 'method', `${path} takes ${allowed.join(', ')}`)
  throw new Refused(404, 'no-route', `there is no ${path}; see /openapi.json`)
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    const value = given[at] ?? ''
    if (name === undefined) {
      if (part !== value) return undefined
      continue
    }
    try {
      parameters[name] = decodeURIComponent(value)
    } catch {
      return undefined
    }
    if (parameters[name] === '') return undefined
  }
  return parameters
}

function queryOf(url: URL): Readonly<Record<string, string | readonly string[]>> {
  const names = [...new Set(url.searchParams.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const [first = '', ...others] = url.searchParams.getAll(name)
      return [name, others.length === 0 ? first : [first, ...others]]
    }),
  )
}

function noQuery(url: URL): Record<string, never> {
  return read(z.object({}), queryOf(url), 'query') as Record<string, never>
}

async function bodyOf(request: IncomingMessage, { body }: Route): Promise<unknown> {
  if (body === undefined) return undefined
  const bytes = await readBody(request, body === 'message' ? mostMessageBytes : mostJsonBytes)
  if (body === 'message') {
    if (bytes.length === 0) throw new Refused(400, 'no-message', 'the body is the message, and it is empty')
    return bytes
  }
  let given: unknown
  try {
    given = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Refused(400, 'no-json', 'the body is not JSON')
  }
  return read(body, given, 'body')
}

async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // Left open when it is too long: the answer goes out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > most) throw new Refused(413, 'too-long', `a body has at most ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Unknown names are refused: a typing error must not be a silent wrong test. */
function read<T extends z.ZodObject>(shape: T, value: unknown, what: string): z.infer<T> {
  const { success, data, error } = shape.strict().safeParse(value)
  if (success) return data as z.infer<T>
  const text = error.issues.map(({ path, message }) => `${[what, ...path].join('.')}: ${message}`).join('; ')
  throw new Refused(400, 'not-understood', text.slice(0, 1_000))
}
