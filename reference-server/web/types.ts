// What the parts of the web side hand to each other: requests, answers, routes. Used by the web server and its pages.
import type { Accounts } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Journal } from '../journal.ts'
import type { Keeper } from '../storage/promised-output.ts'
import type { ListedPorts } from './autoconfig.ts'
import type { Mxdeliv } from './mxdeliv.ts'

export interface WebServices {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly accounts: Accounts
  readonly clock: Clock
  readonly journal: Journal
  readonly faults: Faults
  /** What answers wait for; nothing in memory. */
  readonly storage?: Keeper
  /** Ports of the mail services, for autoconfig. */
  readonly ports: () => ListedPorts
  readonly newPage: NewPage
  readonly mxdeliv: Mxdeliv
}

export type NewPage = (request: WebRequest, path: string, domain: string) => Promise<Answer>

export interface WebRequest {
  readonly method: string
  /** Host name asked for, lower case: the domain, or a name under it. */
  readonly domain: string
  /** With the query. */
  readonly path: string
  /** The request target was a whole URL. */
  readonly absolute: boolean
  /** IP address of the client. */
  readonly client: string
  /** Several fields of one name are joined by a comma; names in lower case. */
  header(name: string): string | undefined
  /** Each field of that name. */
  headers(name: string): readonly string[]
  /**
   * The whole body, raw; undefined when it is longer than `most` octets: the connection then ends with the answer. May be
   * asked for once. Rejects when the client goes away.
   */
  body(most: number): Promise<Buffer | undefined>
}

export interface Answer {
  readonly status: number
  readonly headers: readonly [string, string][]
  readonly body: string | Buffer
}

/** Answers the requests that are its own, any method; undefined: not mine. `path` is without the query. */
export type Route = (asked: {
  readonly request: WebRequest
  readonly path: string
  readonly domain: string
  readonly services: WebServices
}) => Answer | Promise<Answer> | undefined
