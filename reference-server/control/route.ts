// What a route of the control is: its place, what it takes and gives as schemas, and what it does. Used by every resource,
// by the server that runs routes and by the OpenAPI file that describes them.
import type { z } from 'zod'
import type { Reference } from '../index.ts'
import type { ReferenceDescription } from '../serve.ts'

export interface Controlled {
  readonly reference: Reference
  /** What the ready line says. */
  readonly record: () => ReferenceDescription
  /** Ends the server, after the answer. */
  readonly stop: () => void
  /** `dclogin:` link of an account whose password is known. */
  readonly link: (account: { readonly address: string; readonly password: string }) => string
}

export interface Request<Query, Body> {
  /** Of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  /** Aborted when the client has gone, or the server ends. */
  readonly gone: AbortSignal
}

export type Answer =
  | { readonly kind: 'json'; readonly status: 200 | 201; readonly value: unknown }
  /** The work is done once the answer is out. */
  | { readonly kind: 'accepted'; readonly value: unknown; readonly afterwards: () => void }
  | { readonly kind: 'empty' }
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  /** One JSON value a line until the client goes. */
  | { readonly kind: 'lines'; readonly values: AsyncIterable<unknown> }

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Like `/accounts/{address}`. */
  readonly path: string
  /** camelCase, for generated clients. */
  readonly id: string
  readonly summary: string
  readonly query?: z.ZodObject
  /** `message`: the bytes of a mail. */
  readonly body?: z.ZodObject | 'message'
  /** Of the answer that is no error. */
  readonly gives: z.ZodType | 'nothing' | 'message' | 'lines'
  readonly status: 200 | 201 | 202 | 204
  /** Statuses beyond 400, 401 and 403, which all routes have. */
  readonly errors: readonly (404 | 409 | 410)[]
  readonly run: (controlled: Controlled, request: Request<never, never>) => Answer | Promise<Answer>
}

type QueryOf<Q> = Q extends z.ZodObject ? z.infer<Q> : Readonly<Record<string, never>>
type BodyOf<B> = B extends z.ZodObject ? z.infer<B> : B extends 'message' ? Buffer : undefined

/** Ties the types of the handler to the schemas. */
export function route<const Q extends z.ZodObject | undefined, const B extends z.ZodObject | 'message' | undefined>(
  definition: Omit<Route, 'run' | 'query' | 'body' | 'errors'> & {
    readonly errors?: Route['errors']
    readonly query?: Q
    readonly body?: B
    readonly run: (controlled: Controlled, request: Request<QueryOf<Q>, BodyOf<B>>) => Answer | Promise<Answer>
  },
): Route {
  return { errors: [], ...definition } as unknown as Route
}

export function json(value: unknown, status: 200 | 201 = 200): Answer {
  return { kind: 'json', status, value }
}

export const empty: Answer = { kind: 'empty' }
