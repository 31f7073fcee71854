// The suite of the area calls: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { accessChecks } from './access.ts'
import { mediaChecks } from './media.ts'
import { realtimeChecks } from './realtime.ts'

export const callsSuite = suite('calls', { checks: [...accessChecks, ...mediaChecks, ...realtimeChecks] })
