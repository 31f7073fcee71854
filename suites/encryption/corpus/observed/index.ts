// Messages that real servers treat differently, or that pass through holes of the deployed ones: reported, never judged.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { base64Part } from './base64-part.ts'
import { gnupgAead } from './gnupg-aead.ts'
import { indeterminateLength } from './indeterminate-length.ts'
import { markerFirst } from './marker-first.ts'
import { noChecksum } from './no-checksum.ts'
import { onePart } from './one-part.ts'
import { openpgpArmour } from './openpgp-armour.ts'
import { paddingLast } from './padding-last.ts'
import { seipdAlone } from './seipd-alone.ts'
import { setupMessageToSelf } from './setup-message-to-self.ts'
import { smime } from './smime.ts'
import { textInEpilogue } from './text-in-epilogue.ts'
import { textInPreamble } from './text-in-preamble.ts'
import { wrongChecksum } from './wrong-checksum.ts'

export const observed = {
  'base64-part': base64Part,
  'gnupg-aead': gnupgAead,
  'indeterminate-length': indeterminateLength,
  'marker-first': markerFirst,
  'no-checksum': noChecksum,
  'one-part': onePart,
  'openpgp-armour': openpgpArmour,
  'padding-last': paddingLast,
  'seipd-alone': seipdAlone,
  'setup-message-to-self': setupMessageToSelf,
  smime: smime,
  'text-in-epilogue': textInEpilogue,
  'text-in-preamble': textInPreamble,
  'wrong-checksum': wrongChecksum,
} as const satisfies Record<string, Sample>
