// The suite of the area privacy: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { internalPortsClosed } from './internal-ports.ts'
import { hidesAddressOverStartTls, messageHeaders } from './message-headers.ts'
import { otherUserChecks } from './others.ts'
import { privacyPageChecks } from './pages.ts'

export const privacySuite = suite('privacy', {
  batches: [messageHeaders],
  checks: [hidesAddressOverStartTls, ...otherUserChecks, ...privacyPageChecks, internalPortsClosed],
})
