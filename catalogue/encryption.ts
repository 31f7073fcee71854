// What a chatmail server owes its users: encryption. Only end-to-end encrypted mail gets through, and all of it does.
import type { Requirement } from './types.ts'

export const encryption = {
  'encryption.refuses-cleartext': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Refuses to take in a message whose body is not end-to-end encrypted, whoever it is for.',
    why: 'Users are promised that nothing they write can leave their device unencrypted, by mistake or by a broken app. The server is the last one who can stop it.',
    sources: [
      { title: 'chatmail relay documentation, overview: outgoing mail must be encrypted' },
      { title: 'chatmail/filtermail, src/outbound.rs and src/message.rs' },
    ],
    fix: {
      relay:
        'Check that filtermail runs (systemctl status filtermail) and that the submission services in master.cf name it as content_filter / smtpd_proxy_filter.',
      'postfix-dovecot':
        'Put a filter such as chatmail/filtermail before the queue: smtpd_proxy_filter on the submission services in /etc/postfix/master.cf, and reject with 523 what is not multipart/encrypted.',
    },
  },
} as const satisfies Record<string, Requirement>
