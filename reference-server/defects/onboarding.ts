// Defects about making accounts and letting owners in.
import { onboardingAccountDefects } from './onboarding/accounts.ts'
import { onboardingNewDefects } from './onboarding/new.ts'
import { onboardingPageDefects } from './onboarding/pages.ts'
import { onboardingPasswordDefects } from './onboarding/passwords.ts'
import type { Defect } from './types.ts'

export const onboardingDefects = {
  ...onboardingNewDefects,
  ...onboardingAccountDefects,
  ...onboardingPasswordDefects,
  ...onboardingPageDefects,
} as const satisfies Record<string, Defect>
