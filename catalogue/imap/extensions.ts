// What a chatmail server owes its users about the extensions it offers.
import type { Requirement } from '../types.ts'
import { core, rfc, stockServer } from './sources.ts'

export const imapExtensions = {
  'imap.answers-id': {
    level: 'may',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Answers ID where it offers that.',
    why: 'Delta Chat sends it after each login and shows the answer to those who look for errors.',
    sources: [rfc(2971, '3.1'), core('ID ("name" "Delta Chat")')],
    fix: { any: stockServer },
  },
  'imap.shows-namespace': {
    level: 'may',
    basis: 'standard',
    impact: 'interop',
    promise: 'interop',
    text: 'Tells the personal namespace where it offers NAMESPACE.',
    why: 'Mail programs make their mailboxes under it.',
    sources: [rfc(2342, '5')],
    fix: { any: stockServer },
  },
  'imap.tells-changes-by-modseq': {
    level: 'may',
    basis: 'standard',
    impact: 'interop',
    promise: 'interop',
    text: 'Tells by CHANGEDSINCE what changed, and nothing else, where it offers CONDSTORE.',
    why: 'Mail programs catch up on flags without reading all of them.',
    sources: [rfc(7162, '3.1.4.1')],
    fix: { any: stockServer },
  },
  'imap.keeps-its-word-on-compression': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'reliability',
    text: 'Compresses the connection where it lists COMPRESS=DEFLATE.',
    why: 'Delta Chat cannot use a server that lists it and then refuses: the account cannot even be set up.',
    sources: [core('COMPRESS DEFLATE refused: connection dropped'), rfc(4978, '3')],
    covers: ['IMAP-3'],
    fix: {
      'postfix-dovecot': 'mail_plugins = $mail_plugins imap_zlib in protocol imap (Dovecot 2.3).',
      any: 'Take COMPRESS=DEFLATE off the capability list, or load the plugin that does it (Dovecot: imap_zlib).',
      relay: 'imap_compress = true or false in chatmail.ini, then cmdeploy run.',
    },
  },
  'imap.shows-quota': {
    level: 'should',
    basis: 'client-relies',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Tells the storage used and allowed in INBOX where it offers QUOTA.',
    why: 'Delta Chat shows how full the mailbox is and warns before mail is refused.',
    sources: [rfc(2087, '4.3'), core('GETQUOTAROOT "INBOX"')],
    covers: ['IMAP-6'],
    fix: {
      'postfix-dovecot':
        'mail_plugins = quota, and imap_quota in protocol imap; plugin { quota = maildir:User quota } with quota_rule = *:storage=500M (Dovecot 2.3).',
      any: 'Set a quota and announce it (Dovecot: plugins quota and imap_quota, and a quota root).',
      relay: 'quota and imap_quota must be in mail_plugins; quota = maildir:User quota.',
    },
  },
  'imap.counts-quota': {
    level: 'may',
    basis: 'standard',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Counts new mail in the storage used, in units of 1024 octets.',
    why: 'The figure users see should be about their mail.',
    sources: [rfc(2087, '3')],
    fix: { any: 'doveadm quota recalc -A, then see whether the figure moves.', relay: 'doveadm quota recalc -u USER' },
  },
} as const satisfies Record<string, Requirement>
