// What a submission server allows at least: size and a burst. The limits themselves are another area.
import { check } from '../../harness/check/define.ts'
import { atLeast, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpOutcome } from '../../harness/clients/smtp.ts'
import { isThrottling } from '../../harness/clients/throttling.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { letPass } from './scene.ts'

const wantedBytes = 30 * 1024 * 1024
const burst = 10

const advertisesSize = check({
  id: 'delivery/advertises-size',
  requirement: 'delivery.advertises-size',
  title: 'advertises that it takes messages of 30 MiB',
  needs: { accounts: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const { client } = await t.submission(alice)
    const value = client.extensions.get('SIZE')
    // RFC 1870, 3: without a number, or with 0, there is no fixed limit.
    if (value !== undefined && Number(value || 0) === 0)
      t.expect('SIZE', Number.POSITIVE_INFINITY, atLeast(wantedBytes))
    else t.expect('SIZE', Number(value ?? Number.NaN), advertised)
  },
})

const advertised: Matcher<number> = satisfies(
  `at least ${wantedBytes}`,
  (value) => value >= wantedBytes,
  (value) => (Number.isNaN(value) ? 'no SIZE' : String(value)),
)

const acceptsBurst = check({
  id: 'delivery/accepts-burst-of-ten',
  requirement: 'delivery.accepts-burst-of-ten',
  title: 'takes ten messages at once from a rested account',
  profile: 'list',
  needs: { accounts: 2, messages: 2 * burst },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const taken: Mail[] = []
    let refusal = await sendBurst(t, alice, bob, taken)
    if (refusal && isThrottling(refusal)) {
      // The account may have been busy before; a limit of one a second is refilled after ten.
      t.note(`refused after ${taken.length} messages; tried again after a rest`)
      await letPass(t, (burst + 1) * 1_000)
      taken.length = 0
      refusal = await sendBurst(t, alice, bob, taken)
    }
    t.expect('messages accepted in a row', taken.length, atLeast(burst))
    const there = async () => {
      const got = new Set((await t.inbox(bob).minted()).map(({ messageId }) => messageId))
      return taken.filter(({ messageId }) => got.has(messageId)).length
    }
    await t.eventually('those accepted arrive', there, atLeast(taken.length))
  },
})

/** By the bare client: `send` of the session would wait out what is looked for here. The first refusal, if any. */
async function sendBurst(t: CheckContext, from: Account, to: Account, taken: Mail[]): Promise<SmtpOutcome | undefined> {
  const mails: Mail[] = []
  for (let n = 0; n < burst; n++) mails.push(await t.mail.encrypted(from, to))
  const { client } = await t.submission(from)
  for (const mail of mails) {
    const outcome = await client.send(mail)
    if (!outcome.accepted) return outcome
    taken.push(mail)
  }
  return undefined
}

export const allowanceChecks = [advertisesSize, acceptsBurst]
