// The suite of the area inbound: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { bdatChecks } from './bdat.ts'
import { corpusOfOthers } from './encryption.ts'
import { mxdelivChecks } from './mxdeliv.ts'
import { port25Checks } from './port-25.ts'
import { signatures } from './signatures.ts'

export const inboundSuite = suite('inbound', {
  batches: [signatures, corpusOfOthers],
  checks: [...port25Checks, ...bdatChecks, ...mxdelivChecks],
})
