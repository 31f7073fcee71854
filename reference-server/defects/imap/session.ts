// Defects about how an IMAP session begins.
import type { Defect } from '../types.ts'

export const imapSessionDefects = {
  'greets-imap-like-smtp': {
    violates: 'imap.greets',
    title: 'greets IMAP clients with 220',
    behaviour: { imap: { greeting: { kind: 'garbage' } } },
  },
  'hangs-up-on-capability': {
    violates: 'imap.answers-capability',
    title: 'closes the connection at CAPABILITY',
    alsoFails: ['imap/logs-in-over-starttls', 'onboarding/autoconfig-endpoints-work'],
    behaviour: { imap: { commands: { disconnecting: ['CAPABILITY'] } } },
  },
  'refuses-capability': {
    violates: 'imap.answers-capability',
    title: 'answers CAPABILITY with NO',
    behaviour: { imap: { commands: { refused: ['CAPABILITY'] } } },
  },
  'forgets-imap4rev1': {
    violates: 'imap.answers-capability',
    title: 'leaves IMAP4rev1 out of its capability list',
    behaviour: { imap: { capabilities: { withheld: ['IMAP4rev1'] } } },
  },
  'hides-xchatmail': {
    violates: 'imap.advertises-xchatmail',
    title: 'does not list XCHATMAIL',
    behaviour: { imap: { capabilities: { withheld: ['XCHATMAIL'] } } },
  },
  'hides-idle': {
    violates: 'imap.advertises-idle',
    title: 'does not list IDLE',
    behaviour: { imap: { capabilities: { withheld: ['IDLE'] } } },
  },
  'hides-starttls': {
    violates: 'imap.logs-in-over-starttls',
    title: 'offers no STARTTLS on the STARTTLS port',
    alsoFails: ['onboarding/autoconfig-endpoints-work'],
    behaviour: { imap: { capabilities: { withheld: ['STARTTLS'] } } },
  },
  'refuses-starttls': {
    violates: 'imap.logs-in-over-starttls',
    title: 'answers STARTTLS with NO',
    alsoFails: ['onboarding/autoconfig-endpoints-work'],
    behaviour: { imap: { commands: { refused: ['STARTTLS'] } } },
  },
  'takes-imap-login-in-clear': {
    violates: 'imap.refuses-cleartext-login',
    title: 'announces LOGINDISABLED before TLS and logs in all the same',
    behaviour: { imap: { login: { overCleartext: 'accepted' } } },
  },
  'runs-injected-imap-commands': {
    violates: 'imap.discards-commands-injected-before-tls',
    title: 'runs inside TLS what came in the clear behind STARTTLS',
    cost: 'intrusive',
    behaviour: { imap: { starttls: { injected: 'executed' } } },
  },
  'demands-host-name-for-tls': {
    violates: 'imap.accepts-starttls-without-sni',
    title: 'ends a TLS handshake without a host name',
    alsoFails: ['transport/needs-no-server-name'],
    behaviour: { imap: { handshake: { withoutServerName: 'refused' } } },
  },
  'admits-only-http-by-alpn': {
    violates: 'imap.accepts-alpn-imap',
    title: 'refuses a handshake that offers anything but http/1.1',
    alsoFails: ['onboarding/autoconfig-endpoints-work', 'transport/serves-imap-on-443'],
    behaviour: { imap: { handshake: { alpn: ['http/1.1'] } } },
  },
} as const satisfies Record<string, Defect>
