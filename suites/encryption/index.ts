// The suite of the area encryption: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { acceptsSamples } from './accepts.ts'
import { acceptsCore } from './accepts-core.ts'
import { acceptsNearSizeLimit } from './accepts-near-size-limit.ts'
import { refusesSamples } from './refuses.ts'
import { deliversNothingRefused, refusesCleartext, refusesForGood } from './refuses-cleartext.ts'
import { refusesCleartextBy } from './refuses-cleartext-by.ts'
import { refusesCleartextTo } from './refuses-cleartext-to.ts'
import { takesSamples } from './takes.ts'

export const encryptionSuite = suite('encryption', {
  checks: [
    acceptsCore,
    acceptsNearSizeLimit,
    refusesCleartext,
    refusesCleartextBy,
    refusesForGood,
    deliversNothingRefused,
  ],
  batches: [refusesCleartextTo, acceptsSamples, refusesSamples, takesSamples],
})
