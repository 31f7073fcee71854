// A message that is not encrypted must not get in: refused, and not delivered all the same.
import { check } from '../../harness/check/define.ts'
import { accepted, code, holdsExactly, refusedOrClosed } from '../../harness/check/matchers.ts'

export const refusesCleartext = check({
  id: 'encryption/refuses-cleartext',
  requirement: 'encryption.refuses-cleartext',
  title: 'refuses a message whose body is not encrypted',
  needs: { accounts: 2, messages: 2 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const cleartext = t.mail.cleartext(alice, bob)
    const sentinel = await t.mail.encrypted(alice, bob)

    const refusal = await smtp.send(cleartext)
    t.control('an encrypted message is accepted', await smtp.send(sentinel), accepted)
    t.expect('the cleartext one is refused', refusal, code(523), { tolerate: refusedOrClosed })
    await t.eventually('only the encrypted one arrives', () => t.inbox(bob).minted(), holdsExactly(sentinel))
  },
})
