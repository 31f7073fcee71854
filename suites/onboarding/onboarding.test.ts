import { describe } from 'vitest'
import { onboardingDefects } from '../../reference-server/defects/onboarding.ts'
import { onboardingVariations } from '../../reference-server/variations/onboarding.ts'
import { provesArea } from '../test-area.ts'
import { onboardingSuite } from './index.ts'

describe('onboarding', () => {
  provesArea(onboardingSuite, onboardingDefects, onboardingVariations)
})
