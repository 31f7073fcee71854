// Checks of what one user can learn about another: the other recipients, push tokens, who has an account.
import { check } from '../../harness/check/define.ts'
import { accepted, attempt, equals, holds, imapOk, isFalse, isTrue } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { addedTo } from './message-headers.ts'

const hidesRecipients = check({
  id: 'privacy/hides-other-recipients',
  requirement: 'privacy.hides-other-recipients',
  title: 'shows a recipient nothing of the other recipients',
  needs: { accounts: 3, messages: 1 },
  async run(t) {
    const [alice, bob, carol] = await t.accounts(3)
    const smtp = await t.submission(alice)
    const mail = await t.mail.encrypted(alice, [bob, carol])
    t.control('a message to two is accepted', await smtp.send(mail), accepted)
    for (const [reader, other] of [
      [bob, carol],
      [carol, bob],
    ] as const) {
      await t.eventually('each gets a copy', () => t.inbox(reader).minted(), holds(mail), { control: true })
      const copy = (await t.inbox(reader).minted()).find(({ messageId }) => messageId === mail.messageId)
      const added = addedTo(mail.bytes, copy?.bytes ?? new Uint8Array()).toLowerCase()
      t.expect('the copy of one names the other', added.includes(other.address.toLowerCase()), isFalse)
    }
  },
})

const tokenKey = '/private/devicetoken'

const keepsTokens = check({
  id: 'privacy/keeps-tokens-private',
  requirement: 'privacy.keeps-tokens-private',
  title: 'shows the push tokens of an account to nobody else',
  profile: 'list',
  needs: { accounts: 2 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const hers = await t.imap(alice)
    if (!hers.capabilities.has('METADATA')) {
      t.note('no METADATA is offered: there are no tokens to be seen')
      t.expect('there are no tokens to be seen', true, isTrue)
      return
    }
    const token = `chatmail-check-${t.mail.random.hex(16)}`
    const set = await hers.setMetadata('INBOX', tokenKey, token)
    if (set.status === 'NO' && !hers.capabilities.has('XDELTAPUSH')) {
      t.note('it keeps metadata, but no tokens')
      t.expect('there are no tokens to be seen', true, isTrue)
      return
    }
    t.control('a token is set', set, imapOk, { coveredBy: 'imap/keeps-device-token' })
    const read = await attempt((await t.imap(bob)).getMetadata('INBOX', [tokenKey]))
    // Where NIL removes tokens, nothing of ours stays.
    await attempt(hers.setMetadata('INBOX', tokenKey, null))
    const shown = read instanceof WireError ? '' : [...read.values.values()].join(' ')
    t.expect('another user sees the token', shown.includes(token), isFalse)
  },
})

const vrfyTellsNothing = check({
  id: 'privacy/vrfy-tells-nothing',
  requirement: 'privacy.vrfy-tells-nothing',
  title: 'answers VRFY alike, whether the address exists or not',
  needs: { accounts: 2 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const { client } = await t.submission(alice)
    const known = await attempt(client.command(`VRFY ${bob.address}`))
    const unknown = await attempt(client.command(`VRFY ${t.unusedCredentials().address}`))
    if (known instanceof WireError || unknown instanceof WireError) return t.inconclusive('VRFY ends the connection')
    if (known.code === 421 || unknown.code === 421) t.inconclusive('the server asks for patience')
    t.expect('the code for an address that does not exist', unknown.code, equals<number>(known.code))
  },
})

export const otherUserChecks = [hidesRecipients, keepsTokens, vrfyTellsNothing]
