// Messages a chatmail server refuses.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourHeaderComment } from './armour-header-comment.ts'
import { armourHeaderVersion } from './armour-header-version.ts'
import { armourInTextPlain } from './armour-in-text-plain.ts'
import { bounceByUser } from './bounce-by-user.ts'
import { cleartextInArmour } from './cleartext-in-armour.ts'
import { cleartextOctetStream } from './cleartext-octet-stream.ts'
import { compressedInArmour } from './compressed-in-armour.ts'
import { emptyPayload } from './empty-payload.ts'
import { garbageBase64 } from './garbage-base64.ts'
import { garbageOctets } from './garbage-octets.ts'
import { gnupgClearSigned } from './gnupg-clear-signed.ts'
import { gnupgCommentLine } from './gnupg-comment-line.ts'
import { gnupgDetachedSignature } from './gnupg-detached-signature.ts'
import { gnupgPublicKey } from './gnupg-public-key.ts'
import { gnupgSigned } from './gnupg-signed.ts'
import { gnupgSignedUncompressed } from './gnupg-signed-uncompressed.ts'
import { gnupgStored } from './gnupg-stored.ts'
import { gnupgVersionLine } from './gnupg-version-line.ts'
import { html } from './html.ts'
import { htmlWithEncryptedAttachment } from './html-with-encrypted-attachment.ts'
import { largeText } from './large-text.ts'
import { leadingLiteral } from './leading-literal.ts'
import { literalInArmour } from './literal-in-armour.ts'
import { multipartMixed } from './multipart-mixed.ts'
import { multipartSigned } from './multipart-signed.ts'
import { nestedMultipart } from './nested-multipart.ts'
import { onlyInName } from './only-in-name.ts'
import { pkeskOnly } from './pkesk-only.ts'
import { publicKeyBlock } from './public-key-block.ts'
import { readReceipt } from './read-receipt.ts'
import { secondPartText } from './second-part-text.ts'
import { securejoinExtraAttachment } from './securejoin-extra-attachment.ts'
import { securejoinHeaderOnly } from './securejoin-header-only.ts'
import { securejoinLaterStep } from './securejoin-later-step.ts'
import { securejoinMoreBody } from './securejoin-more-body.ts'
import { securejoinOtherBody } from './securejoin-other-body.ts'
import { sedWithPkesk } from './sed-with-pkesk.ts'
import { sedWithSkesk } from './sed-with-skesk.ts'
import { setupMessageToOthers } from './setup-message-to-others.ts'
import { signedOnly } from './signed-only.ts'
import { swappedParts } from './swapped-parts.ts'
import { textAfterEndLine } from './text-after-end-line.ts'
import { textBeforeBeginLine } from './text-before-begin-line.ts'
import { textPlain } from './text-plain.ts'
import { thirdPart } from './third-part.ts'
import { trailingPacket } from './trailing-packet.ts'
import { truncatedPacket } from './truncated-packet.ts'
import { version2 } from './version-2.ts'
import { versionWithText } from './version-with-text.ts'

export const refused = {
  'armour-header-comment': armourHeaderComment,
  'armour-header-version': armourHeaderVersion,
  'armour-in-text-plain': armourInTextPlain,
  'bounce-by-user': bounceByUser,
  'cleartext-in-armour': cleartextInArmour,
  'cleartext-octet-stream': cleartextOctetStream,
  'compressed-in-armour': compressedInArmour,
  'empty-payload': emptyPayload,
  'garbage-base64': garbageBase64,
  'garbage-octets': garbageOctets,
  'gnupg-clear-signed': gnupgClearSigned,
  'gnupg-comment-line': gnupgCommentLine,
  'gnupg-detached-signature': gnupgDetachedSignature,
  'gnupg-public-key': gnupgPublicKey,
  'gnupg-signed': gnupgSigned,
  'gnupg-signed-uncompressed': gnupgSignedUncompressed,
  'gnupg-stored': gnupgStored,
  'gnupg-version-line': gnupgVersionLine,
  'html-with-encrypted-attachment': htmlWithEncryptedAttachment,
  html: html,
  'large-text': largeText,
  'leading-literal': leadingLiteral,
  'literal-in-armour': literalInArmour,
  'multipart-mixed': multipartMixed,
  'multipart-signed': multipartSigned,
  'nested-multipart': nestedMultipart,
  'only-in-name': onlyInName,
  'pkesk-only': pkeskOnly,
  'public-key-block': publicKeyBlock,
  'read-receipt': readReceipt,
  'second-part-text': secondPartText,
  'securejoin-extra-attachment': securejoinExtraAttachment,
  'securejoin-header-only': securejoinHeaderOnly,
  'securejoin-later-step': securejoinLaterStep,
  'securejoin-more-body': securejoinMoreBody,
  'securejoin-other-body': securejoinOtherBody,
  'sed-with-pkesk': sedWithPkesk,
  'sed-with-skesk': sedWithSkesk,
  'setup-message-to-others': setupMessageToOthers,
  'signed-only': signedOnly,
  'swapped-parts': swappedParts,
  'text-after-end-line': textAfterEndLine,
  'text-before-begin-line': textBeforeBeginLine,
  'text-plain': textPlain,
  'third-part': thirdPart,
  'trailing-packet': trailingPacket,
  'truncated-packet': truncatedPacket,
  'version-2': version2,
  'version-with-text': versionWithText,
} as const satisfies Record<string, Sample>
