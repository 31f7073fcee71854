// Matchers: what a value should be, in words and as a predicate. Pure; used once or in a poll, by the suites.
import type { ImapReply } from '../clients/imap.ts'
import type { SmtpOutcome, SmtpReply } from '../clients/smtp.ts'
import { WireError } from '../host/wire-error.ts'

export interface Matcher<T> {
  /** Completes "wanted …": `code 250`, `exactly these 2 messages`. */
  readonly description: string
  matches(value: T): boolean
  /** What was got, in a few words; the default shows JSON. */
  show?(value: T): string
  /** True when waiting longer cannot make it match: a message that should not be there will not go away. */
  hopeless?(value: T): boolean
}

/** Turns the wire's refusal to give a value into a value; anything else thrown is our bug and stays thrown. */
export async function attempt<T>(work: Promise<T>): Promise<T | WireError> {
  try {
    return await work
  } catch (error) {
    if (error instanceof WireError && error.code !== 'aborted') return error
    throw error
  }
}

export function satisfies<T>(
  description: string,
  matches: (value: T) => boolean,
  show?: (value: T) => string,
): Matcher<T> {
  return show ? { description, matches, show } : { description, matches }
}

export function equals<T extends string | number | boolean | null | undefined>(wanted: T): Matcher<T> {
  return satisfies(show(wanted), (value) => value === wanted)
}

export const isTrue: Matcher<boolean> = satisfies('yes', (value) => value, yesNo)

export const isFalse: Matcher<boolean> = satisfies('no', (value) => !value, yesNo)

export function atLeast(least: number, unit = ''): Matcher<number> {
  return satisfies(`at least ${least}${unit}`, (value) => value >= least, String)
}

export function atMost(most: number, unit = ''): Matcher<number> {
  return satisfies(`at most ${most}${unit}`, (value) => value <= most, String)
}

export function matchesText(pattern: RegExp, description = `text like ${pattern}`): Matcher<string> {
  return satisfies(description, (value) => pattern.test(value))
}

/** An SMTP answer, a whole submission, or the connection's end instead of either. */
export type SmtpAnswer = SmtpReply | SmtpOutcome | WireError

/** Replies with one of these codes, wherever in the dialogue it came. */
export function code(...codes: readonly number[]): Matcher<SmtpAnswer> {
  return satisfies(`code ${codes.join(' or ')}`, (value) => codes.includes(replyCode(value) ?? 0), showSmtp)
}

/** `codeClass(5)`: a code from 500 to 599. */
export function codeClass(...classes: readonly number[]): Matcher<SmtpAnswer> {
  const words = classes.map((digit) => `${digit}xx`).join(' or ')
  return satisfies(`a ${words} reply`, (value) => classes.includes(Math.floor((replyCode(value) ?? 0) / 100)), showSmtp)
}

/** The message was taken: a 2xx at the end of DATA. */
export const accepted: Matcher<SmtpAnswer> = satisfies(
  'accepted (2xx)',
  (value) => Math.floor((replyCode(value) ?? 0) / 100) === 2 && !('accepted' in value && !value.accepted),
  showSmtp,
)

/** A 4xx or 5xx, or the connection closed: both are a refusal. A timeout is neither. */
export const refusedOrClosed: Matcher<SmtpAnswer> = satisfies(
  'refused (4xx or 5xx) or the connection closed',
  (value) => {
    const error = wireErrorOf(value)
    if (error) return error.code === 'closed' || error.code === 'reset'
    return (replyCode(value) ?? 0) >= 400
  },
  showSmtp,
)

/** An IMAP command's end, or the connection's end instead. */
export type ImapAnswer = ImapReply | WireError

export const imapOk: Matcher<ImapAnswer> = imapStatus('OK')

export function imapStatus(...statuses: readonly ImapReply['status'][]): Matcher<ImapAnswer> {
  return satisfies(
    `a tagged ${statuses.join(' or ')}`,
    (value) => !(value instanceof WireError) && statuses.includes(value.status),
    showImap,
  )
}

/** NO, BAD, BYE, or the connection closed. */
export const imapRefusedOrClosed: Matcher<ImapAnswer> = satisfies(
  'NO, BAD, BYE or the connection closed',
  (value) => (value instanceof WireError ? value.code === 'closed' || value.code === 'reset' : value.status !== 'OK'),
  showImap,
)

export interface HasMessageId {
  readonly messageId: string
}

/** The same Message-IDs, in any order, none twice. */
export function holdsExactly(...wanted: readonly HasMessageId[]): Matcher<readonly HasMessageId[]> {
  const ids = wanted.map((mail) => mail.messageId).sort()
  const matcher = satisfies<readonly HasMessageId[]>(
    wanted.length === 0
      ? 'no message'
      : `exactly ${countMessages(wanted.length)}: the one${wanted.length > 1 ? 's' : ''} sent`,
    (value) => {
      const got = value.map((mail) => mail.messageId).sort()
      return got.length === ids.length && got.every((id, at) => id === ids[at])
    },
    (value) => describeMessages(value, ids),
  )
  return { ...matcher, hopeless: (value) => holdsMore(value, ids) }
}

/** At least these Message-IDs. */
export function holds(...wanted: readonly HasMessageId[]): Matcher<readonly HasMessageId[]> {
  const ids = wanted.map((mail) => mail.messageId)
  return satisfies(
    `${countMessages(wanted.length)} sent, all there`,
    (value) => ids.every((id) => value.some((mail) => mail.messageId === id)),
    (value) => describeMessages(value, ids),
  )
}

/** One line about any value, as the default for `show`. */
export function show(value: unknown): string {
  if (value instanceof WireError) {
    // Messages begin with their stage, too.
    const message = value.message.replace(`${value.stage}: `, '')
    return `${value.code} at ${value.stage}: ${message}`
  }
  if (typeof value === 'string') return JSON.stringify(value.length > 300 ? `${value.slice(0, 300)}…` : value)
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text === undefined ? String(value) : text.length > 300 ? `${text.slice(0, 300)}…` : text
}

export function showSmtp(value: SmtpAnswer): string {
  const error = wireErrorOf(value)
  if (error) return show(error)
  const reply = value instanceof WireError ? undefined : 'stage' in value ? value.reply : value
  const at = 'stage' in value && value.stage !== 'body' ? ` at ${value.stage}` : ''
  return reply ? `${reply.code} ${reply.text}${at}`.slice(0, 300) : `no reply${at}`
}

export function showImap(value: ImapAnswer): string {
  if (value instanceof WireError) return show(value)
  return `${value.status} ${value.code ? `[${value.code}] ` : ''}${value.text}`.slice(0, 300)
}

function replyCode(value: SmtpAnswer): number | undefined {
  if (value instanceof WireError) return undefined
  return 'stage' in value ? value.reply?.code : value.code
}

function wireErrorOf(value: SmtpAnswer): WireError | undefined {
  if (value instanceof WireError) return value
  return 'stage' in value ? value.error : undefined
}

/** An unwanted message, or more copies of a wanted one than were sent. */
function holdsMore(got: readonly HasMessageId[], wanted: readonly string[]): boolean {
  const count = (ids: readonly string[], id: string) => ids.filter((other) => other === id).length
  const ids = got.map((mail) => mail.messageId)
  return ids.some((id) => count(ids, id) > count(wanted, id))
}

function describeMessages(got: readonly HasMessageId[], wanted: readonly string[]): string {
  const missing = wanted.filter((id) => !got.some((mail) => mail.messageId === id)).length
  const extra = got.filter((mail) => !wanted.includes(mail.messageId)).length
  const twice = got.length - new Set(got.map((mail) => mail.messageId)).size
  const parts = [countMessages(got.length)]
  if (missing > 0) parts.push(`${missing} missing`)
  if (extra > 0) parts.push(`${extra} that should not be there`)
  if (twice > 0) parts.push(`${twice} more than once`)
  return parts.join(', ')
}

function countMessages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
