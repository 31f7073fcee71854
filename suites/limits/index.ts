// The suite of the area limits: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { idleSessions } from './idle.ts'
import { mailboxChecks } from './mailbox.ts'
import { rateLimit, takesDeclaredRate } from './rate.ts'
import { submissionChecks } from './submission.ts'

export const limitsSuite = suite('limits', {
  checks: [...submissionChecks, ...mailboxChecks, takesDeclaredRate],
  batches: [idleSessions, rateLimit],
})
