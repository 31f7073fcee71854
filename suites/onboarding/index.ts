// The suite of the area onboarding: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'

export const onboardingSuite = suite('onboarding', { checks: [] })
