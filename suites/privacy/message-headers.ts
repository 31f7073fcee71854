// Checks of what a delivered message tells about its sender. One message shows it all: sent with the headers that must
// go, from a device that says a name of its own, and compared with the copy that its recipient finds.
import { batch, check } from '../../harness/check/define.ts'
import { accepted, code, equals, holds, isFalse, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext, CheckMeta } from '../../harness/check/types.ts'
import { headerFields, headerValues, splitMessage } from '../../harness/mail/parse.ts'
import { openAfterStartTls } from '../starttls.ts'
import { addressesIn, isLocalAddress } from './addresses.ts'

const hidesAddress: CheckMeta = {
  id: 'privacy/hides-client-address',
  requirement: 'privacy.hides-client-address',
  title: 'shows the address of the sender nowhere in a delivered message',
}

const hidesName: CheckMeta = {
  id: 'privacy/hides-client-name',
  requirement: 'privacy.hides-client-name',
  title: 'shows the name of the sender’s device nowhere in a delivered message',
}

const removesReceived: CheckMeta = {
  id: 'privacy/removes-received',
  requirement: 'privacy.removes-received',
  title: 'stores local mail without Received headers',
}

const replacesSubject: CheckMeta = {
  id: 'privacy/replaces-subject',
  requirement: 'privacy.replaces-subject',
  title: 'replaces the subject by "[...]"',
}

const noSignature: CheckMeta = {
  id: 'privacy/stores-no-dkim-signature',
  requirement: 'privacy.stores-no-dkim-signature',
  title: 'stores local mail without DKIM signatures',
}

const noResults: CheckMeta = {
  id: 'privacy/stores-no-authentication-results',
  requirement: 'privacy.stores-no-authentication-results',
  title: 'stores local mail without Authentication-Results',
}

/** Headers of the device that have to go, each with what we write into it. Addresses are of RFC 5737. */
const traces: readonly { readonly field: string; readonly value: string; readonly meta: CheckMeta }[] = [
  {
    field: 'User-Agent',
    value: 'chatmail-check (user agent)',
    meta: {
      id: 'privacy/removes-user-agent',
      requirement: 'privacy.removes-user-agent',
      title: 'removes User-Agent',
    },
  },
  {
    field: 'X-Mailer',
    value: 'chatmail-check (mailer)',
    meta: { id: 'privacy/removes-x-mailer', requirement: 'privacy.removes-x-mailer', title: 'removes X-Mailer' },
  },
  {
    field: 'X-Originating-IP',
    value: '[203.0.113.77]',
    meta: {
      id: 'privacy/removes-x-originating-ip',
      requirement: 'privacy.removes-x-originating-ip',
      title: 'removes X-Originating-IP',
    },
  },
]

const receivedLine =
  'from laptop.invalid ([203.0.113.78]) by gateway.invalid with ESMTP; Thu, 01 Jan 2026 00:00:00 +0000'

export const messageHeaders = batch({
  id: 'privacy/message-headers',
  needs: { accounts: 2 },
  members: [
    hidesAddress,
    hidesName,
    removesReceived,
    ...traces.map(({ meta }) => meta),
    replacesSubject,
    noSignature,
    noResults,
  ],
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const subject = `Secret words ${t.mail.random.hex(8)}`
    // An address literal, as apps send it; of a network that nobody has (RFC 5737).
    const deviceName = `[198.51.100.${1 + t.mail.random.below(254)}]`
    const written = Object.fromEntries(traces.map(({ field, value }) => [field, value]))
    const mail = await t.mail.encrypted(alice, bob, {
      headers: { ...written, Received: receivedLine, Subject: subject },
    })

    const smtp = await t.submission(undefined, { ehloName: deviceName })
    t.control('the sender logs in', await smtp.client.authPlain(alice.address, alice.password), code(235), {
      coveredBy: 'onboarding/creates-account-on-first-smtp-login',
    })
    t.control('the message is accepted', await smtp.send(mail), accepted)
    await t.eventually('the message arrives', () => t.inbox(bob).minted(), holds(mail), { control: true })
    const copy = (await t.inbox(bob).minted()).find(({ messageId }) => messageId === mail.messageId)
    const stored = copy?.bytes ?? new Uint8Array()
    const added = addedTo(mail.bytes, stored)

    const shown = clientAddressesIn(t, added).filter((address) => !`${deviceName} ${receivedLine}`.includes(address))
    t.member(hidesAddress.id).expect('addresses in what the server added', shown, none)
    t.member(hidesName.id).expect('the device’s name is in what the server added', added.includes(deviceName), isFalse)
    t.member(removesReceived.id).expect('Received headers', headerValues(stored, 'Received'), none)
    for (const { field, value, meta } of traces) {
      const kept = headerValues(stored, field).filter((got) => got.includes(value))
      t.member(meta.id).expect(`${field} headers of the sender`, kept, none)
    }
    t.member(replacesSubject.id).expect('the subject', headerValues(stored, 'Subject').join('; '), equals('[...]'), {
      tolerate: satisfies('any other without the words of the sender', (got) => !got.includes(subject.slice(0, 12))),
    })
    t.member(noSignature.id).expect('DKIM-Signature headers', headerValues(stored, 'DKIM-Signature'), none)
    t.member(noResults.id).expect('Authentication-Results', headerValues(stored, 'Authentication-Results'), none)
  },
})

export const hidesAddressOverStartTls = check({
  id: 'privacy/hides-client-address-over-starttls',
  requirement: 'privacy.hides-client-address',
  title: 'shows the address of the sender nowhere in a message sent by port 587',
  profile: 'list',
  needs: { accounts: 2, messages: 1, reach: ['submission'] },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await openAfterStartTls(t, alice)
    if (smtp === undefined) return t.expect('port 587 is open', false, isFalse)
    const mail = await t.mail.encrypted(alice, bob)
    t.control('the message is accepted', await smtp.send(mail), accepted)
    await t.eventually('the message arrives', () => t.inbox(bob).minted(), holds(mail), { control: true })
    const [copy] = await t.inbox(bob).minted()
    const added = addedTo(mail.bytes, copy?.bytes ?? new Uint8Array())
    t.expect('addresses in what the server added', clientAddressesIn(t, added), none)
  },
})

const none: Matcher<readonly string[]> = satisfies(
  'none',
  (list) => list.length === 0,
  (list) => (list.length === 0 ? 'none' : list.join('; ').slice(0, 300)),
)

/** What stands in the stored message and did not in the sent one: whole header fields, and lines of the body. */
export function addedTo(sent: Uint8Array, stored: Uint8Array): string {
  const text = (octets: Uint8Array) => new TextDecoder('latin1').decode(octets)
  const ours = new Set(headerFields(sent).map(({ name, value }) => `${name.toLowerCase()}:${value}`))
  const fields = headerFields(stored)
    .filter(({ name, value }) => !ours.has(`${name.toLowerCase()}:${value}`))
    .map(({ raw }) => raw)
  const lines = new Set(text(splitMessage(sent).body).split(/\r?\n/))
  const body = text(splitMessage(stored).body)
    .split(/\r?\n/)
    .filter((line) => !lines.has(line))
  return [...fields, ...body].join('\n')
}

/** Network addresses that may be those of a sender. */
export function clientAddressesIn(t: CheckContext, added: string): readonly string[] {
  // Mail addresses of servers without a name hold an address that is no client's: user@[192.0.2.1].
  return addressesIn(added.replace(/@\[[^\]]*\]/g, ' ')).filter(foreignTo(t))
}

/**
 * Not the server's own and not of some network inside it. Where the server itself is on this machine or in our own
 * network, we are known to it by such an address too, and every address counts.
 */
function foreignTo(t: CheckContext): (address: string) => boolean {
  const own = new Set(Object.values(t.host.endpoints).map((endpoint) => endpoint.address))
  if ([...own].some(isLocalAddress)) return () => true
  return (address) => !own.has(address) && !isLocalAddress(address)
}
