import { describe } from 'vitest'
import { retentionDefects } from '../../reference-server/defects/retention.ts'
import { provesArea } from '../test-area.ts'
import { retentionSuite } from './index.ts'

describe('retention', () => {
  provesArea(retentionSuite, retentionDefects, {})
})
