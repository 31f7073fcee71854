// Everything the reference server decides, grouped by area. Sessions read it and nothing else; a defect is a deep partial
// of it, a variant takes its permitted choices by seed.
import { type AccountsBehaviour, conformingAccounts } from './accounts.ts'
import { type CallsBehaviour, conformingCalls } from './calls.ts'
import { choose, shuffle } from './choose.ts'
import { conformingDelivery, type DeliveryBehaviour } from './delivery.ts'
import { conformingDkim, type DkimBehaviour } from './dkim.ts'
import { conformingEncryption, type EncryptionBehaviour } from './encryption.ts'
import { type ImapBehaviour, variantImap } from './imap.ts'
import type { InboundBehaviour } from './inbound.ts'
import { variantInbound } from './inbound-variants.ts'
import { conformingLimits, type LimitsBehaviour } from './limits.ts'
import { conformingOutbound, type OutboundBehaviour } from './outbound.ts'
import { conformingPrivacy, type PrivacyBehaviour } from './privacy.ts'
import { conformingPush, type PushBehaviour } from './push.ts'
import { conformingRetention, type RetentionBehaviour } from './retention.ts'
import { conformingSubmission, type SubmissionBehaviour } from './submission.ts'
import { conformingTls, type TlsBehaviour } from './tls.ts'
import { conformingWeb, passwordAlphabets, type WebBehaviour } from './web.ts'
import { conformingZone, type ZoneBehaviour } from './zone.ts'

export { type DeepPartial, merge } from './merge.ts'

export interface Behaviour {
  readonly tls: TlsBehaviour
  readonly zone: ZoneBehaviour
  readonly accounts: AccountsBehaviour
  readonly submission: SubmissionBehaviour
  readonly encryption: EncryptionBehaviour
  readonly delivery: DeliveryBehaviour
  readonly imap: ImapBehaviour
  readonly privacy: PrivacyBehaviour
  readonly limits: LimitsBehaviour
  readonly web: WebBehaviour
  readonly retention: RetentionBehaviour
  readonly inbound: InboundBehaviour
  readonly outbound: OutboundBehaviour
  readonly dkim: DkimBehaviour
  readonly push: PushBehaviour
  readonly calls: CallsBehaviour
}

/** A server that keeps every requirement. Seed 0 is like the recorded relay; others choose differently where one may. */
export function conforming(seed = 0): Behaviour {
  const reply = choose(seed, 'encryption.reply', [
    conformingEncryption.reply,
    '523 5.7.1 Encryption Needed',
    '523 Only encrypted mail passes: Invalid Unencrypted Mail',
  ])
  const allowsLegacyFormat = choose(seed, 'encryption.legacy', [true, false])
  return {
    tls: conformingTls,
    zone: conformingZone,
    accounts: conformingAccounts,
    submission: variantSubmission(seed),
    encryption: { ...conformingEncryption, reply, allowsLegacyFormat },
    delivery: {
      ...conformingDelivery,
      addsReturnPath: choose(seed, 'delivery.return-path', [true, false]),
      addsDeliveredTo: choose(seed, 'delivery.delivered-to', [true, false]),
      bounceSubject: choose(seed, 'delivery.bounce', [
        conformingDelivery.bounceSubject,
        'Mail delivery failed: returning message to sender',
      ]),
    },
    imap: variantImap(seed),
    privacy: {
      ...conformingPrivacy,
      serverHeader: choose(seed, 'privacy.server', [conformingPrivacy.serverHeader, null, 'Apache']),
    },
    limits: {
      ...conformingLimits,
      rateReply: choose(seed, 'limits.rate', [
        conformingLimits.rateReply,
        '450 4.7.1: Too much mail from {sender}',
        '450 4.7.1: Too much mail from <{sender}>, rate limited until Instant { tv_sec: 17, tv_nsec: 0 }',
      ]),
    },
    web: variantWeb(seed),
    retention: conformingRetention,
    inbound: variantInbound(seed, { reply, allowsLegacyFormat }),
    outbound: conformingOutbound,
    dkim: conformingDkim,
    push: conformingPush,
    calls: conformingCalls,
  }
}

function variantSubmission(seed: number): SubmissionBehaviour {
  const plain = conformingSubmission
  const keywords = shuffle(seed, 'submission.keywords', plain.keywords)
  // Without the keyword, replies carry no enhanced codes either.
  const enhanced = choose(seed, 'submission.enhanced', [true, false])
  return {
    ...plain,
    greetingLines: choose<readonly string[]>(seed, 'submission.greeting', [[], ['{domain} welcomes testers']]),
    keywords: enhanced ? keywords : keywords.filter((word) => word !== 'ENHANCEDSTATUSCODES'),
    keywordCase: choose(seed, 'submission.case', ['upper', 'mixed', 'lower']),
    policyAt: choose(seed, 'submission.policy', ['rcpt', 'mail']),
    headerFromReply: choose(seed, 'submission.from', [
      plain.headerFromReply,
      "500 Invalid FROM <'{header}'> for <'{sender}'>",
      '554 5.6.0 From header does not match envelope sender',
    ]),
    taken: choose(seed, 'submission.taken', [
      plain.taken,
      '250 2.0.0 Ok: queued as 4cVb2N1yZ',
      '250 2.6.0 Message taken',
    ]),
    takenLines: choose<readonly string[]>(seed, 'submission.taken-lines', [[], ['Message taken']]),
    vrfy: choose<string | null>(seed, 'submission.vrfy', [plain.vrfy, '502 5.5.1 Command not implemented']),
  }
}

function variantWeb(seed: number): WebBehaviour {
  return {
    ...conformingWeb,
    new: {
      ...conformingWeb.new,
      contentType: choose(seed, 'web.new.type', ['application/json', 'application/json; charset=utf-8']),
      passwordLength: choose(seed, 'web.new.length', [12, 20, 30]),
      passwordAlphabet: choose<string>(seed, 'web.new.alphabet', [
        passwordAlphabets.printable,
        passwordAlphabets.letters,
      ]),
      jsonStyle: choose(seed, 'web.new.style', ['python', 'compact', 'indented']),
      createsAccount: choose(seed, 'web.new.creates', [false, true]),
    },
    headerCase: choose(seed, 'web.headers', ['capital', 'lower']),
    framing: choose(seed, 'web.framing', ['length', 'chunked']),
    keepAlive: choose(seed, 'web.keep-alive', [true, false]),
  }
}
