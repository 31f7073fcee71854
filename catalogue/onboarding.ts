// What a chatmail server owes its users: onboarding. In a few seconds, no questions asked.
import { onboardingAccounts } from './onboarding/accounts.ts'
import { onboardingNew } from './onboarding/new.ts'
import { onboardingPages } from './onboarding/pages.ts'
import { onboardingPasswords } from './onboarding/passwords.ts'
import type { Requirement } from './types.ts'

export const onboarding = {
  ...onboardingNew,
  ...onboardingAccounts,
  ...onboardingPasswords,
  ...onboardingPages,
} as const satisfies Record<string, Requirement>
