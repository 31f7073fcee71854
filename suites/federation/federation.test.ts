import { describe } from 'vitest'
import { federationDefects } from '../../reference-server/defects/federation.ts'
import { provesArea } from '../test-area.ts'
import { federationSuite } from './index.ts'

describe('federation', () => {
  provesArea(federationSuite, federationDefects, {})
})
