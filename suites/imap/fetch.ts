// Checks of FETCH: the two forms Delta Chat core lives on, and those of other mail programs.
import { check } from '../../harness/check/define.ts'
import { atLeast, attempt, equals, imapOk, isTrue, satisfies } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { headerFields, headerValues, messageIdOf } from '../../harness/mail/parse.ts'
import { imapMessage, textOf } from '../../harness/wire/imap-message.ts'
import type { ImapValue } from '../../harness/wire/imap-value.ts'
import { flags, numbers, sameOctets } from './expectations.ts'
import { fileMail, flagsSeenLater, openInbox, tryFetch, uidNextOf } from './scene.ts'

const coreFields =
  'MESSAGE-ID DATE X-MICROSOFT-ORIGINAL-MESSAGE-ID FROM CONTENT-TYPE SECURE-JOIN CHAT-VERSION CHAT-IS-POST-MESSAGE AUTOCRYPT-SETUP-MESSAGE'

const prefetchesHeaders = check({
  id: 'imap/prefetches-headers',
  requirement: 'imap.prefetches-headers',
  title: 'answers the FETCH that Delta Chat begins with',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, selected } = await openInbox(t, account)
    const from = (await uidNextOf(client, selected)) ?? 1
    const mail = await t.mail.encrypted(account, account)
    t.control('a message is filed by APPEND', await client.append('INBOX', mail.bytes), imapOk)
    t.control('INBOX is opened again', (await client.select('INBOX')).reply, imapOk)
    const items = `(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (${coreFields})])`
    const reply = await attempt(client.command(`UID FETCH ${from}:${from + 499} ${items}`))
    t.expect('UID FETCH of the headers', reply, imapOk)
    const answers = reply instanceof WireError ? [] : reply.untagged.filter(({ type }) => type === 'FETCH')
    // Core reads each FETCH response by itself: what it asked for together has to come together.
    const found = answers
      .map((answer) => imapMessage(answer))
      .find(({ sections }) => messageIdOf(firstOf(sections)) === mail.messageId)
    t.expect('the message is in the answer', found !== undefined, isTrue)
    if (!found) return
    t.expect('its UID, in the same response', found.uid ?? 0, atLeast(from))
    t.expect('its RFC822.SIZE, in the same response', found.size, equals(mail.bytes.length))
    const { messages } = await tryFetch(client, found.uid ?? 0, '(FLAGS BODY.PEEK[])')
    const fetched = messageIdOf(messages[0]?.sections.get('') ?? new Uint8Array())
    t.expect('the message fetched by this UID', fetched, equals(mail.messageId))
    const wanted = ['Message-ID', 'Date', 'From', 'Content-Type', 'Chat-Version']
    const filed = wanted.map((name) => fieldOf(mail.bytes, name))
    const got = wanted.map((name) => fieldOf(firstOf(found.sections), name))
    t.expect(
      'the header fields',
      got,
      satisfies(
        'as they were filed',
        (fields) => fields.join() === filed.join(),
        (fields) => fields.filter((field, at) => field !== filed[at]).join(', '),
      ),
    )
  },
})

const returnsAskedHeaderFields = check({
  id: 'imap/returns-asked-header-fields',
  requirement: 'imap.returns-asked-header-fields',
  title: 'gives exactly the header fields asked for',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const { reply, messages } = await tryFetch(
      client,
      filed[0]?.uid ?? 0,
      '(BODY.PEEK[HEADER.FIELDS (date Message-Id)])',
    )
    t.expect('UID FETCH of two fields', reply, imapOk)
    const header = firstOf(messages[0]?.sections)
    const names = headerFields(header).map(({ name }) => name.toLowerCase())
    t.expect(
      'the fields',
      names.sort(),
      satisfies('date and message-id', (got) => got.join() === 'date,message-id'),
    )
    t.expect('an empty line at the end', endsWithEmptyLine(header), isTrue)
  },
})

const returnsExactBytes = check({
  id: 'imap/returns-exact-bytes',
  requirement: 'imap.returns-exact-bytes',
  title: 'gives a message back octet by octet',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const { uid = 0, mail } = filed[0] ?? {}
    const { reply, messages } = await tryFetch(client, uid, '(FLAGS BODY.PEEK[])')
    t.expect('UID FETCH of FLAGS and the message', reply, imapOk)
    t.expect('the message', messages[0]?.sections.get(''), sameOctets(mail?.bytes ?? new Uint8Array()))
    t.expect('FLAGS with it', messages[0]?.flags !== undefined, isTrue)
  },
})

const fetchesUidSets = check({
  id: 'imap/fetches-uid-sets',
  requirement: 'imap.fetches-uid-sets',
  title: 'gives every message of a UID set',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 4)
    const [a = 0, b = 0, , d = 0] = filed.map(({ uid }) => uid)
    const set = `${a}:${b},${d},${d + 1000}`
    const { reply, messages } = await tryFetch(client, set, '(UID RFC822.SIZE)')
    t.expect('UID FETCH of a range, a number and one that is not there', reply, imapOk)
    const uids = messages.map(({ uid = 0 }) => uid)
    t.expect('the messages', uids, numbers(a, b, d))
    const none = await tryFetch(client, d + 1000, '(UID RFC822.SIZE)')
    t.expect('UID FETCH of one that is not there', none.reply, imapOk)
  },
})

const peeksWithoutMarkingSeen = check({
  id: 'imap/peeks-without-marking-seen',
  requirement: 'imap.peeks-without-marking-seen',
  title: 'leaves a message unseen by BODY.PEEK[]',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const uid = filed[0]?.uid ?? 0
    t.control('the message is unseen', await flagsSeenLater(t, account, uid), flags({ without: ['\\Seen'] }))
    t.control('it is fetched by BODY.PEEK[]', (await tryFetch(client, uid, '(BODY.PEEK[])')).reply, imapOk)
    t.expect('its flags afterwards', await flagsSeenLater(t, account, uid), flags({ without: ['\\Seen'] }))
  },
})

const marksFetchedMailSeen = check({
  id: 'imap/marks-fetched-mail-seen',
  requirement: 'imap.marks-fetched-mail-seen',
  title: 'marks a message \\Seen by BODY[]',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const uid = filed[0]?.uid ?? 0
    t.expect('UID FETCH BODY[]', (await tryFetch(client, uid, '(BODY[])')).reply, imapOk)
    t.expect('the flags afterwards', await flagsSeenLater(t, account, uid), flags({ with: ['\\Seen'] }))
  },
})

const fetchesPartially = check({
  id: 'imap/fetches-partially',
  requirement: 'imap.fetches-partially',
  title: 'gives a part of a message',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const uid = filed[0]?.uid ?? 0
    const whole = await tryFetch(client, uid, '(BODY.PEEK[])')
    t.control('UID FETCH of the whole message', whole.reply, imapOk, { coveredBy: 'imap/returns-exact-bytes' })
    const { reply, messages } = await tryFetch(client, uid, '(BODY.PEEK[]<10.50>)')
    t.expect('UID FETCH of octets 10 to 59', reply, imapOk)
    const part = [...(messages[0]?.sections.values() ?? [])][0]
    t.expect('the part', part, sameOctets(firstOf(whole.messages[0]?.sections).subarray(10, 60)))
  },
})

const describesStructure = check({
  id: 'imap/describes-structure',
  requirement: 'imap.describes-structure',
  title: 'describes an encrypted message by BODYSTRUCTURE',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const { reply, messages } = await tryFetch(client, filed[0]?.uid ?? 0, '(BODYSTRUCTURE)')
    t.expect('UID FETCH BODYSTRUCTURE', reply, imapOk)
    const structure = messages[0]?.items.get('BODYSTRUCTURE')
    const words = wordsIn(structure)
    const wanted = ['encrypted', 'pgp-encrypted', 'octet-stream']
    t.expect(
      'the structure',
      words,
      satisfies(`with ${wanted.join(', ')}`, (got) => wanted.every((word) => got.includes(word))),
    )
    t.expect('how many parts it has', partsIn(structure), equals(2))
  },
})

const givesEnvelope = check({
  id: 'imap/gives-envelope',
  requirement: 'imap.gives-envelope',
  title: 'gives sender and Message-ID in ENVELOPE',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const { reply, messages } = await tryFetch(client, filed[0]?.uid ?? 0, '(ENVELOPE)')
    t.expect('UID FETCH ENVELOPE', reply, imapOk)
    const envelope = messages[0]?.items.get('ENVELOPE')
    const [messageId, from] = Array.isArray(envelope) ? [textOf(envelope[9]), envelope[2]] : [null, null]
    t.expect('its Message-ID', messageId, equals(filed[0]?.mail.messageId ?? ''))
    t.expect('its sender', wordsIn(from).includes(account.address.split('@')[0] ?? ''), isTrue)
  },
})

/** A field by its name, however it is folded. */
function fieldOf(message: Uint8Array, name: string): string {
  return `${name}: ${headerValues(message, name)[0]?.replace(/\s+/g, ' ') ?? 'absent'}`
}

/** The one section that was asked for: servers write its name as they like. */
function firstOf(sections: ReadonlyMap<string, Uint8Array | null> | undefined): Uint8Array {
  return [...(sections?.values() ?? [])][0] ?? new Uint8Array()
}

/** Parts come first, each a list, and then the subtype (RFC 3501 7.4.2). */
function partsIn(structure: ImapValue | undefined): number {
  if (!Array.isArray(structure)) return 0
  const subtype = structure.findIndex((value) => !Array.isArray(value))
  return subtype < 0 ? structure.length : subtype
}

/** Every text in a value, however deep, lower case. */
function wordsIn(value: ImapValue | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return [value.toLowerCase()]
  return value instanceof Uint8Array ? [(textOf(value) ?? '').toLowerCase()] : value.flatMap(wordsIn)
}

function endsWithEmptyLine(header: Uint8Array): boolean {
  return (textOf(header.subarray(-4)) ?? '') === '\r\n\r\n'
}

export const fetchChecks = [
  prefetchesHeaders,
  returnsAskedHeaderFields,
  returnsExactBytes,
  fetchesUidSets,
  peeksWithoutMarkingSeen,
  marksFetchedMailSeen,
  fetchesPartially,
  describesStructure,
  givesEnvelope,
]
