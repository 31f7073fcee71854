// Checks of the rate at which an account may send, by transactions that are given up before a message is sent.
import { batch, check } from '../../harness/check/define.ts'
import { codeClass, equals, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpReply } from '../../harness/clients/smtp.ts'
import { letPass } from '../delivery/scene.ts'

/** Postfix takes more RSETs in a session for a nuisance. */
const perSession = 40
/** A refused one makes two errors where MAIL is refused; Postfix slows a session down at ten and ends it at twenty. */
const perRoundTrip = 5
const mostTransactions = 1_000
/** Milliseconds: older relays count the messages of the last minute. */
const patience = 65_000
const step = 5_000

export const rateLimit = batch({
  id: 'limits/rate',
  needs: { creates: 1, cost: 'intrusive', alone: true, deadline: 120_000 },
  members: [
    {
      id: 'limits/defers-over-rate',
      requirement: 'limits.defers-over-rate',
      title: 'puts off who sends too fast',
      profile: 'full',
    },
    {
      id: 'limits/recovers-after-rate',
      requirement: 'limits.recovers-after-rate',
      title: 'takes mail again soon after',
      profile: 'full',
    },
  ],
  async run(t) {
    const { sendPerMinute, sendBurst } = t.host.policy
    if (sendPerMinute.value === 0) t.unsupported('the policy knows no limit')
    // One that nobody else needs: it is out of breath afterwards.
    const account = t.unusedCredentials({ ordinary: false })
    const wanted = Math.min(mostTransactions, sendBurst.value + 3 * sendPerMinute.value)
    const alone = await firstRefusal(t, account, 1)
    t.control('a transaction of a rested account', alone?.code ?? 250, equals(250), {
      coveredBy: 'delivery/arrives-under-a-second',
    })
    const refusal = await firstRefusal(t, account, wanted)
    await t.made(account)
    if (refusal === undefined) return t.unsupported(`no limit was met in ${wanted} transactions`)
    t.member('limits/defers-over-rate').expect('the refusal', refusal, codeClass(4))
    let code = refusal.code
    let waited = 0
    for (; code >= 400 && waited < patience; waited += step) {
      await pass(t, step)
      code = (await firstRefusal(t, account, 1))?.code ?? 250
    }
    t.member('limits/recovers-after-rate').expect(
      `MAIL and RCPT after ${waited / 1000} s`,
      code,
      satisfies('accepted', (got) => got < 300, String),
    )
  },
})

/** More is asked of nobody, whatever the policy allows. */
const mostPerMinute = 60
/** A little slower than the policy allows: clocks and networks are not even. */
const slack = 1.1

export const takesDeclaredRate = check({
  id: 'limits/takes-declared-rate',
  requirement: 'limits.takes-declared-rate',
  title: 'takes as many messages a minute as its policy allows, at a steady pace',
  profile: 'full',
  needs: { creates: 1, cost: 'slow', letsMinutesPass: true, deadline: 120_000 },
  async run(t) {
    const { sendPerMinute } = t.host.policy
    const count = Math.min(mostPerMinute, sendPerMinute.value || mostPerMinute)
    const interval = (60_000 / count) * slack
    // One that has sent nothing. The other checks get it in the end, and not before: what they send would be counted, too.
    const account = t.unusedCredentials({ ordinary: false })
    let begun = 0
    let refusal: SmtpReply | undefined
    try {
      while (begun < count && refusal === undefined) {
        await using session = await t.submission(account)
        for (let here = 0; here < perSession && begun < count && refusal === undefined; here++) {
          if (begun > 0) await letPass(t, interval)
          const replies = await session.client.pipeline(transaction(account))
          refusal = replies.find(({ code }) => code >= 400)
          begun += 1
        }
      }
    } finally {
      if (begun > 0) await t.made(account)
    }
    if (refusal?.code === 421) t.inconclusive(`the server is busy: ${refusal.text}`)
    t.control(
      'the first transaction',
      begun === 1 ? refusal?.code : undefined,
      satisfies('accepted', (code) => !code),
      {
        coveredBy: 'delivery/arrives-under-a-second',
      },
    )
    const pace = `transaction ${begun} of ${count}, one each ${(interval / 1_000).toFixed(1)} s`
    t.expect(pace, refusal?.code ?? 250, equals(250))
  },
})

/** On the host's clock where it can be moved, or by waiting. */
async function pass(t: CheckContext, ms: number): Promise<void> {
  const { clock } = t.host.powers
  if (clock === undefined) return await t.pause(ms)
  t.note(`${ms / 1000} s pass on the host's clock`)
  await clock.advance(ms)
}

/** Begins transactions until one is refused; undefined when none was. */
async function firstRefusal(
  t: CheckContext,
  account: { address: string; password: string },
  count: number,
): Promise<SmtpReply | undefined> {
  const lines = transaction(account)
  for (let done = 0; done < count; done += perSession) {
    const { client } = await t.submission(account)
    const inSession = Math.min(perSession, count - done)
    for (let begun = 0; begun < inSession; begun += perRoundTrip) {
      const some = Math.min(perRoundTrip, inSession - begun)
      const replies = await client.pipeline(Array.from({ length: some }, () => lines).flat())
      const refusal = replies.find(({ code }) => code >= 400)
      if (!refusal) continue
      await client[Symbol.asyncDispose]()
      return refusal
    }
    await client[Symbol.asyncDispose]()
  }
  return undefined
}

/** One that is given up before a message is sent. */
function transaction({ address }: { address: string }): readonly string[] {
  return [`MAIL FROM:<${address}>`, `RCPT TO:<${address}>`, 'RSET']
}
