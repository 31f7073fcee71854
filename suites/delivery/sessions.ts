// The submission session as clients use it: parameters, pipelining, several messages, refusals in between.
import { check } from '../../harness/check/define.ts'
import { accepted, attempt, equals, holds, holdsExactly, refusedOrClosed } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { placeOf } from '../places.ts'

const acceptsClientParameters = check({
  id: 'delivery/accepts-client-parameters',
  requirement: 'delivery.accepts-client-parameters',
  title: 'takes BODY=8BITMIME and SMTPUTF8 where it offers them',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const { extensions } = smtp.client
    // Delta Chat core sends each of them only where it is offered.
    const mailParameters = [
      ...(extensions.has('8BITMIME') ? ['BODY=8BITMIME'] : []),
      ...(extensions.has('SMTPUTF8') ? ['SMTPUTF8'] : []),
    ]
    t.note(`MAIL parameters: ${mailParameters.join(' ') || 'none, as none is offered'}`)
    const mail = withEnvelope(await t.mail.encrypted(alice, bob), { mailParameters })
    t.expect('the message is accepted', await smtp.send(mail), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(mail))
  },
})

const acceptsOfferedParameters = check({
  id: 'delivery/accepts-offered-parameters',
  requirement: 'delivery.accepts-offered-parameters',
  title: 'takes SIZE, RET, ENVID, NOTIFY and ORCPT where it offers them',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const { extensions } = smtp.client
    const plain = await t.mail.encrypted(alice, bob)
    const dsn = extensions.has('DSN')
    const size = extensions.has('SIZE')
    if (!dsn && !size) t.unsupported('neither DSN nor SIZE is offered')
    const mail = withEnvelope(plain, {
      mailParameters: [
        ...(size ? [`SIZE=${plain.bytes.length}`] : []),
        ...(dsn ? ['RET=HDRS', `ENVID=${t.mail.random.hex(8)}`] : []),
      ],
      rcptParameters: dsn ? ['NOTIFY=FAILURE', `ORCPT=rfc822;${bob.address}`] : [],
    })
    t.expect('the message is accepted', await smtp.send(mail), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(mail))
  },
})

const deliversOverStarttls = check({
  id: 'delivery/delivers-over-starttls',
  requirement: 'delivery.delivers-over-starttls',
  title: 'delivers what is submitted on port 587 after STARTTLS',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const endpoint = placeOf(t, 'submission')
    if (endpoint === undefined) return t.unsupported('no submission with STARTTLS')
    const [alice, bob] = await t.accounts(2)
    const smtp = await attempt(t.submission(alice, { endpoint }))
    if (smtp instanceof WireError && (smtp.stage === 'connect' || smtp.code === 'timeout')) throw smtp
    const trouble = smtp instanceof WireError ? smtp.message : smtp.client.secure ? 'none' : 'still in clear'
    t.expect('trouble with STARTTLS', trouble, equals('none'))
    if (smtp instanceof WireError) return
    const mail = await t.mail.encrypted(alice, bob)
    t.expect('the message is accepted', await smtp.send(mail), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(mail))
  },
})

const takesPipelinedCommands = check({
  id: 'delivery/takes-pipelined-commands',
  requirement: 'delivery.takes-pipelined-commands',
  title: 'takes MAIL, RCPT and DATA in one packet where it offers PIPELINING',
  profile: 'list',
  needs: { accounts: 3, messages: 2 },
  async run(t) {
    const [alice, bob, carol] = await t.accounts(3)
    const smtp = await t.submission(alice)
    if (!smtp.client.extensions.has('PIPELINING')) t.unsupported('PIPELINING is not offered')
    const mails = [await t.mail.encrypted(alice, [bob, carol]), await t.mail.encrypted(alice, [bob, carol])]
    for (const mail of mails) {
      t.expect('the message is accepted', await smtp.send(mail, 'pipelining'), accepted)
      if (smtp.client.closed) return
    }
    await t.eventually('the first recipient has both', () => t.inbox(bob).minted(), holds(...mails))
    await t.eventually('the second recipient has both', () => t.inbox(carol).minted(), holds(...mails))
  },
})

const takesSeveralMessages = check({
  id: 'delivery/takes-several-messages',
  requirement: 'delivery.takes-several-messages',
  title: 'takes six messages in one session',
  profile: 'list',
  needs: { accounts: 2, messages: 6 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const mails: Mail[] = []
    for (let n = 1; n <= 6; n++) {
      const mail = await t.mail.encrypted(alice, bob)
      const outcome = await smtp.send(mail)
      if (n === 1) t.control('the first message is accepted', outcome, accepted)
      else t.expect(`message ${n} is accepted`, outcome, accepted)
      if (!outcome.accepted) return
      mails.push(mail)
    }
    await t.eventually('all of them arrive', () => t.inbox(bob).minted(), holds(...mails))
  },
})

const staysUsableAfterRefusal = check({
  id: 'delivery/stays-usable-after-refusal',
  requirement: 'delivery.stays-usable-after-refusal',
  title: 'goes on with the next message in the same session after it has refused one',
  profile: 'list',
  needs: { accounts: 3, messages: 2 },
  async run(t) {
    const [alice, bob, carol] = await t.accounts(3)
    const smtp = await t.submission(alice)
    const refused = await smtp.send(t.mail.cleartext(alice, carol))
    t.control('a message in clear text is refused', refused, refusedOrClosed, {
      coveredBy: 'encryption/refuses-cleartext',
    })
    if (refused.error) t.unsupported('refuses messages by closing the connection')
    const next = await t.mail.encrypted(alice, bob)
    t.expect('the next message in the same session is accepted', await smtp.send(next), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(next))
    t.expect('the recipient of the refused one has neither', await t.inbox(carol).minted(), holdsExactly())
  },
})

function withEnvelope(mail: Mail, parameters: { mailParameters?: string[]; rcptParameters?: string[] }) {
  return { ...mail, envelope: { ...mail.envelope, ...parameters } }
}

export const sessionChecks = [
  acceptsClientParameters,
  acceptsOfferedParameters,
  deliversOverStarttls,
  takesPipelinedCommands,
  takesSeveralMessages,
  staysUsableAfterRefusal,
]
