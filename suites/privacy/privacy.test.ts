import { describe } from 'vitest'
import { privacyDefects } from '../../reference-server/defects/privacy.ts'
import { privacyVariations } from '../../reference-server/variations/privacy.ts'
import { provesArea } from '../test-area.ts'
import { privacySuite } from './index.ts'

describe('privacy', () => {
  provesArea(privacySuite, privacyDefects, privacyVariations)
})
