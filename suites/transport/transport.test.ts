import { describe } from 'vitest'
import { transportDefects } from '../../reference-server/defects/transport.ts'
import { transportVariations } from '../../reference-server/variations/transport.ts'
import { provesArea } from '../test-area.ts'
import { transportSuite } from './index.ts'

describe('transport', () => {
  provesArea(transportSuite, transportDefects, transportVariations)
})
