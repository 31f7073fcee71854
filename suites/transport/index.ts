// The suite of the area transport: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { certificates } from './certificates.ts'
import { publishesSoundKey } from './dkim-record.ts'
import { handshakeChecks } from './handshakes.ts'
import { mtaStsChecks } from './mta-sts.ts'
import { reachChecks } from './reach.ts'
import { recordChecks } from './records.ts'
import { sharedPortChecks } from './shared-port.ts'
import { webChecks } from './web.ts'

export const transportSuite = suite('transport', {
  batches: [certificates],
  checks: [
    ...handshakeChecks,
    ...sharedPortChecks,
    ...reachChecks,
    ...recordChecks,
    ...mtaStsChecks,
    publishesSoundKey,
    ...webChecks,
  ],
})
