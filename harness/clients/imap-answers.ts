// What the answers to IMAP commands say, as values. Used by the IMAP client; pure.
import { type ImapMessage, imapMessage, strings, textOf } from '../wire/imap-message.ts'
import type { ImapResponse } from '../wire/imap-response.ts'
import { utf8 } from '../wire/octets.ts'
import type { ImapReply } from './imap-session.ts'

export interface Selected {
  readonly ok: boolean
  readonly reply: ImapReply
  readonly exists: number
  readonly recent?: number
  readonly uidNext?: number
  readonly uidValidity?: number
  readonly flags: readonly string[]
  readonly permanentFlags: readonly string[]
  readonly highestModseq?: number
  readonly readOnly: boolean
}

export interface Listed {
  readonly flags: readonly string[]
  readonly delimiter: string | null
  readonly name: string
}

export interface QuotaResource {
  readonly root: string
  readonly name: string
  readonly usage: number
  readonly limit: number
}

export interface Quota {
  readonly roots: readonly string[]
  readonly resources: readonly QuotaResource[]
  /** Roots are told, and of each that it limits nothing; or that there are none (RFC 9208 4.1). */
  readonly unlimited: boolean
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export function selected(reply: ImapReply): Selected {
  const answer: Writable<Selected> = {
    ok: reply.status === 'OK',
    reply,
    exists: 0,
    flags: [],
    permanentFlags: [],
    readOnly: reply.code === 'READ-ONLY',
  }
  for (const response of reply.untagged) {
    const { type, code, number } = response
    const codeNumber = Number(response.codeArguments)
    if (type === 'FLAGS') answer.flags = strings(response.values[0])
    else if (type === 'EXISTS' && number !== undefined) answer.exists = number
    else if (type === 'RECENT' && number !== undefined) answer.recent = number
    else if (code === 'UIDNEXT') answer.uidNext = codeNumber
    else if (code === 'UIDVALIDITY') answer.uidValidity = codeNumber
    else if (code === 'HIGHESTMODSEQ') answer.highestModseq = codeNumber
    else if (code === 'PERMANENTFLAGS') answer.permanentFlags = flagsOf(response.codeArguments ?? '')
  }
  return answer
}

function flagsOf(list: string): readonly string[] {
  return list
    .replace(/^\(|\)$/g, '')
    .split(' ')
    .filter(Boolean)
}

/** Messages of a FETCH, several responses of one message merged, in the order they came. Throws Malformed. */
export function fetched(responses: readonly ImapResponse[], byUid: boolean): readonly ImapMessage[] {
  const messages = new Map<number, ImapMessage>()
  for (const response of responses) {
    if (response.type !== 'FETCH') continue
    const message = imapMessage(response)
    const key = byUid ? message.uid : message.seq
    // Without a UID it answers no UID FETCH: somebody else changed a flag.
    if (key === undefined) continue
    const before = messages.get(key)
    messages.set(key, before === undefined ? message : merged(before, message))
  }
  return [...messages.values()]
}

function merged(before: ImapMessage, after: ImapMessage): ImapMessage {
  return {
    ...before,
    ...after,
    sections: new Map([...before.sections, ...after.sections]),
    items: new Map([...before.items, ...after.items]),
  }
}

/** Entry names in lower case, as servers are free in their case (RFC 5464 3.1). */
export function metadata(responses: readonly ImapResponse[]): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>()
  for (const { type, values: data } of responses) {
    const list = data[1]
    if (type !== 'METADATA' || !Array.isArray(list)) continue
    for (let i = 0; i + 1 < list.length; i += 2) {
      const key = textOf(list[i])
      const value = textOf(list[i + 1])
      if (key !== null) values.set(key.toLowerCase(), value === null ? null : utf8(value))
    }
  }
  return values
}

export function listed(responses: readonly ImapResponse[]): readonly Listed[] {
  return responses
    .filter(({ type }) => type === 'LIST' || type === 'LSUB')
    .map(({ values }) => ({
      flags: strings(values[0]),
      delimiter: textOf(values[1]),
      name: textOf(values[2]) ?? '',
    }))
}

/** What names of own mailboxes begin with: the prefix of the first personal namespace (RFC 2342 5). */
export function personalPrefix(responses: readonly ImapResponse[]): string | undefined {
  const personal = responses.find(({ type }) => type === 'NAMESPACE')?.values[0]
  const first = Array.isArray(personal) ? personal[0] : undefined
  return Array.isArray(first) ? (textOf(first[0]) ?? undefined) : undefined
}

export function statusOf(responses: readonly ImapResponse[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const { type, values: data } of responses) {
    const list = strings(data[1])
    if (type !== 'STATUS') continue
    for (let i = 0; i + 1 < list.length; i += 2) values.set((list[i] ?? '').toUpperCase(), Number(list[i + 1]))
  }
  return values
}

export function searched(responses: readonly ImapResponse[]): readonly number[] {
  return responses.filter(({ type }) => type === 'SEARCH').flatMap(({ values }) => strings(values).map(Number))
}

export function quota(responses: readonly ImapResponse[]): Quota {
  const roots: string[] = []
  const resources: QuotaResource[] = []
  const told = new Set<string>()
  for (const { type, values } of responses) {
    if (type === 'QUOTAROOT') roots.push(...values.slice(1).map((root) => textOf(root) ?? ''))
    if (type !== 'QUOTA') continue
    told.add(textOf(values[0]) ?? '')
    const list = strings(values[1])
    for (let i = 0; i + 2 < list.length; i += 3) {
      const name = (list[i] ?? '').toUpperCase()
      resources.push({ root: textOf(values[0]) ?? '', name, usage: Number(list[i + 1]), limit: Number(list[i + 2]) })
    }
  }
  const rootsTold = responses.some(({ type }) => type === 'QUOTAROOT')
  const unlimited = rootsTold && resources.length === 0 && roots.every((root) => told.has(root))
  return { roots, resources, unlimited }
}

/** Field names in lower case. */
export function idFields(responses: readonly ImapResponse[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const list = responses.find(({ type }) => type === 'ID')?.values[0]
  if (!Array.isArray(list)) return fields
  for (let i = 0; i + 1 < list.length; i += 2) {
    fields.set((textOf(list[i]) ?? '').toLowerCase(), utf8(textOf(list[i + 1]) ?? ''))
  }
  return fields
}
