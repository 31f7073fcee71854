import { describe } from 'vitest'
import { inboundDefects } from '../../reference-server/defects/inbound.ts'
import { provesArea } from '../test-area.ts'
import { inboundSuite } from './index.ts'

describe('inbound', () => {
  provesArea(inboundSuite, inboundDefects, {})
})
