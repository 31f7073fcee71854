import { describe } from 'vitest'
import { limitsDefects } from '../../reference-server/defects/limits.ts'
import { provesArea } from '../test-area.ts'
import { limitsSuite } from './index.ts'

describe('limits', () => {
  provesArea(limitsSuite, limitsDefects, {})
})
