// The suite of the area onboarding: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { actingForOthersBatch } from './acting-for-others.ts'
import { autoconfigChecks } from './autoconfig.ts'
import { firstLoginChecks } from './first-login.ts'
import { newChecks } from './new.ts'
import { pageChecks } from './pages.ts'
import { passwordChecks } from './passwords.ts'
import { isReadyInSeconds } from './ready.ts'
import { wrongPasswordBatch, wrongPasswordChecks } from './wrong-password.ts'

export const onboardingSuite = suite('onboarding', {
  checks: [
    isReadyInSeconds,
    ...newChecks,
    ...firstLoginChecks,
    ...passwordChecks,
    ...wrongPasswordChecks,
    ...pageChecks,
    ...autoconfigChecks,
  ],
  batches: [wrongPasswordBatch, actingForOthersBatch],
})
