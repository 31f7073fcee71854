// The suite of the area privacy: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'

export const privacySuite = suite('privacy', { checks: [] })
