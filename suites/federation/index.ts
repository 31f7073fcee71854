// The suite of the area federation: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { deliveryChecks } from './delivery.ts'
import { leavingHeaders, sendsNoCleartext } from './privacy.ts'
import { queueChecks } from './queue.ts'
import { reportChecks } from './reports.ts'
import { securityChecks } from './security.ts'
import { signing } from './signing.ts'
import { deliversInASecond } from './speed.ts'
import { volumeChecks } from './volume.ts'

export const federationSuite = suite('federation', {
  batches: [signing, leavingHeaders],
  checks: [
    ...deliveryChecks,
    ...volumeChecks,
    deliversInASecond,
    sendsNoCleartext,
    ...securityChecks,
    ...queueChecks,
    ...reportChecks,
  ],
})
