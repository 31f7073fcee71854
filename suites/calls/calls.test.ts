import { describe } from 'vitest'
import { callsDefects } from '../../reference-server/defects/calls.ts'
import { callsVariations } from '../../reference-server/variations/calls.ts'
import { provesArea } from '../test-area.ts'
import { callsSuite } from './index.ts'

describe('calls', () => {
  provesArea(callsSuite, callsDefects, callsVariations)
})
