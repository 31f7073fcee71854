// The suite of the area sender: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'

export const senderSuite = suite('sender', { checks: [] })
