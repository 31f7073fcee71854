// The relay of February 2025, which let cleartext pass between its own users.
import { refusedFromOthers } from '../../reference-server/defects/encryption/refused-samples.ts'
import {
  cleansParts,
  countedByMinute,
  metrics,
  noMxdeliv,
  noRoom,
  olderMetadata,
  unsignedBounces,
} from './relay-1-9.ts'
import type { GoldenVerdict } from './types.ts'

export const relay2025: readonly GoldenVerdict[] = [
  metrics,
  olderMetadata,
  noMxdeliv,
  unsignedBounces,
  cleansParts,
  {
    verdict: 'fail',
    because: 'Port 25 asks for STARTTLS from 1.8 on.',
    checks: ['inbound/requires-starttls'],
  },
  {
    verdict: 'fail',
    because: 'Where STARTTLS is optional, Postfix takes TLS 1.0 and 1.1 unless smtpd_tls_protocols forbids it.',
    checks: ['transport/refuses-legacy-tls'],
  },
  {
    verdict: 'fail',
    because: 'Until 1.6 nothing looked into mail of other servers: it only had to be signed.',
    checks: ['inbound/refuses-cleartext', ...refusedFromOthers],
  },
  noRoom,
  countedByMinute,
  {
    verdict: 'fail',
    because:
      'Until 1.6 the filter looked only at mail to other domains: what users of one relay sent each other passed.',
    checks: ['encryption/refuses-*'],
    except: ['encryption/refuses-cleartext-to-other-domain', 'encryption/refuses-cleartext-to-several'],
  },
  {
    verdict: 'inconclusive',
    because: 'These need a refusal of cleartext first, and there is none between users of one relay.',
    checks: [
      'encryption/refuses-for-good',
      'encryption/delivers-nothing-it-refused',
      'delivery/stays-usable-after-refusal',
    ],
  },
  {
    verdict: 'unsupported',
    because: 'There were no calls before 1.8.',
    checks: ['imap/names-turn-server', 'calls/*'],
    except: ['calls/realtime-relay-answers', 'calls/realtime-relay-takes-connections'],
  },
  {
    verdict: 'unsupported',
    because: 'Until 1.7 large messages stayed as long as others.',
    checks: [
      'retention/deletes-large-mail-sooner',
      'retention/keeps-large-mail-until-then',
      'retention/deletes-backdated-large-mail-sooner',
      'retention/keeps-backdated-large-mail',
    ],
  },
]
