// The suite of the area encryption: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { refusesCleartext } from './refuses-cleartext.ts'

export const encryptionSuite = suite('encryption', { checks: [refusesCleartext] })
