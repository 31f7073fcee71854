// An IMAP session of the replay: says what the recorded relay said, and stops where it was never asked.
import type { Connection, ReplayCertificate } from './connection.ts'
import { type ImapState, imapGreetings, imapLogin, imapTable } from './imap-table.ts'
import type { Kept, ReplayStore } from './store.ts'
import { type Exchange, NotRecorded } from './types.ts'

export interface ImapReplay {
  readonly connection: Connection
  readonly store: ReplayStore
  readonly certificate: ReplayCertificate
  readonly security: 'tls' | 'starttls'
}

export async function replayImap(replay: ImapReplay): Promise<void> {
  const { connection, store, certificate, security } = replay
  let state: ImapState = security === 'tls' ? 'greeted' : 'clear'
  let user = ''
  let announced: readonly Kept[] = []
  let idleTag = ''
  const account = () => store.find(user)
  const send = (line: string) => connection.write(`${line}\r\n`)
  const announce = () => {
    const messages = account()?.messages ?? []
    if (messages.length === announced.length) return
    const recent = messages.length - announced.length
    announced = [...messages]
    send(`* ${messages.length} EXISTS`)
    send(`* ${recent} RECENT`)
  }
  const tell = () => {
    if (state === 'idle') announce()
  }
  const words = (tag: string, groups: readonly (string | undefined)[]): Readonly<Record<string, string>> => ({
    tag,
    domain: store.domain,
    exists: String(account()?.messages.length ?? 0),
    uidnext: String(account()?.nextUid ?? 1),
    tokens: account()?.tokens.join(' ') ?? '',
    'tokens-length': String(account()?.tokens.join(' ').length ?? 0),
    'in-a-day': String(Math.floor(Date.now() / 1000) + 86_400),
    '1': groups[1] ?? '',
  })

  send(imapGreetings[security === 'tls' ? 'greeted' : 'clear'])
  try {
    while (state !== 'ended') {
      const line = await connection.until('\r\n')
      if (line === undefined) return
      const [, given = '', command = ''] = state === 'idle' ? ['', idleTag, line] : (/^(\S+) (.*)$/.exec(line) ?? [])
      const now: ImapState = state
      const exchange: Exchange<ImapState> | undefined = imapTable.find(
        (one) => one.in.includes(now) && one.client.test(command),
      )
      if (exchange === undefined) throw new NotRecorded(`IMAP, ${state}: ${hidePassword(command)}`)
      const groups = exchange.client.exec(command) ?? []
      const fill = (text: string) => {
        const known = words(given, groups)
        return text.replace(/\{([\w-]+)\}/g, (whole, word) => known[word] ?? whole)
      }
      state = exchange.becomes ?? state
      idleTag = given
      if (exchange.does === 'login') {
        const [name = '', password = ''] = credentialsOf(groups)
        user = store.login(name, password) ?? ''
        send(fill(user === '' ? imapLogin.refused : imapLogin.in))
        if (user === '') state = 'greeted'
        account()?.listeners.add(tell)
        continue
      }
      if (exchange.does === 'select') announced = [...(account()?.messages ?? [])]
      if (exchange.does === 'token') account()?.tokens.push(groups[1] ?? '')
      if (exchange.does === 'delete') for (const one of chosen(announced, groups[1] ?? '')) one.deleted = true
      if (exchange.does === 'expunge') announced = expunge(account()?.messages ?? [], announced, send)
      if (exchange.does === 'announce' && exchange.becomes !== 'idle') announce()
      for (const text of exchange.server) {
        if (text !== 'messages') send(fill(text))
        else for (const one of chosen(announced, groups[1] ?? '')) send(fetched(announced, one, groups[2] ?? ''))
      }
      if (exchange.becomes === 'idle') announce()
      if (exchange.does === 'tls') await connection.secure(certificate)
    }
    connection.end()
  } finally {
    account()?.listeners.delete(tell)
  }
}

function credentialsOf(groups: readonly (string | undefined)[]): readonly string[] {
  const [, first = '', second] = groups
  if (second !== undefined) return [first, second].map((text) => text.replace(/\\(.)/g, '$1'))
  return Buffer.from(first, 'base64').toString('latin1').split('\0').slice(1)
}

function hidePassword(command: string): string {
  return command.replace(/^(LOGIN|AUTHENTICATE).*/i, '$1 ...')
}

/** Messages of a UID set; `n:*` always names the last one. */
function chosen(messages: readonly Kept[], set: string): readonly Kept[] {
  const last = messages.at(-1)?.uid ?? 0
  return messages.filter(({ uid }) =>
    set.split(',').some((part) => {
      const [from = 0, to = from] = part.split(':').map((end) => (end === '*' ? last : Number(end)))
      return uid >= Math.min(from, to) && uid <= Math.max(from, to)
    }),
  )
}

function expunge(all: Kept[], announced: readonly Kept[], send: (line: string) => void): readonly Kept[] {
  const left = [...announced]
  for (const one of announced.filter(({ deleted }) => deleted)) {
    send(`* ${left.indexOf(one) + 1} EXPUNGE`)
    left.splice(left.indexOf(one), 1)
    if (all.includes(one)) all.splice(all.indexOf(one), 1)
  }
  return left
}

/** One FETCH reply; of the items only those that were asked for while the relay was recorded, and the whole message. */
function fetched(announced: readonly Kept[], one: Kept, items: string): string {
  const text = one.bytes.toString('latin1')
  const parts: string[] = []
  let rest = items
  const take = (pattern: RegExp, write: (match: RegExpExecArray) => string) => {
    const match = pattern.exec(rest)
    if (match === null) return
    rest = rest.replace(pattern, '')
    parts.push(write(match))
  }
  take(/\bUID\b/i, () => `UID ${one.uid}`)
  take(/\bFLAGS\b/i, () => 'FLAGS (\\Recent)')
  take(/\bRFC822\.SIZE\b/i, () => `RFC822.SIZE ${one.bytes.length}`)
  take(/BODY\.PEEK\[HEADER\.FIELDS \(([^)]*)\)\]/i, ([, names = '']) => {
    const wanted = names.toLowerCase().split(' ')
    const head = text.slice(0, text.indexOf('\r\n\r\n') + 2).split(/\r\n(?![ \t])/)
    const fields = head.filter((field) => wanted.includes(field.slice(0, field.indexOf(':')).toLowerCase()))
    const literal = `${fields.map((field) => `${field}\r\n`).join('')}\r\n`
    return `BODY[HEADER.FIELDS (${names})] {${literal.length}}\r\n${literal}`
  })
  take(/BODY\.PEEK\[\]/i, () => `BODY[] {${one.bytes.length}}\r\n${text}`)
  if (rest.trim() !== '') throw new NotRecorded(`FETCH of ${rest.trim()}`)
  return `* ${announced.indexOf(one) + 1} FETCH (${parts.join(' ')})`
}
