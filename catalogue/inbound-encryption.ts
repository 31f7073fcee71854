// What a chatmail server owes its users about the encryption of mail from other servers: the rules of submission, with the
// exceptions that mail servers need.
import { filtermail, strictFilter } from './encryption/sources.ts'
import { rfc } from './imap/sources.ts'
import type { Requirement } from './types.ts'

const inboundFilter = {
  ...strictFilter,
  relay: 'systemctl status filtermail-incoming; the smtp service in /etc/postfix/master.cf must hand mail to it.',
} as const

export const inboundEncryption = {
  'inbound.accepts-encrypted': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'interop',
    text: 'Takes encrypted mail of other servers in every form that chat clients write: for older keys, for large groups, to a password, in chunks, with files.',
    why: 'People choose their server freely. What one server lets out and the other does not let in is lost, and neither side can mend it.',
    sources: [filtermail('src/inbound.rs and src/openpgp.rs'), rfc(9580, '10.3')],
    covers: ['ENC-9', 'ENC-10'],
    fix: inboundFilter,
  },
  'inbound.accepts-any-form': {
    level: 'should',
    basis: 'standard',
    impact: 'interop',
    promise: 'interop',
    text: 'Takes encrypted mail of other servers whatever its spelling, its boundary, its line length and the program that wrote it.',
    why: 'Other mail programs write encrypted mail, too, and other servers change what does not matter.',
    sources: [rfc(3156, '4'), rfc(2046, '5.1.1'), filtermail('src/message.rs')],
    covers: ['ENC-12'],
    fix: inboundFilter,
  },
  'inbound.refuses-fakes': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Refuses mail of other servers that only looks encrypted, though it is well signed.',
    why: 'The promise holds in both directions: what comes in readable lies readable on the server, and the answer quotes it.',
    sources: [filtermail('src/inbound.rs: the same filter as on submission'), rfc(3156, '4')],
    covers: ['IN-8', 'ENC-3', 'ENC-5'],
    fix: inboundFilter,
  },
  'inbound.refuses-odd-forms': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Refuses mail of other servers with comments in its armour, swapped parts, in a multipart of another type, and reports of users.',
    why: 'Little that is readable passes by it, but no client writes this, and what a filter does not expect it should not let in.',
    sources: [rfc(3156, '4'), filtermail('src/message.rs and src/openpgp.rs')],
    fix: inboundFilter,
  },
} as const satisfies Record<string, Requirement>
