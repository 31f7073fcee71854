// The suite of the area deltachat: the real client as the judge, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { acrossChecks } from './across.ts'
import { chattingChecks } from './chatting.ts'
import { connectionChecks } from './connection.ts'
import { contentChecks } from './content.ts'
import { deviceChecks } from './devices.ts'
import { joiningChecks } from './joining.ts'

export const deltachatSuite = suite('deltachat', {
  checks: [
    ...joiningChecks,
    ...chattingChecks,
    ...contentChecks,
    ...deviceChecks,
    ...connectionChecks,
    ...acrossChecks,
  ],
})
