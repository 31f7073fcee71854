// The suite of the area imap: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { commandChecks } from './commands.ts'
import { deviceTokenChecks } from './device-tokens.ts'
import { extensionChecks } from './extensions.ts'
import { fetchChecks } from './fetch.ts'
import { flagChecks } from './flags.ts'
import { loginChecks } from './login.ts'
import { mailboxChecks } from './mailboxes.ts'
import { metadataChecks } from './metadata.ts'
import { selectionChecks } from './selection.ts'
import { sessionChecks } from './session.ts'
import { updateChecks } from './updates.ts'

export const imapSuite = suite('imap', {
  checks: [
    ...sessionChecks,
    ...loginChecks,
    ...selectionChecks,
    ...fetchChecks,
    ...flagChecks,
    ...mailboxChecks,
    ...updateChecks,
    ...commandChecks,
    ...extensionChecks,
    ...metadataChecks,
    ...deviceTokenChecks,
  ],
})
