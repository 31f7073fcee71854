// What a chatmail server owes others about the signatures of its mail (DKIM, RFC 6376).
import type { Requirement } from '../types.ts'
import { openDkim, relay, rfc } from './sources.ts'

const signer = {
  relay:
    'systemctl status opendkim; the record that `cmdeploy dns` shows for opendkim._domainkey must be in the DNS as it is.',
  madmail: 'It signs nothing as of 2.23: let a milter or a smarthost sign, or its mail is refused by other servers.',
  'postfix-dovecot':
    'OpenDKIM in Mode s or sv as smtpd_milters of the submission services, and as non_smtpd_milters; publish its key.',
  any: 'Sign all mail that leaves with a key that stands in the DNS below _domainkey of the mail domain.',
} as const

export const signing = {
  'federation.signs-mail': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'interop',
    text: 'Signs mail for other servers with a DKIM signature that covers From and fits the key in its DNS.',
    why: 'Chatmail servers take nothing else, and large providers call everything else spam.',
    sources: [relay('doc/source/overview.rst'), openDkim, rfc(6376, '3')],
    covers: ['OUT-12'],
    fix: signer,
  },
  'federation.signs-as-author': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'interop',
    text: 'Signs with the very domain of the From address, not one above, below or beside it.',
    why: 'A chatmail server compares the two letter by letter, and refuses the mail when they differ.',
    sources: [relay('doc/source/overview.rst'), rfc(7489, '3.1.1')],
    covers: ['OUT-12', 'OUT-13'],
    fix: { ...signer, any: 'd= of the signature must be the mail domain: SigningTable and KeyTable of OpenDKIM.' },
  },
  'federation.signs-with-rsa': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'interop',
    text: 'Signs with an RSA key, whatever else it signs with.',
    why: 'Many servers verify with software that knows no other keys, and take such mail for unsigned.',
    sources: [rfc(8463, '5'), openDkim],
    covers: ['OUT-12'],
    fix: { any: 'Add a second signature by an RSA key of 2048 bits under a selector of its own.' },
  },
  'federation.signs-with-strong-keys': {
    level: 'should',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Signs with RSA keys of 2048 bits or more.',
    why: 'Whoever computes the key from the DNS record can write in the name of every user.',
    sources: [rfc(8301, '3.2')],
    covers: ['OUT-12'],
    fix: {
      relay:
        'opendkim-genkey -b 2048 -d DOMAIN -s opendkim, then the record that cmdeploy dns shows: opendkim._domainkey.DOMAIN TXT.',
      any: 'Make a new key (opendkim-genkey -b 2048) under a new selector, and publish it first.',
    },
  },
  'federation.signs-whole-body': {
    level: 'should',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Signs the body to its end: no l= in the signature.',
    why: 'Anybody can write behind what is signed, and receivers refuse such signatures.',
    sources: [rfc(6376, '8.2'), openDkim],
    covers: ['OUT-12'],
    fix: {
      relay: 'cmdeploy run writes opendkim.conf without BodyLengths; systemctl restart opendkim.',
      any: 'OpenDKIM: no BodyLengths in opendkim.conf.',
    },
  },
  'federation.signs-absence-of-headers': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Signs that there is no further From: names it once more than it is there.',
    why: 'Otherwise a second author can be put in front of the real one, and the signature still fits.',
    sources: [rfc(6376, '8.15'), openDkim],
    covers: ['OUT-12'],
    fix: {
      relay: 'cmdeploy run writes OversignHeaders into opendkim.conf; systemctl restart opendkim.',
      any: 'OpenDKIM: OversignHeaders From in opendkim.conf; rspamd does so by itself.',
    },
  },
  'federation.signatures-outlive-queues': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Signs without an expiry, or with one of at least two days.',
    why: 'A message that waits in a queue because the other server is down is refused when it finally gets there.',
    sources: [rfc(6376, '3.5'), rfc(5321, '4.5.4.1')],
    covers: ['OUT-12'],
    fix: { any: 'OpenDKIM: no SignatureTTL in opendkim.conf, or one longer than the lifetime of the queue.' },
  },
  'federation.signs-bounces': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Signs the delivery reports that it sends to other servers.',
    why: 'Other chatmail servers refuse unsigned mail, reports too: the sender never learns that a message was lost.',
    sources: [relay('tests/online: test_bounces_are_dkim_signed'), relay('CHANGELOG.md, 1.11.0')],
    covers: ['BNC-2'],
    fix: {
      relay: 'Update to 1.11 or later.',
      'postfix-dovecot': 'internal_mail_filter_classes = bounce and non_smtpd_milters in /etc/postfix/main.cf.',
      any: 'Hand the reports of the mail system to the signer, too.',
    },
  },
} as const satisfies Record<string, Requirement>
