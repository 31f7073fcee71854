// The catalogue in Albanian, joined from its areas.
import type { CatalogueWords } from '../catalogue.ts'
import { delivery } from './delivery.ts'
import { deltachat } from './deltachat.ts'
import { encryption } from './encryption.ts'
import { federation } from './federation.ts'
import { imap } from './imap.ts'
import { inbound } from './inbound.ts'
import { onboarding } from './onboarding.ts'
import { privacy } from './privacy.ts'
import { retention } from './retention.ts'
import { sender } from './sender.ts'
import { transport } from './transport.ts'

export const catalogue: CatalogueWords = {
  ...onboarding,
  ...encryption,
  ...sender,
  ...delivery,
  ...imap,
  ...privacy,
  ...deltachat,
  ...inbound,
  ...federation,
  ...retention,
  ...transport,
}
