// Checks of what leaves the server with a message: nothing in clear, nothing of the sender's device.
import { batch, check } from '../../harness/check/define.ts'
import { code, equals, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckMeta } from '../../harness/check/types.ts'
import { headerValues } from '../../harness/mail/parse.ts'
import { addedTo, clientAddressesIn } from '../privacy/message-headers.ts'
import { arrivalOf, nothing, sendOut, toPeer } from './scene.ts'

const hidesAddress: CheckMeta = {
  id: 'federation/hides-client-address',
  requirement: 'privacy.hides-client-address',
  title: 'shows the address of the sender’s device nowhere to other servers',
  profile: 'list',
}

const replacesSubject: CheckMeta = {
  id: 'federation/replaces-subject',
  requirement: 'privacy.replaces-subject',
  title: 'replaces the subject of mail to other servers by "[...]"',
  profile: 'list',
}

/** One message, from a device that says an address literal of a network that nobody has (RFC 5737). */
export const leavingHeaders = batch({
  id: 'federation/headers',
  needs: { ...toPeer, accounts: 1, messages: 0 },
  members: [hidesAddress, replacesSubject],
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const device = `198.51.100.${1 + t.mail.random.below(254)}`
    const subject = `Secret words ${t.mail.random.hex(8)}`
    const mail = await t.mail.encrypted(alice, exchange.address('someone'), {
      headers: { Subject: subject },
    })
    const smtp = await t.submission(undefined, { ehloName: `[${device}]` })
    t.control('the sender logs in', await smtp.client.authPlain(alice.address, alice.password), code(235), {
      coveredBy: 'onboarding/creates-account-on-first-smtp-login',
    })
    t.control('the message is accepted', await smtp.send(mail), code(250))
    const { bytes } = await arrivalOf(t, exchange, mail)
    // The name that the device gave is another rule's business.
    const shown = clientAddressesIn(t, addedTo(mail.bytes, bytes)).filter((address) => address !== device)
    t.member(hidesAddress.id).expect('addresses in what the server added', shown, none)
    t.member(replacesSubject.id).expect('the subject', headerValues(bytes, 'Subject').join('; '), equals('[...]'), {
      tolerate: satisfies('any other without the words of the sender', (got) => !got.includes(subject.slice(0, 12))),
    })
  },
})

const none: Matcher<readonly string[]> = satisfies(
  'none',
  (list) => list.length === 0,
  (list) => list.join('; ') || 'none',
)

export const sendsNoCleartext = check({
  id: 'federation/sends-no-cleartext',
  requirement: 'encryption.refuses-cleartext-to-others-domains',
  title: 'lets nothing in clear out to an ordinary mail server, which gets what is encrypted',
  profile: 'list',
  needs: { ...toPeer, accounts: 1, messages: 2 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const clear = t.mail.cleartext(alice, exchange.address('someone'))
    const smtp = await t.submission(alice)
    const outcome = await smtp.send(clear)
    t.note(`the message in clear: ${outcome.accepted ? 'taken' : 'refused'}`)
    // Whatever the reply was: what counts is what leaves.
    await arrivalOf(t, exchange, await sendOut(t, alice, exchange.address('someone')))
    const left = exchange.arrivals.filter(({ messageId }) => messageId === clear.messageId)
    t.expect('what left in clear', left, nothing)
  },
})
