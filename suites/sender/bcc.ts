// What becomes of a Bcc header that a client should not have sent.
import { observation } from '../../harness/check/define.ts'
import { holds } from '../../harness/check/matchers.ts'
import type { Delivered } from '../../harness/check/types.ts'
import { headerValues } from '../../harness/mail/parse.ts'

export const bccHeader = observation({
  id: 'sender/keeps-bcc-header',
  requirement: 'sender.bcc-header',
  title: 'keeps or removes a Bcc header',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const mail = await t.mail.encrypted(alice, bob, { headers: { Bcc: '<hidden@nowhere.invalid>' } })
    const outcome = await smtp.send(mail)
    if (!outcome.accepted) return t.observe('refused')
    const inbox = t.inbox(bob)
    const there = await t.eventually<readonly Delivered[]>('it arrives', () => inbox.minted(), holds(mail), {
      control: true,
    })
    const kept = there.some(({ bytes }) => headerValues(bytes, 'Bcc').length > 0)
    t.observe(kept ? 'kept' : 'removed')
  },
})
