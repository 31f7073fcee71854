// The suite of the area retention: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { ageChecks } from './age.ts'
import { idleAccounts } from './idle.ts'
import { plantedMail } from './planted.ts'
import { crowdedMailbox } from './room.ts'

export const retentionSuite = suite('retention', {
  checks: ageChecks,
  batches: [plantedMail, crowdedMailbox, idleAccounts],
})
