// The IMAP client: the commands chatmail clients use, each answered by a value. Used by checks, discovery and load.
// Mailbox names are sent quoted, as Delta Chat core does; names beyond ASCII must be in modified UTF-7 already.
import { WireError } from '../host/wire-error.ts'
import { encodeBase64 } from '../wire/base64.ts'
import { dateTime, flagList, quoted } from '../wire/imap-command.ts'
import type { ImapMessage } from '../wire/imap-message.ts'
import type { ImapLimits, ImapResponse } from '../wire/imap-response.ts'
import { type ConnectOptions, openSocket } from './connect.ts'
import {
  fetched,
  idFields,
  type Listed,
  listed,
  metadata,
  personalPrefix,
  type Quota,
  quota,
  type Selected,
  searched,
  selected,
  statusOf,
} from './imap-answers.ts'
import { type ImapReply, ImapSession } from './imap-session.ts'
import type { SessionTimes, SetupStage, Stage } from './stage.ts'
import { wireFailure } from './wire-failure.ts'

export type { ImapMessage } from '../wire/imap-message.ts'
export type { ImapResponse } from '../wire/imap-response.ts'
export type { Listed, Quota, QuotaResource, Selected } from './imap-answers.ts'
export type { ImapIdle, ImapReply } from './imap-session.ts'

export interface ImapOptions extends ConnectOptions {
  /** Read the greeting, whatever it says, and stop there. */
  readonly raw?: boolean
  readonly limits?: ImapLimits
}

/**
 * Greeting, STARTTLS where the endpoint asks for it, and CAPABILITY unless the greeting told it. Throws WireError; when
 * the server refuses, it is of code `protocol` and its detail is the status (`BYE`), or `NOT_OFFERED` for STARTTLS.
 */
export async function openImap(options: ImapOptions): Promise<ImapClient> {
  const client = new ImapClient(
    await openSocket(options),
    options.limits === undefined ? {} : { limits: options.limits },
  )
  try {
    const greeting = await client.greet(options.timing.reply)
    if (options.raw) return client
    if (greeting.type !== 'OK' && greeting.type !== 'PREAUTH') refuse('greeting', greeting.type, greeting.text)
    if (options.endpoint.security === 'starttls') {
      if (client.capabilities.size === 0) await client.capability()
      if (!client.capabilities.has('STARTTLS')) refuse('STARTTLS', 'NOT_OFFERED', 'not offered')
      const reply = await client.starttls()
      if (reply.status !== 'OK') refuse('STARTTLS', reply.status, reply.text)
    }
    if (client.capabilities.size === 0) await client.capability()
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

function refuse(stage: string, status: string, text: string): never {
  throw new WireError('protocol', stage, `${stage}: ${status} ${text}`, { detail: status })
}

export class ImapClient extends ImapSession {
  #greeting: ImapResponse | undefined

  /** The first response; before it there is no client to be had from openImap. */
  get greeting(): ImapResponse {
    if (this.#greeting === undefined) throw new Error('no greeting has been read')
    return this.#greeting
  }

  /** What setting up the session took, in order. */
  get stages(): readonly Stage<SetupStage>[] {
    return this.socket.stages
  }

  get times(): SessionTimes {
    return this.socket.times
  }

  /** Octets on the wire so far. */
  get traffic(): { readonly sent: number; readonly received: number } {
    return this.socket.traffic
  }

  /** Reads the greeting; openImap has done it. */
  async greet(ms: number): Promise<ImapResponse> {
    const began = performance.now()
    const greeting = await this.waitFor(() => true, ms)
    if (greeting === undefined) {
      throw this.socket.fail(new WireError('timeout', 'greeting', `greeting: none within ${ms} ms`))
    }
    this.socket.passed('greeting', began)
    if (greeting.kind !== 'untagged' || !['OK', 'PREAUTH', 'BYE'].includes(greeting.type)) {
      throw this.socket.fail(new WireError('protocol', 'greeting', `greeting: not of IMAP: ${greeting.line}`))
    }
    this.#greeting = greeting
    return greeting
  }

  capability(): Promise<ImapReply> {
    return this.command('CAPABILITY')
  }

  /** LOGIN with quoted strings, then CAPABILITY when the reply did not tell it: as Delta Chat core does. */
  login(user: string, password: string): Promise<ImapReply> {
    this.socket.tap?.hide(password)
    return this.#authenticated(() => this.command(`LOGIN ${quoted(user)} ${quoted(password)}`))
  }

  /** AUTHENTICATE PLAIN, with an initial response where the server takes one (SASL-IR). */
  authenticatePlain(user: string, password: string, actFor = ''): Promise<ImapReply> {
    const payload = encodeBase64(new TextEncoder().encode(`${actFor}\0${user}\0${password}`))
    this.socket.tap?.hide(password)
    this.socket.tap?.hide(payload)
    return this.#authenticated(() =>
      this.capabilities.has('SASL-IR')
        ? this.command(`AUTHENTICATE PLAIN ${payload}`)
        : this.continuedCommand('AUTHENTICATE PLAIN', payload, {}),
    )
  }

  async #authenticated(authenticate: () => Promise<ImapReply>): Promise<ImapReply> {
    const began = performance.now()
    const before = this.capabilities
    const reply = await authenticate()
    this.socket.passed('auth', began)
    if (reply.status === 'OK' && this.capabilities === before) await this.capability()
    return reply
  }

  /** STARTTLS, the handshake on OK, and CAPABILITY again: what was said in plain text counts no more (RFC 3501 6.2.1). */
  async starttls(): Promise<ImapReply> {
    const reply = await this.command('STARTTLS')
    if (reply.status !== 'OK') return reply
    await this.upgrade()
    await this.capability()
    return reply
  }

  /** The TLS handshake alone. Plain text the server sent behind its reply is an injection, and ends the session. */
  async upgrade(): Promise<void> {
    if (this.resume().length > 0) {
      throw this.socket.fail(
        new WireError('protocol', 'STARTTLS', 'STARTTLS: plain text after the reply', { detail: 'STARTTLS_INJECTION' }),
      )
    }
    await this.socket.startTls()
    this.forgetCapabilities()
  }

  /** COMPRESS DEFLATE; the streams switch on OK. */
  async compress(): Promise<ImapReply> {
    const reply = await this.command('COMPRESS DEFLATE')
    if (reply.status === 'OK') this.socket.compress(this.resume())
    return reply
  }

  async select(mailbox = 'INBOX', options: { readOnly?: boolean; parameters?: string } = {}): Promise<Selected> {
    const verb = options.readOnly ? 'EXAMINE' : 'SELECT'
    const parameters = options.parameters === undefined ? '' : ` (${options.parameters})`
    const reply = await this.command(`${verb} ${quoted(mailbox)}${parameters}`)
    return selected(reply)
  }

  /** `items` as in the protocol: `(FLAGS BODY.PEEK[])`; `modifiers`: `(CHANGEDSINCE 12)`. */
  async uidFetch(set: string, items: string, modifiers?: string): Promise<Fetched> {
    const reply = await this.command(`UID FETCH ${set} ${items}${modifiers === undefined ? '' : ` ${modifiers}`}`)
    return this.#messages(reply, true)
  }

  async fetch(set: string, items: string): Promise<Fetched> {
    return this.#messages(await this.command(`FETCH ${set} ${items}`), false)
  }

  #messages(reply: ImapReply, byUid: boolean): Fetched {
    try {
      return { reply, messages: fetched(reply.untagged, byUid) }
    } catch (cause) {
      throw this.socket.fail(wireFailure(cause, 'FETCH'))
    }
  }

  /** `action`: `+FLAGS`, `-FLAGS`, `FLAGS`. */
  uidStore(
    set: string,
    action: string,
    flags: readonly string[],
    options: { silent?: boolean; unchangedSince?: number } = {},
  ): Promise<ImapReply> {
    const { silent = false, unchangedSince } = options
    const condition = unchangedSince === undefined ? '' : ` (UNCHANGEDSINCE ${unchangedSince})`
    return this.command(`UID STORE ${set}${condition} ${action}${silent ? '.SILENT' : ''} ${flagList(flags)}`)
  }

  uidMove(set: string, mailbox: string): Promise<ImapReply> {
    return this.command(`UID MOVE ${set} ${quoted(mailbox)}`)
  }

  uidCopy(set: string, mailbox: string): Promise<ImapReply> {
    return this.command(`UID COPY ${set} ${quoted(mailbox)}`)
  }

  expunge(): Promise<ImapReply> {
    return this.command('EXPUNGE')
  }

  uidExpunge(set: string): Promise<ImapReply> {
    return this.command(`UID EXPUNGE ${set}`)
  }

  /** CLOSE: removes what is marked `\Deleted`, and leaves the mailbox. */
  closeMailbox(): Promise<ImapReply> {
    return this.command('CLOSE')
  }

  unselect(): Promise<ImapReply> {
    return this.command('UNSELECT')
  }

  append(
    mailbox: string,
    bytes: Uint8Array,
    options: { flags?: readonly string[]; date?: Date; literal?: 'sync' | 'plus' } = {},
  ): Promise<ImapReply> {
    const flags = options.flags === undefined ? '' : ` ${flagList(options.flags)}`
    const date = options.date === undefined ? '' : ` ${dateTime(options.date)}`
    const how = options.literal === undefined ? {} : { literal: options.literal }
    return this.command([`APPEND ${quoted(mailbox)}${flags}${date} `, bytes], how)
  }

  create(mailbox: string): Promise<ImapReply> {
    return this.command(`CREATE ${quoted(mailbox)}`)
  }

  delete(mailbox: string): Promise<ImapReply> {
    return this.command(`DELETE ${quoted(mailbox)}`)
  }

  rename(from: string, to: string): Promise<ImapReply> {
    return this.command(`RENAME ${quoted(from)} ${quoted(to)}`)
  }

  /** `options`: what stands behind the pattern, `RETURN (SPECIAL-USE)`. */
  async list(
    reference = '',
    pattern = '*',
    options?: string,
  ): Promise<{ reply: ImapReply; mailboxes: readonly Listed[] }> {
    const reply = await this.command(
      `LIST ${quoted(reference)} ${quoted(pattern)}${options === undefined ? '' : ` ${options}`}`,
    )
    return { reply, mailboxes: listed(reply.untagged) }
  }

  /** `items`: `UIDNEXT MESSAGES`. */
  async status(mailbox: string, items: string): Promise<{ reply: ImapReply; values: ReadonlyMap<string, number> }> {
    const reply = await this.command(`STATUS ${quoted(mailbox)} (${items})`)
    return { reply, values: statusOf(reply.untagged) }
  }

  /** `personal`: what names of own mailboxes begin with. */
  async namespace(): Promise<{ reply: ImapReply; personal?: string }> {
    const reply = await this.command('NAMESPACE')
    const personal = personalPrefix(reply.untagged)
    return personal === undefined ? { reply } : { reply, personal }
  }

  async id(
    fields: Readonly<Record<string, string>> | null,
  ): Promise<{ reply: ImapReply; fields: ReadonlyMap<string, string> }> {
    const list = Object.entries(fields ?? {}).map(([name, value]) => `${quoted(name)} ${quoted(value)}`)
    const reply = await this.command(`ID ${fields === null ? 'NIL' : `(${list.join(' ')})`}`)
    return { reply, fields: idFields(reply.untagged) }
  }

  enable(...capabilities: readonly string[]): Promise<ImapReply> {
    return this.command(`ENABLE ${capabilities.join(' ')}`)
  }

  async uidSearch(criteria: string): Promise<{ reply: ImapReply; uids: readonly number[] }> {
    const reply = await this.command(`UID SEARCH ${criteria}`)
    return { reply, uids: searched(reply.untagged) }
  }

  noop(): Promise<ImapReply> {
    return this.command('NOOP')
  }

  /** LOGOUT and its reply; the connection is closed whatever comes. */
  async logout(): Promise<ImapReply | undefined> {
    try {
      return await this.command('LOGOUT')
    } catch {
      return undefined
    } finally {
      this.close()
    }
  }

  /** Entry names in lower case; an entry the server does not name is not in `values`. */
  async getMetadata(
    mailbox: string,
    keys: readonly string[],
  ): Promise<{ reply: ImapReply; values: ReadonlyMap<string, string | null> }> {
    const list = keys.length === 1 ? keys[0] : `(${keys.join(' ')})`
    const reply = await this.command(`GETMETADATA ${quoted(mailbox)} ${list}`)
    return { reply, values: metadata(reply.untagged) }
  }

  /** Null removes the entry. The value goes quoted, or as a literal when asked. */
  setMetadata(
    mailbox: string,
    key: string,
    value: string | null,
    options: { literal?: 'sync' | 'plus' } = {},
  ): Promise<ImapReply> {
    if (value !== null) this.socket.tap?.hide(value)
    const head = `SETMETADATA ${quoted(mailbox)} (${key} `
    if (value === null) return this.command(`${head}NIL)`)
    if (options.literal === undefined) return this.command(`${head}${quoted(value)})`)
    return this.command([head, new TextEncoder().encode(value), ')'], { literal: options.literal })
  }

  async quotaRoot(mailbox: string): Promise<{ reply: ImapReply } & Quota> {
    const reply = await this.command(`GETQUOTAROOT ${quoted(mailbox)}`)
    return { reply, ...quota(reply.untagged) }
  }
}

export interface Fetched {
  readonly reply: ImapReply
  readonly messages: readonly ImapMessage[]
}
