// Messages a chatmail server takes.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armour76Columns } from './armour-76-columns.ts'
import { armourBlankLinesAfter } from './armour-blank-lines-after.ts'
import { contentTypeFirst } from './content-type-first.ts'
import { contentTypeUnfolded } from './content-type-unfolded.ts'
import { fiveOctetLengths } from './five-octet-lengths.ts'
import { gnupgCurve25519 } from './gnupg-curve-25519.ts'
import { gnupgHiddenRecipient } from './gnupg-hidden-recipient.ts'
import { gnupgPassword } from './gnupg-password.ts'
import { gnupgPiped } from './gnupg-piped.ts'
import { gnupgSignedInside } from './gnupg-signed-inside.ts'
import { gnupgTwoRecipients } from './gnupg-two-recipients.ts'
import { headerNameCase } from './header-name-case.ts'
import { headerOrderReversed } from './header-order-reversed.ts'
import { legacyPacketFormat } from './legacy-packet-format.ts'
import { manyPkeskV3 } from './many-pkesk-v3.ts'
import { manyPkeskV6 } from './many-pkesk-v6.ts'
import { mediumSize } from './medium-size.ts'
import { mixedPkeskVersions } from './mixed-pkesk-versions.ts'
import { nearSizeLimit } from './near-size-limit.ts'
import { noChatVersion } from './no-chat-version.ts'
import { oddBoundary } from './odd-boundary.ts'
import { outerAutocrypt } from './outer-autocrypt.ts'
import { partialLengths } from './partial-lengths.ts'
import { pkeskV3SeipdV1 } from './pkesk-v3-seipd-v1.ts'
import { pkeskV6SeipdV2 } from './pkesk-v6-seipd-v2.ts'
import { postMessage } from './post-message.ts'
import { securejoinVcRequest } from './securejoin-vc-request.ts'
import { securejoinVgRequest } from './securejoin-vg-request.ts'
import { skeskAndPkesk } from './skesk-and-pkesk.ts'
import { skeskV6SeipdV2 } from './skesk-v6-seipd-v2.ts'
import { thunderbirdLike } from './thunderbird-like.ts'
import { upperCaseTypes } from './upper-case-types.ts'

export const accepted = {
  'armour-76-columns': armour76Columns,
  'armour-blank-lines-after': armourBlankLinesAfter,
  'content-type-first': contentTypeFirst,
  'content-type-unfolded': contentTypeUnfolded,
  'five-octet-lengths': fiveOctetLengths,
  'gnupg-curve-25519': gnupgCurve25519,
  'gnupg-hidden-recipient': gnupgHiddenRecipient,
  'gnupg-password': gnupgPassword,
  'gnupg-piped': gnupgPiped,
  'gnupg-signed-inside': gnupgSignedInside,
  'gnupg-two-recipients': gnupgTwoRecipients,
  'header-name-case': headerNameCase,
  'header-order-reversed': headerOrderReversed,
  'legacy-packet-format': legacyPacketFormat,
  'many-pkesk-v3': manyPkeskV3,
  'many-pkesk-v6': manyPkeskV6,
  'medium-size': mediumSize,
  'mixed-pkesk-versions': mixedPkeskVersions,
  'near-size-limit': nearSizeLimit,
  'no-chat-version': noChatVersion,
  'odd-boundary': oddBoundary,
  'outer-autocrypt': outerAutocrypt,
  'partial-lengths': partialLengths,
  'pkesk-v3-seipd-v1': pkeskV3SeipdV1,
  'pkesk-v6-seipd-v2': pkeskV6SeipdV2,
  'post-message': postMessage,
  'securejoin-vc-request': securejoinVcRequest,
  'securejoin-vg-request': securejoinVgRequest,
  'skesk-and-pkesk': skeskAndPkesk,
  'skesk-v6-seipd-v2': skeskV6SeipdV2,
  'thunderbird-like': thunderbirdLike,
  'upper-case-types': upperCaseTypes,
} as const satisfies Record<string, Sample>
