// Port 587 after STARTTLS, for checks that a rule holds there, too. Servers that set up each port by itself forget one.
import { attempt, equals } from '../harness/check/matchers.ts'
import type { Submission } from '../harness/check/submission.ts'
import type { CheckContext } from '../harness/check/types.ts'
import type { Account } from '../harness/host/account.ts'
import { WireError } from '../harness/host/wire-error.ts'

/** A session of this account; undefined where the port is closed, so that nothing can go wrong there. */
export async function openAfterStartTls(t: CheckContext, account: Account): Promise<Submission | undefined> {
  if (!t.host.endpoints.submission) return undefined
  const session = await attempt(t.submission(account, { service: 'submission' }))
  t.control('a session on port 587', session instanceof WireError ? session.message : 'begins', equals('begins'), {
    coveredBy: 'sender/logs-in-after-starttls',
  })
  return session instanceof WireError ? undefined : session
}
