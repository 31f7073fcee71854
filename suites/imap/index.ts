// The suite of the area imap: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'

export const imapSuite = suite('imap', { checks: [] })
