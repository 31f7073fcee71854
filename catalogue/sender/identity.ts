// What a chatmail server owes its users: who a message says it is from is who sent it.
import { filtermail, relayTest } from '../encryption/sources.ts'
import { rfc } from '../imap/sources.ts'
import type { Requirement } from '../types.ts'

const protects = { basis: 'deployed-practice', impact: 'security', promise: 'security' } as const

const senderLogin = {
  relay:
    'Check reject_sender_login_mismatch and smtpd_sender_login_maps on the submission services in /etc/postfix/master.cf; scripts/cmdeploy run puts them back.',
  'postfix-dovecot':
    'smtpd_sender_login_maps (who owns which address) and smtpd_sender_restrictions = reject_sender_login_mismatch in /etc/postfix/main.cf or on the submission services of master.cf.',
  any: 'Compare the envelope sender with the login and refuse what differs.',
} as const

const headerFrom = {
  relay: 'Check that filtermail runs (systemctl status filtermail) and that submission hands mail to it.',
  'postfix-dovecot':
    'Postfix does not look at the From header by itself: put chatmail/filtermail or another filter before the queue that compares it with the envelope sender.',
  any: 'Compare the address of the first From header with the envelope sender and refuse what differs.',
} as const

export const senderIdentity = {
  'sender.envelope-is-login': {
    ...protects,
    level: 'must',
    text: 'Refuses an envelope sender that is not the address of the login, of the same host or of another.',
    why: 'Otherwise any user can send and get bounces in the name of any other.',
    sources: [rfc(6409, '6.1'), relayTest('test_authenticated_from')],
    covers: ['SUB-3'],
    fix: senderLogin,
  },
  'sender.refuses-null-sender': {
    ...protects,
    level: 'should',
    text: 'Refuses the null sender from users.',
    why: 'It is for the reports of mail servers. A user could make fake bounces with it, which clients show with a failed message.',
    sources: [rfc(5321, '4.5.5'), filtermail('src/outbound.rs')],
    covers: ['SUB-6'],
    fix: senderLogin,
  },
  'sender.refuses-malformed-sender': {
    ...protects,
    level: 'should',
    text: 'Refuses an envelope sender with two @ signs.',
    why: 'Programs behind each other read such an address differently, which is how checks are passed by.',
    sources: [rfc(5321, '4.1.2'), filtermail('src/outbound.rs')],
    covers: ['SUB-7'],
    fix: senderLogin,
  },
  'sender.from-is-own': {
    ...protects,
    level: 'must',
    text: 'Refuses a message whose From header names another user of the host or somebody at another domain.',
    why: 'The From header is whom the recipient sees, and what DKIM vouches for to other servers.',
    sources: [rfc(6409, '8.1'), filtermail('src/outbound.rs'), relayTest('test_reject_forged_from')],
    covers: ['SUB-4'],
    fix: headerFrom,
  },
  'sender.from-is-the-address': {
    ...protects,
    level: 'must',
    text: 'Judges From by its address, whatever stands in its name, in a comment, or in a Sender header.',
    why: 'A filter that searches for the own address anywhere in the header lets every forgery pass that mentions it.',
    sources: [rfc(5322, '3.4'), rfc(5322, '3.6.2'), filtermail('src/utils.rs: extract_address')],
    covers: ['SUB-4'],
    fix: headerFrom,
  },
  'sender.first-from-decides': {
    ...protects,
    level: 'must',
    text: 'Refuses a message with two From headers of which the first is somebody else.',
    why: 'Clients show the first one. A filter that looks at the last lets the forgery pass.',
    sources: [rfc(5322, '3.6'), filtermail('src/outbound.rs')],
    covers: ['SUB-4'],
    fix: headerFrom,
  },
  'sender.first-mailbox-decides': {
    ...protects,
    level: 'should',
    text: 'Refuses a From header with two mailboxes of which the first is somebody else.',
    why: 'Clients show the first one as the author.',
    sources: [rfc(5322, '3.6.2'), filtermail('src/utils.rs: extract_address')],
    covers: ['SUB-4'],
    fix: headerFrom,
  },
  'sender.requires-from': {
    ...protects,
    level: 'must',
    text: 'Refuses a message without a From header.',
    why: 'Servers on the way put something there themselves, or other servers refuse the mail because nothing can be signed.',
    sources: [rfc(5322, '3.6'), filtermail('src/outbound.rs')],
    covers: ['SUB-5'],
    fix: headerFrom,
  },
  'sender.requires-address-in-from': {
    ...protects,
    level: 'should',
    text: 'Refuses a From header that holds a name and no address.',
    why: 'Servers and clients each make another address of it.',
    sources: [rfc(5322, '3.4'), filtermail('src/outbound.rs')],
    covers: ['SUB-5'],
    fix: headerFrom,
  },
  'sender.accepts-own-from': {
    level: 'should',
    basis: 'standard',
    impact: 'interop',
    promise: 'interop',
    text: 'Accepts the own address in From with a name before it, and in capitals.',
    why: 'Ordinary mail programs write the name, and people write their address as they like.',
    sources: [rfc(5322, '3.4'), rfc(5321, '2.4'), filtermail('src/utils.rs: extract_address')],
    covers: ['SUB-4'],
    fix: { any: 'Compare only the address within the angle brackets, without regard to case.' },
  },
  'sender.unusual-from': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Is seen to take or refuse From headers that name somebody else beside the own address, in a name, a group or a second place.',
    why: 'The address shown is right, so deployed servers let these pass; how a client shows them is another matter.',
    sources: [rfc(5322, '3.6.2'), filtermail('src/utils.rs: extract_address')],
    covers: ['SUB-4'],
    fix: { any: 'Nothing to do: implementations differ here, and no promise depends on it.' },
  },
  'sender.bcc-header': {
    level: 'may',
    basis: 'standard',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Is seen to remove or keep a Bcc header that a client sends.',
    why: 'Clients should not send one; a server that removes it saves those who use one that does. Postfix removes it since 3.0.',
    sources: [rfc(5322, '3.6.3'), { title: 'Postfix, postconf(5): message_drop_headers' }],
    fix: { 'postfix-dovecot': 'message_drop_headers = bcc, content-length, resent-bcc, return-path (the default).' },
  },
} as const satisfies Record<string, Requirement>
