// Permitted choices of the way in for other servers, by seed. Used by conforming().
import { choose, shuffle } from './choose.ts'
import { conformingDkimVerification, wrappedDkimReplies } from './dkim-verification.ts'
import type { EncryptionBehaviour } from './encryption.ts'
import { conformingInbound, type InboundBehaviour } from './inbound.ts'

/** `filter`: what the encryption filter chooses on both ways. */
export function variantInbound(
  seed: number,
  filter: Pick<EncryptionBehaviour, 'reply' | 'allowsLegacyFormat'>,
): InboundBehaviour {
  const plain = conformingInbound
  return {
    ...plain,
    session: {
      ...plain.session,
      greetingLines: choose<readonly string[]>(seed, 'inbound.greeting', [[], ['{domain} welcomes mail']]),
      keywords: shuffle(seed, 'inbound.keywords', plain.session.keywords),
      keywordCase: choose(seed, 'inbound.case', ['upper', 'mixed', 'lower']),
      taken: choose(seed, 'inbound.taken', [plain.session.taken, '250 2.0.0 Ok: queued as 4cVb2N1yZ']),
      vrfy: choose<string | null>(seed, 'inbound.vrfy', [plain.session.vrfy, null]),
    },
    authReply: choose(seed, 'inbound.auth', [plain.authReply, '502 5.5.1 Command not implemented']),
    foreignRecipientReply: choose(seed, 'inbound.foreign', [
      plain.foreignRecipientReply,
      '554 5.7.1 <{recipient}>: Relay access denied',
      '550 5.7.1 Relaying denied',
    ]),
    order: choose(seed, 'inbound.order', ['encryption-first', 'dkim-first']),
    encryption: { ...plain.encryption, ...filter },
    dkim: {
      ...plain.dkim,
      replies: choose(seed, 'inbound.dkim', [conformingDkimVerification.replies, wrappedDkimReplies]),
    },
    mxdeliv: {
      ...plain.mxdeliv,
      prefix: choose(seed, 'inbound.mxdeliv.prefix', [true, false]),
      taken: choose(seed, 'inbound.mxdeliv.taken', [plain.mxdeliv.taken, 'OK_250']),
      withoutRecipients: choose(seed, 'inbound.mxdeliv.nobody', ['drop', 'refuse']),
    },
  }
}
