// The suite of the area federation: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { signing } from './signing.ts'

export const federationSuite = suite('federation', { batches: [signing], checks: [] })
