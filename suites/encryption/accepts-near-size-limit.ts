// A message just below the size the server names must get through. Megabytes: only in a full run.
import { check } from '../../harness/check/define.ts'
import { accepted, holds } from '../../harness/check/matchers.ts'
import { corpus } from './corpus/index.ts'

const sample = corpus['near-size-limit']

export const acceptsNearSizeLimit = check({
  id: 'encryption/accepts-near-size-limit',
  requirement: 'encryption.accepts-up-to-the-limit',
  title: `accepts near-size-limit: ${sample.why}`,
  profile: 'full',
  needs: { accounts: 2, messages: 2, cost: 'bulk', deadline: 300_000 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    t.control('a small one is accepted', await smtp.send(await t.mail.encrypted(alice, bob)), accepted, {
      coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
    })
    const mail = await t.mail.sample(sample, alice, bob, { messageBytes: t.host.policy.messageBytes.value })
    t.note(`${mail.bytes.length} octets`)

    const outcome = await smtp.send(mail)
    t.expect('the large one is accepted', outcome, accepted)
    if (!outcome.accepted) return
    await t.eventually('the large one arrives', () => t.inbox(bob).minted(), holds(mail), { within: 120_000 })
  },
})
