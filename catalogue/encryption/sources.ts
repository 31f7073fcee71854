// Where the requirements of encryption and sender come from, written once.
import type { Source } from '../types.ts'

/** The program that judges outgoing mail on a chatmail relay; before 1.10 it was Python inside the relay's own repository. */
export function filtermail(where: string): Source {
  return { title: `chatmail/filtermail, ${where}`, url: 'https://github.com/chatmail/filtermail' }
}

/** The relay's own tests against a running server. */
export function relayTest(name: string): Source {
  return { title: `chatmail/relay, cmdeploy/tests/online: ${name}`, url: 'https://github.com/chatmail/relay' }
}

/** What the client that everybody on a chatmail server uses writes. */
export function core(what: string): Source {
  return { title: `Delta Chat core 2.57 and 2.62: ${what}`, url: 'https://github.com/chatmail/core' }
}

export const overview: Source = {
  title: 'chatmail relay documentation, overview: only end-to-end encrypted messages can be sent',
}

/** What every server that takes too much has in common. */
export const strictFilter = {
  relay:
    'Update the relay (scripts/cmdeploy run): its filtermail judges the whole structure since 1.6. Check that filtermail runs and that the submission services in /etc/postfix/master.cf hand mail to it.',
  madmail:
    'madmail 2.23 only looks for the words application/pgp-encrypted; ask for a build that reads MIME parts and OpenPGP packets, or put chatmail/filtermail in front of it.',
  'postfix-dovecot':
    'Put chatmail/filtermail before the queue: smtpd_proxy_filter on the submission services in /etc/postfix/master.cf.',
  any: 'Judge a message by its structure: multipart/encrypted, the Version part, one armoured message, and inside it session keys and one encrypted data packet.',
} as const

/** What every server that takes too little has in common. */
export const lenientFilter = {
  'postfix-dovecot':
    'The mail log names the filter that refused: chatmail/filtermail takes all that Delta Chat writes, a filter of your own may have to learn it.',
  relay: 'Update the relay (scripts/cmdeploy run); older filters refuse some of what clients write today.',
  any: 'Find what refuses the message in the mail log and loosen that rule: it keeps users from writing to each other.',
} as const
