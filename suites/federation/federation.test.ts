import { describe } from 'vitest'
import { hastyTiming } from '../../proof/reference-run.ts'
import { encryptionDefects } from '../../reference-server/defects/encryption.ts'
import { federationDefects } from '../../reference-server/defects/federation.ts'
import { privacyDefects } from '../../reference-server/defects/privacy.ts'
import { provesArea } from '../test-area.ts'
import { federationSuite } from './index.ts'

describe('federation', () => {
  const defects = {
    ...federationDefects,
    // Rules of other areas, seen from the other server.
    'keeps-subject': privacyDefects['keeps-subject'],
    'shows-client-address-in-header': privacyDefects['shows-client-address-in-header'],
    'exempts-other-domains': encryptionDefects['exempts-other-domains'],
  }
  provesArea(federationSuite, defects, {}, { ...hastyTiming, arrival: 400 })
})
