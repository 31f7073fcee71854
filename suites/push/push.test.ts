import { describe } from 'vitest'
import { pushDefects } from '../../reference-server/defects/push.ts'
import { provesArea } from '../test-area.ts'
import { pushSuite } from './index.ts'

describe('push', () => {
  provesArea(pushSuite, pushDefects, {})
})
