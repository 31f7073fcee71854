import { describe } from 'vitest'
import { senderDefects } from '../../reference-server/defects/sender.ts'
import { senderVariations } from '../../reference-server/variations/sender.ts'
import { provesArea } from '../test-area.ts'
import { senderSuite } from './index.ts'

describe('sender', () => {
  provesArea(senderSuite, senderDefects, senderVariations)
})
