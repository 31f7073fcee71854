// What Delta Chat sends today must get through: the plainest message, which all other checks use as their control.
import { check } from '../../harness/check/define.ts'
import { accepted, holds } from '../../harness/check/matchers.ts'
import { corpus } from './corpus/index.ts'

const sample = corpus['pkesk-v6-seipd-v2']

export const acceptsCore = check({
  id: 'encryption/accepts-pkesk-v6-seipd-v2',
  requirement: 'encryption.accepts-encrypted',
  title: `accepts pkesk-v6-seipd-v2: ${sample.why}`,
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const mail = await t.mail.sample(sample, alice, bob)

    const outcome = await smtp.send(mail)
    t.expect('it is accepted', outcome, accepted)
    if (outcome.accepted) await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(mail))
  },
})
