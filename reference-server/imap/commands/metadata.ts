// METADATA (RFC 5464): shared entries of the server, device tokens of the account.
import { type MailStore, metadataKey } from '../../mailbox/store.ts'
import { bad, type Handler, no, type Outcome, ok } from '../outcome.ts'
import { astring, string } from '../quoting.ts'
import type { Session } from '../session.ts'
import { keywordOf, listOf, stringOf, type Token } from '../tokens.ts'
import { findMailbox } from './mailbox-name.ts'

const tokenKey = '/private/devicetoken'
const messageNewKey = '/private/messagenew'
const keyForm = /^\/(?:private|shared)(?:\/[^*%/\x00-\x19\x7f-\xff]+)*$/i
const keyLimit = 100

/** A value, NIL, no entry in the answer at all, or a refusal of the whole command. */
type Value = { readonly text: string } | 'nil' | 'omitted' | 'refused'

export const getMetadata: Handler = (session, { args }) => {
  const parsed = parseGet(args)
  if (parsed === undefined) return bad('Error in IMAP command GETMETADATA: Invalid arguments.')
  const { mailbox, keys, maxSize, deep } = parsed
  const { metadata, wording } = session.behaviour
  if (mailbox !== '' && session.user !== undefined && findMailbox(session, mailbox) === undefined) {
    return no("Mailbox doesn't exist.", 'NONEXISTENT')
  }
  const wanted = metadata.keys === 'all' ? keys : keys.slice(0, 1)
  const entries: string[] = []
  let longest = 0
  for (const key of deep && metadata.depth === 'honoured' ? withChildren(session, mailbox, wanted) : wanted) {
    const value = entryValue(session, mailbox, key)
    if (value === 'refused') return no('Unknown metadata entry.')
    if (value === 'omitted') continue
    if (value === 'nil') {
      entries.push(`${key} NIL`)
    } else if (metadata.maxSize === 'honoured' && value.text.length > maxSize) {
      longest = Math.max(longest, value.text.length)
    } else {
      entries.push(`${key} ${written(value.text, wording.metadataStrings)}`)
    }
  }
  if (entries.length > 0) {
    const name = mailbox === '' ? '""' : astring(mailbox, wording.mailboxNames)
    session.untagged(`METADATA ${name} (${entries.join(' ')})`)
  }
  return ok('Getmetadata completed.', longest > 0 ? `METADATA LONGENTRIES ${longest}` : undefined)
}

function parseGet(args: readonly Token[]) {
  let maxSize = Number.POSITIVE_INFINITY
  let deep = false
  const rest = [...args]
  // RFC 5464 4.2 puts options behind the command or behind the mailbox; both are in use.
  for (let i = 0; i < 2; i++) {
    const options = listOf(rest[i])
    const first = keywordOf(options?.[0])
    if (options === undefined || (first !== 'DEPTH' && first !== 'MAXSIZE')) continue
    for (let at = 0; at + 1 < options.length; at += 2) {
      const value = keywordOf(options[at + 1]) ?? ''
      if (keywordOf(options[at]) === 'MAXSIZE') maxSize = Number(value)
      else deep = value !== '0'
    }
    rest.splice(i, 1)
    break
  }
  const mailbox = stringOf(rest[0])
  const keys = (listOf(rest[1]) ?? [rest[1]]).map(stringOf)
  if (mailbox === undefined || rest.length !== 2 || keys.length > keyLimit || Number.isNaN(maxSize)) return undefined
  if (keys.some((key) => key === undefined || !keyForm.test(key))) return undefined
  return { mailbox, keys: keys as string[], maxSize, deep }
}

/** What is known below the keys; shared entries of the server cannot be listed, as on the recorded relay. */
function withChildren(session: Session, mailbox: string, keys: readonly string[]): readonly string[] {
  const prefix = metadataKey(mailbox, '')
  const own = [...(session.user?.store.metadata.keys() ?? [])]
    .filter((stored) => stored.startsWith(prefix))
    .map((stored) => stored.slice(prefix.length))
  const { deviceTokens = [] } = session.user?.store ?? {}
  if (mailbox.toUpperCase() === 'INBOX' && deviceTokens.length > 0) own.push(tokenKey)
  return keys.flatMap((key) => {
    const below = own.filter((stored) => stored.startsWith(`${key.toLowerCase()}/`))
    return own.includes(key.toLowerCase()) || below.length === 0 ? [key, ...below] : below
  })
}

function entryValue(session: Session, mailbox: string, key: string): Value {
  const { metadata } = session.behaviour
  const folded = key.toLowerCase()
  const given = (text: string | null | undefined): Value => (text == null ? metadata.missing : { text })
  if (metadata.omitted.includes(folded)) return 'omitted'
  if (folded in metadata.overrides && !(folded.startsWith('/shared') && mailbox !== '')) {
    const domain = session.user?.address.replace(/^.*@/, '') ?? ''
    return given(metadata.overrides[folded]?.replaceAll('{domain}', domain))
  }
  if (folded.startsWith('/shared')) {
    if (mailbox !== '') return given(null)
    const written = session.user?.store.metadata.get(metadataKey('', folded))?.[0]
    const known = session.user?.sharedMetadata(folded) ?? session.options.sharedMetadata?.(folded)
    return given(written ?? known)
  }
  if (folded !== tokenKey) return given(session.user?.store.metadata.get(metadataKey(mailbox, folded))?.[0])
  if (mailbox.toUpperCase() !== 'INBOX') return given(null)
  const own = session.user?.store.deviceTokens ?? []
  const shown = metadata.tokensShownTo === 'everyone' ? [...session.registry.allTokens] : tokensOf(session, own)
  if (shown.length > 0) return { text: shown.join(' ') }
  return metadata.emptyTokens === 'empty-string' ? { text: '' } : metadata.emptyTokens
}

function tokensOf(session: Session, stored: readonly string[]): readonly string[] {
  return session.behaviour.metadata.tokens === 'last-session-only'
    ? stored.filter((token) => session.ownTokens.has(token))
    : stored
}

function written(value: string, style: 'literal' | 'quoted'): string {
  return style === 'quoted' ? string(value) : `{${value.length}}\r\n${value}`
}

export const setMetadata: Handler = (session, { args }) => {
  const mailbox = stringOf(args[0])
  const entries = listOf(args[1])
  if (mailbox === undefined || entries === undefined || entries.length === 0 || entries.length % 2 === 1) {
    return bad('Error in IMAP command SETMETADATA: Invalid arguments.')
  }
  if (entries.length > keyLimit) return no('Too many entries.', 'METADATA TOOMANY')
  if (mailbox !== '' && findMailbox(session, mailbox) === undefined) {
    return no("Mailbox doesn't exist.", 'NONEXISTENT')
  }
  for (let at = 0; at < entries.length; at += 2) {
    const key = stringOf(entries[at])?.toLowerCase()
    const value = entries[at + 1]
    if (key === undefined || !keyForm.test(key)) return bad('Error in IMAP command SETMETADATA: Invalid entry.')
    const { literalTokens } = session.behaviour.metadata
    if (value?.kind === 'literal' && literalTokens !== 'kept') {
      if (literalTokens === 'refused') return bad('Error in IMAP command SETMETADATA: Invalid value.')
      continue
    }
    const refusal = setOne(session, mailbox, key, keywordOf(value) === 'NIL' ? null : (stringOf(value) ?? null))
    if (refusal !== undefined) return refusal
  }
  return ok('Setmetadata completed.')
}

function setOne(session: Session, mailbox: string, key: string, value: string | null): Outcome | undefined {
  const { metadata } = session.behaviour
  const store = session.user?.store
  if (store === undefined) return no('Not logged in.')
  const isToken = key === tokenKey && mailbox.toUpperCase() === 'INBOX'
  if (key.startsWith('/shared') && metadata.sharedKeys === 'refused') {
    return no('The attribute cannot be changed.', 'CANNOT')
  }
  if (key === messageNewKey && mailbox !== '' && metadata.messageNew === 'wakes') {
    if (value !== null && session.user !== undefined) session.options.wake?.(session.user.address)
    return undefined
  }
  if (!isToken && key.startsWith('/private') && metadata.otherPrivateKeys === 'refused') {
    return no('Internal error occurred. Refer to server log for more information.', 'SERVERBUG')
  }
  if (value !== null && value.length > session.behaviour.limits.literalBytes) {
    return no('Too large.', `METADATA MAXSIZE ${session.behaviour.limits.literalBytes}`)
  }
  if (isToken) {
    if (value !== null) addToken(session, store, value)
    else if (metadata.nil === 'removes') store.setDeviceTokens([])
    return undefined
  }
  store.setMetadata(metadataKey(mailbox, key), value === null ? [] : [value])
  return undefined
}

function addToken({ behaviour, registry, ownTokens }: Session, store: MailStore, token: string): void {
  const { tokens, tokenLimit, tokensShownTo } = behaviour.metadata
  if (tokens === 'forgotten') return
  if (tokens === 'replaced') store.setDeviceTokens([])
  store.addDeviceToken(token, tokenLimit)
  // Kept only where somebody looks at them: nobody is to fill the memory.
  if (tokens === 'last-session-only') ownTokens.add(token)
  if (tokensShownTo === 'everyone') registry.allTokens.add(token)
}
