// The suite of the area delivery: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'

export const deliverySuite = suite('delivery', { checks: [] })
