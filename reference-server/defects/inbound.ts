// Defects of port 25 and /mxdeliv: mail of other servers let in too easily, or kept out for no reason.
import { refusedFromOthers } from './encryption/refused-samples.ts'
import { inboundEncryptionDefects } from './inbound/encryption.ts'
import type { Defect } from './types.ts'

/** What fails beside the unsigned message when signatures count for nothing. */
const badlySigned = [
  'inbound/refuses-changed-body',
  'inbound/refuses-changed-author',
  'inbound/refuses-strange-key',
  'inbound/refuses-missing-key',
  'inbound/refuses-revoked-key',
  'inbound/refuses-unsigned-author',
  'inbound/refuses-expired',
  'inbound/refuses-other-domain',
  'inbound/refuses-domain-below',
  'inbound/refuses-domain-above',
] as const

export const inboundDefects = {
  ...inboundEncryptionDefects,
  'accepts-unsigned-mail': {
    violates: 'inbound.requires-signature',
    title: 'takes mail of other domains without a signature',
    alsoFails: ['inbound/refuses-unsigned-by-https', ...badlySigned],
    behaviour: { inbound: { dkim: { required: false } } },
  },
  'trusts-its-own-name': {
    violates: 'inbound.requires-signature',
    title: 'takes unsigned mail from anywhere that claims to be of its own users',
    behaviour: { inbound: { dkim: { ownDomains: 'pass' } } },
  },
  'verifies-no-signatures': {
    violates: 'inbound.verifies-signature',
    title: 'takes any signature for a good one',
    alsoFails: ['inbound/refuses-expired'],
    behaviour: { inbound: { dkim: { verifies: 'presence' } } },
  },
  'overlooks-changed-bodies': {
    violates: 'inbound.verifies-signature',
    title: 'takes signed mail whose body was changed',
    behaviour: { inbound: { dkim: { overlooks: ['body'] } } },
  },
  'overlooks-missing-keys': {
    violates: 'inbound.verifies-signature',
    title: 'takes signatures whose key is missing or revoked',
    behaviour: { inbound: { dkim: { overlooks: ['key'] } } },
  },
  'overlooks-bad-signatures': {
    violates: 'inbound.verifies-signature',
    title: 'takes signatures that do not fit the key',
    behaviour: { inbound: { dkim: { overlooks: ['signature'] } } },
  },
  'overlooks-unsigned-authors': {
    violates: 'inbound.verifies-signature',
    title: 'takes signatures that leave From out',
    behaviour: { inbound: { dkim: { overlooks: ['from-unsigned'] } } },
  },
  'overlooks-expiry': {
    violates: 'inbound.refuses-expired-signatures',
    title: 'takes expired signatures',
    behaviour: { inbound: { dkim: { overlooks: ['expired'] } } },
  },
  'accepts-anybodys-signature': {
    violates: 'inbound.requires-alignment',
    title: 'takes the signature of any domain',
    alsoFails: ['inbound/refuses-domain-below', 'inbound/refuses-domain-above'],
    behaviour: { inbound: { dkim: { alignment: 'none' } } },
  },
  'accepts-signature-of-parent': {
    violates: 'inbound.requires-strict-alignment',
    title: 'takes the signature of the domain above',
    behaviour: { inbound: { dkim: { alignment: 'parent' } } },
  },
  'accepts-signature-of-subdomain': {
    violates: 'inbound.requires-strict-alignment',
    title: 'takes the signature of a domain below',
    behaviour: { inbound: { dkim: { alignment: 'subdomain' } } },
  },
  'believes-last-author': {
    violates: 'inbound.requires-alignment',
    title: 'wants the signature of the last author named, where there are several From fields',
    behaviour: { inbound: { severalFroms: 'last' } },
  },
  'refuses-address-literals-of-others': {
    violates: 'inbound.mail-of-address-literals',
    title: 'refuses mail of authors at an address literal',
    behaviour: { inbound: { dkim: { literals: 'refuse' } } },
  },
  'looks-at-first-signature-only': {
    violates: 'inbound.accepts-any-good-signature',
    title: 'looks at the first signature only',
    behaviour: { inbound: { dkim: { signatures: 'first' } } },
  },
  'wants-every-signature-good': {
    violates: 'inbound.accepts-any-good-signature',
    title: 'refuses mail with one bad signature among good ones',
    behaviour: { inbound: { dkim: { signatures: 'every' } } },
  },
  'stumbles-over-ed25519': {
    violates: 'inbound.accepts-any-good-signature',
    title: 'refuses mail with a signature of an algorithm that it does not know',
    behaviour: { inbound: { dkim: { signatures: 'every', algorithms: ['rsa-sha256'] } } },
  },
  'wants-author-in-envelope': {
    violates: 'inbound.accepts-forwarded-envelopes',
    title: 'refuses mail of other servers whose envelope sender is not the author',
    behaviour: { inbound: { refusesSenders: ['not-author'] } },
  },
  'refuses-bounces-of-others': {
    violates: 'inbound.accepts-bounces',
    title: 'refuses bounces of other servers',
    behaviour: { inbound: { bounces: 'none' } },
  },
  'refuses-null-sender-of-others': {
    violates: 'inbound.accepts-bounces',
    title: 'refuses the null sender of other servers',
    behaviour: { inbound: { refusesSenders: ['null'] } },
  },
  'refuses-securejoin-of-others': {
    violates: 'inbound.accepts-securejoin',
    title: 'refuses securejoin requests of other servers',
    behaviour: { inbound: { encryption: { securejoinSteps: [] } } },
  },
  'refuses-armour-versions-of-others': {
    violates: 'inbound.accepts-armour-versions',
    title: 'refuses an armour with a Version line from other servers',
    behaviour: { inbound: { encryption: { allowsArmourVersion: false } } },
  },
  'accepts-inbound-cleartext': {
    violates: 'inbound.refuses-cleartext',
    title: 'takes mail in clear from other servers',
    alsoFails: ['inbound/refuses-cleartext-by-https', 'inbound/refuses-fakes-by-https', ...refusedFromOthers],
    behaviour: { inbound: { encryption: { enforced: false } } },
  },
  'port-25-in-clear': {
    violates: 'inbound.requires-starttls',
    title: 'takes mail on port 25 without STARTTLS',
    behaviour: { inbound: { session: { requiresTls: false } } },
  },
  'open-relay': {
    violates: 'inbound.relays-for-nobody',
    title: 'takes mail for any domain from anybody',
    alsoFails: ['inbound/relays-for-nobody-by-https'],
    behaviour: { inbound: { relaysFor: 'everybody' } },
  },
  'port-25-vrfy-tells': {
    violates: 'inbound.commands-tell-nothing',
    title: 'tells by VRFY on port 25 who has an account',
    behaviour: { inbound: { tells: ['vrfy'] } },
  },
  'port-25-expn-tells': {
    violates: 'inbound.commands-tell-nothing',
    title: 'tells by EXPN on port 25 who has an account',
    behaviour: { inbound: { tells: ['expn'] } },
  },
  'port-25-rcpt-tells': {
    violates: 'inbound.commands-tell-nothing',
    title: 'refuses unknown recipients on port 25 at once',
    behaviour: { inbound: { tells: ['rcpt'] } },
  },
  'clear-replies-tell-who-exists': {
    violates: 'inbound.clear-replies-tell-nothing',
    title: 'tells by its refusal of mail in clear who has an account',
    behaviour: { inbound: { clearForUnknown: true } },
  },
  'smuggles-on-port-25': {
    violates: 'inbound.ends-mail-with-crlf-only',
    title: 'ends a message on port 25 at a dot between bare line feeds',
    cost: 'intrusive',
    behaviour: { inbound: { session: { bareLfEndsData: true }, bareLineEnds: 'kept' } },
  },
  'reaches-first-recipient-of-others': {
    violates: 'inbound.accepts-signed-mail',
    title: 'delivers mail of other servers to the first of its recipients alone',
    alsoFails: ['inbound/takes-mail-by-https'],
    behaviour: { inbound: { recipients: 'first' } },
  },
  'keeps-last-chunk-of-others': {
    violates: 'inbound.accepts-signed-mail',
    title: 'keeps of a message by BDAT the last chunk alone',
    behaviour: { inbound: { session: { chunks: 'last-only' } } },
  },
  'judges-nothing-of-others-by-bdat': {
    violates: 'inbound.requires-signature',
    title: 'asks nothing of mail of other servers that comes by BDAT',
    behaviour: { inbound: { judgesChunks: false } },
  },
  'asks-peers-for-spf': {
    violates: 'inbound.accepts-signed-mail',
    title: 'refuses signed mail of domains without SPF',
    behaviour: { inbound: { demands: ['spf'] } },
  },
  'asks-peers-for-names': {
    violates: 'inbound.accepts-signed-mail',
    title: 'refuses clients whose EHLO name does not lead back',
    behaviour: { inbound: { demands: ['helo-address'] } },
  },
  'greylists-peers': {
    violates: 'inbound.accepts-signed-mail',
    title: 'greylists other servers',
    behaviour: { inbound: { demands: ['greylist'] } },
  },
  'delivers-refused-inbound-mail': {
    violates: 'inbound.requires-signature',
    title: 'refuses bad mail of other servers and delivers it all the same',
    alsoFails: [
      'inbound/refuses-unsigned-by-https',
      'inbound/refuses-cleartext-by-https',
      'inbound/refuses-cleartext',
      'inbound/refuses-fakes-by-https',
      'inbound/refuses-foreign-first-author',
      ...badlySigned,
      ...refusedFromOthers,
    ],
    behaviour: { inbound: { deliversRefused: true } },
  },
  'mxdeliv-asks-for-no-signature': {
    violates: 'inbound.judges-https-mail-alike',
    title: 'takes unsigned mail on /mxdeliv',
    behaviour: { inbound: { mxdeliv: { judges: 'all-but-dkim' } } },
  },
  'mxdeliv-asks-for-nothing': {
    violates: 'inbound.judges-https-mail-alike',
    title: 'takes any mail on /mxdeliv',
    behaviour: { inbound: { mxdeliv: { judges: 'nothing' } } },
  },
  'mxdeliv-answers-200-to-all': {
    violates: 'inbound.judges-https-mail-alike',
    title: 'answers 200 on /mxdeliv to what it refuses',
    behaviour: { inbound: { mxdeliv: { refusalStatus: 200 } } },
  },
  'mxdeliv-answers-get': {
    violates: 'inbound.takes-mail-by-https',
    title: 'answers /mxdeliv to GET with 200',
    behaviour: { inbound: { mxdeliv: { methodStatus: 200 } } },
  },
} as const satisfies Record<string, Defect>
