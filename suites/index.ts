// Every suite, in the order of the report.
import type { Suite } from '../harness/check/types.ts'
import { callsSuite } from './calls/index.ts'
import { deliverySuite } from './delivery/index.ts'
import { deltachatSuite } from './deltachat/index.ts'
import { encryptionSuite } from './encryption/index.ts'
import { federationSuite } from './federation/index.ts'
import { imapSuite } from './imap/index.ts'
import { inboundSuite } from './inbound/index.ts'
import { limitsSuite } from './limits/index.ts'
import { onboardingSuite } from './onboarding/index.ts'
import { privacySuite } from './privacy/index.ts'
import { pushSuite } from './push/index.ts'
import { retentionSuite } from './retention/index.ts'
import { senderSuite } from './sender/index.ts'
import { transportSuite } from './transport/index.ts'

export const suites: readonly Suite[] = [
  onboardingSuite,
  encryptionSuite,
  senderSuite,
  deliverySuite,
  imapSuite,
  privacySuite,
  callsSuite,
  deltachatSuite,
  inboundSuite,
  federationSuite,
  limitsSuite,
  pushSuite,
  retentionSuite,
  transportSuite,
]
