// What of a message must not change on its way: the encrypted body octet for octet, and the header fields clients read.
import { check } from '../../harness/check/define.ts'
import { isFalse, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext, Delivered } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { armourPart, encryptedType, multipart, versionPart } from '../../harness/mail/mime.ts'
import { latin1 } from '../../harness/mail/octets.ts'
import { writePackets } from '../../harness/mail/packets.ts'
import { headerValues, splitMessage } from '../../harness/mail/parse.ts'
import { carries, deliver, finds, isThere } from './scene.ts'

/** Sends it from the one to the other and gives what arrived. Where nothing did, that is a control: others judge losses. */
async function passed(t: CheckContext, from: Account, to: Account, mail: Mail): Promise<Delivered> {
  await deliver(t, from, mail)
  const got = await t.eventually('the message arrives', finds(t, to, carries(mail)), isThere, { control: true })
  if (!got) throw new Error('a control let through what it should not')
  return got
}

const keepsBytes = check({
  id: 'delivery/keeps-bytes',
  requirement: 'delivery.keeps-bytes',
  title: 'delivers the body octet for octet',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const mail = await t.mail.encrypted(alice, bob, { size: 4_000 })
    await deliver(t, alice, mail)
    const arrived = finds(t, bob, ({ messageId }) => messageId === mail.messageId)
    const got = await t.eventually('the message arrives', arrived, isThere, { control: true })
    if (got) t.expect('the body', got.bytes, sameBody(mail), { tolerate: sameArmour(mail) })
  },
})

const keepsLongLines = check({
  id: 'delivery/keeps-long-lines',
  requirement: 'delivery.keeps-long-lines',
  title: 'leaves lines of up to 998 octets unbroken',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const packets = writePackets(await t.mail.packets(alice, bob, { size: 4_000 }))
    const mail = t.mail.armoured(alice, bob, packets, { armour: { columns: 996 } })
    const smtp = await t.submission(alice)
    const outcome = await smtp.send(mail)
    if (!outcome.accepted && outcome.reply) t.unsupported('a message with long lines of armour is refused')
    const got = await t.eventually('the message arrives', finds(t, bob, carries(mail)), isThere)
    if (got) t.expect('the armour', got.bytes, sameArmour(mail))
  },
})

const keepsMessageId = check({
  id: 'delivery/keeps-message-id',
  requirement: 'delivery.keeps-message-id',
  title: 'leaves the Message-ID as it is',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    // Capitals and length as other clients use them; all of it is dot-atom (RFC 5322, 3.2.3).
    const messageId = `<Mr.${t.mail.random.hex(60)}.ABCxyz+1=2@LocalHost>`
    const mail = await t.mail.encrypted(alice, bob, { messageId })
    const got = await passed(t, alice, bob, mail)
    t.expect('its Message-ID', headerValues(got.bytes, 'Message-ID').join(' and '), sameText(messageId))
  },
})

const keepsDate = check({
  id: 'delivery/keeps-date',
  requirement: 'delivery.keeps-date',
  title: 'leaves a Date of six days ago as it is',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const date = new Date(Math.floor(Date.now() / 1_000 - 6 * 24 * 3_600 + 600) * 1_000)
    const mail = await t.mail.encrypted(alice, bob, { date })
    await deliver(t, alice, mail)
    const got = await t.eventually('the message arrives', finds(t, bob, carries(mail)), isThere)
    if (got) t.expect('its Date', headerValues(got.bytes, 'Date').join(' and '), sameInstant(date))
  },
})

const keepsRecipientsHidden = check({
  id: 'delivery/keeps-recipients-hidden',
  requirement: 'delivery.keeps-recipients-hidden',
  title: 'writes no recipients into a To field that names none',
  profile: 'list',
  needs: { accounts: 3, messages: 1 },
  async run(t) {
    const [alice, bob, carol] = await t.accounts(3)
    const mail = await t.mail.encrypted(alice, [bob, carol])
    const got = await passed(t, alice, bob, mail)
    const to = headerValues(got.bytes, 'To').join(' and ')
    t.note(`To: ${to}`)
    t.expect('the To field names an address', to.includes('@'), isFalse)
  },
})

const keepsHeaders = check({
  id: 'delivery/keeps-headers',
  requirement: 'delivery.keeps-headers',
  title: 'leaves the header fields that clients read as they are',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const from = await t.mail.encrypted(alice, bob)
    if (!from.payload) throw new Error('an encrypted message has a payload')
    const boundary = `Boundary-${t.mail.random.hex(12)}-XyZ`
    const body = multipart(boundary, [versionPart, armourPart(from.payload)])
    const headers = { 'Chat-Is-Post-Message': '1' }
    const content = { contentType: encryptedType(boundary), body, payload: from.payload }
    const mail = t.mail.compose(alice, bob, content, { headers })
    const got = await passed(t, alice, bob, mail)
    for (const name of ['From', 'Chat-Version', 'Chat-Is-Post-Message', 'MIME-Version', 'Content-Type']) {
      t.expect(name, field(got.bytes, name), sameText(field(mail.bytes, name)))
    }
  },
})

const keepsPartHeaders = check({
  id: 'delivery/keeps-part-headers',
  requirement: 'delivery.keeps-part-headers',
  title: 'leaves the header fields of the encrypted part as they are',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const { payload } = await t.mail.encrypted(alice, bob)
    if (!payload) throw new Error('an encrypted message has a payload')
    const boundary = t.mail.random.hex(32)
    const { headers, body } = armourPart(payload)
    // The first ones are those that PGP/MIME programs write; the last one is cut out of the head of a message.
    const written = [
      'Content-Description: OpenPGP encrypted message',
      'Content-Disposition: inline; filename="encrypted.asc"',
      'X-Mailer: Example 1.0',
    ]
    const parts = [versionPart, { headers: [...headers, ...written], body }]
    const content = { contentType: encryptedType(boundary), body: multipart(boundary, parts), payload }
    const got = await passed(t, alice, bob, t.mail.compose(alice, bob, content))
    const lines = latin1(got.bytes)
      .replace(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
    const missing = written.filter((line) => !lines.includes(line))
    t.expect('fields of the part that are not there any more', missing, none)
  },
})

const none: Matcher<readonly string[]> = satisfies(
  'none',
  (lines) => lines.length === 0,
  (lines) => lines.join(' and ') || 'none',
)

const deliversUnread = check({
  id: 'delivery/delivers-unread',
  requirement: 'delivery.delivers-unread',
  title: 'delivers without marking as read or deleted',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const got = await passed(t, alice, bob, await t.mail.encrypted(alice, bob))
    const marked = got.flags.filter((flag) => /^\\(seen|deleted)$/i.test(flag))
    t.expect('flags of a message just arrived', marked, unmarked)
  },
})

const stampsArrival = check({
  id: 'delivery/stamps-arrival-time',
  requirement: 'delivery.stamps-arrival-time',
  title: 'gives a message the time of its arrival as INTERNALDATE',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const date = new Date(Date.now() - 6 * 24 * 3_600_000)
    const got = await passed(t, alice, bob, await t.mail.encrypted(alice, bob, { date }))
    const client = await t.imap(bob)
    await client.select('INBOX')
    const { messages } = await client.uidFetch(String(got.uid), '(UID INTERNALDATE)')
    const stamp = messages.find(({ uid }) => uid === got.uid)?.internalDate
    // Clocks may differ by a while, and time zones be wrong; days are what matters.
    const now = t.host.powers.clock?.now() ?? Date.now()
    t.expect('INTERNALDATE', stamp, withinADayOf(now))
  },
})

function field(message: Uint8Array, name: string): string {
  return headerValues(message, name).join(' and ').replace(/\s+/g, ' ')
}

function sameText(wanted: string): Matcher<string> {
  return satisfies(JSON.stringify(wanted), (value) => value === wanted)
}

function sameInstant(wanted: Date): Matcher<string> {
  return satisfies(`${wanted.toUTCString()}, however written`, (value) => Date.parse(value) === wanted.getTime())
}

function withinADayOf(now: number): Matcher<Date | undefined> {
  return satisfies(
    'within a day of now',
    (stamp) => stamp !== undefined && Math.abs(stamp.getTime() - now) < 24 * 3_600_000,
    (stamp) => stamp?.toISOString() ?? 'none',
  )
}

const unmarked: Matcher<readonly string[]> = satisfies(
  String.raw`neither \Seen nor \Deleted`,
  (marked) => marked.length === 0,
  (marked) => marked.join(' ') || 'neither',
)

function sameBody(mail: Mail): Matcher<Uint8Array> {
  const wanted = Buffer.from(splitMessage(mail.bytes).body)
  return satisfies(
    `the same ${wanted.length} octets`,
    (bytes) => wanted.equals(splitMessage(bytes).body),
    (bytes) => difference(splitMessage(bytes).body, wanted),
  )
}

function sameArmour(mail: Mail): Matcher<Uint8Array> {
  const wanted = Buffer.from(mail.payload ?? '')
  return satisfies(
    'the armoured block unchanged',
    (bytes) => Buffer.from(bytes).includes(wanted),
    (bytes) => difference(splitMessage(bytes).body, splitMessage(mail.bytes).body),
  )
}

function difference(got: Uint8Array, wanted: Uint8Array): string {
  const at = wanted.findIndex((octet, index) => got[index] !== octet)
  return at < 0 && got.length === wanted.length
    ? 'the same'
    : `${got.length} octets, other from octet ${at < 0 ? wanted.length : at} on`
}

export const contentChecks = [
  keepsBytes,
  keepsLongLines,
  keepsMessageId,
  keepsDate,
  keepsRecipientsHidden,
  keepsHeaders,
  keepsPartHeaders,
  deliversUnread,
  stampsArrival,
]
