// What a chatmail server owes its users when an IMAP session begins: greeting, capabilities, the way into TLS.
import type { Requirement } from '../types.ts'
import { core, relay, rfc, stockServer } from './sources.ts'

export const imapSession = {
  'imap.greets': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Greets every IMAP connection with an untagged OK.',
    why: 'A client waits for the greeting before it says anything. Without it nobody reads mail.',
    sources: [rfc(3501, '7.1'), core('reads the greeting before LOGIN')],
    fix: {
      any: 'See whether the IMAP service runs and accepts connections, and what its log says when one comes in.',
      relay: 'systemctl status dovecot; journalctl -u dovecot. max_imap_connections in chatmail.ini may be reached.',
    },
  },
  'imap.answers-capability': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Answers CAPABILITY after login with a list that has IMAP4rev1.',
    why: 'Clients decide by this list what they may ask for. A client that gets none treats the server as broken.',
    sources: [rfc(3501, '6.1.1'), core('asks CAPABILITY unless LOGIN told the list')],
    covers: ['IMAP-2'],
    fix: { any: stockServer },
  },
  'imap.advertises-xchatmail': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Lists XCHATMAIL among its capabilities after login.',
    why: 'Delta Chat knows a chatmail server by this word: it then hides settings of classic mail and deletes mail from the server once it has it.',
    sources: [core('XCHATMAIL sets is_chatmail'), relay('dovecot.conf.j2 imap_capability')],
    covers: ['IMAP-1'],
    fix: {
      relay: 'Deploy dovecot.conf anew (cmdeploy run): imap_capability = +XDELTAPUSH XCHATMAIL.',
      'postfix-dovecot': 'Add XCHATMAIL to imap_capability in dovecot.conf: imap_capability = +XCHATMAIL.',
    },
  },
  'imap.advertises-idle': {
    level: 'must',
    basis: 'client-relies',
    impact: 'speed',
    promise: 'speed',
    text: 'Lists IDLE among its capabilities after login.',
    why: 'Without IDLE Delta Chat asks for new mail once a minute: messages come late and adding a contact takes minutes.',
    sources: [rfc(2177, '3'), core('polls every 60 seconds when IDLE is absent')],
    fix: {
      'postfix-dovecot':
        'doveconf imap_capability: it should be empty, or begin with + to add to the list instead of replacing it.',
      any: 'Remove whatever takes IDLE out of imap_capability.',
    },
  },
  'imap.logs-in-over-starttls': {
    level: 'should',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Lets users log in on the STARTTLS port after the upgrade to TLS.',
    why: 'Some networks block port 993. Delta Chat then tries 143, as autoconfig names it.',
    sources: [rfc(3501, '6.2.1'), relay('nginx/autoconfig.xml.j2: 143/STARTTLS')],
    fix: {
      'postfix-dovecot':
        'ssl_cert and ssl_key in 10-ssl.conf count for port 143, too: see doveconf -n for a listener with ssl = no.',
      any: 'Give the STARTTLS port the same certificate and the same login as port 993, or do not open it at all.',
    },
  },
  'imap.refuses-cleartext-login': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses a login on the STARTTLS port before TLS.',
    why: 'A password sent in the clear can be read by everybody on the way. The server has to make sure that no client gets used to it.',
    sources: [rfc(3501, '6.2.3'), relay('dovecot.conf.j2: ssl = required')],
    covers: ['TLS-2'],
    fix: {
      relay: 'ssl = required in dovecot.conf (cmdeploy run).',
      'postfix-dovecot': 'ssl = required in /etc/dovecot/conf.d/10-ssl.conf (Dovecot 2.3), then doveadm reload.',
      any: 'Require TLS before any login, and announce LOGINDISABLED until then.',
    },
  },
  'imap.discards-commands-injected-before-tls': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Never runs inside TLS what was sent in the clear behind STARTTLS.',
    why: 'Somebody on the way could put commands of his own in front of the ones that the user sends inside TLS (CVE-2011-0411 and its kin).',
    sources: [
      rfc(3501, '6.2.1'),
      { title: 'NO STARTTLS, USENIX Security 2021', url: 'https://nostarttls.secvuln.info/' },
    ],
    fix: {
      any: 'Update the IMAP server: it must empty its input buffer when TLS begins. Dovecot does since 2.3.14.1.',
    },
  },
  'imap.accepts-starttls-without-sni': {
    level: 'should',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Upgrades to TLS on the STARTTLS port for a client that names no host (no SNI).',
    why: 'Delta Chat sends no host name in the handshake after STARTTLS.',
    sources: [core('STARTTLS: no SNI, no ALPN')],
    fix: {
      'postfix-dovecot': 'ssl_cert and ssl_key outside of any local_name block in 10-ssl.conf.',
      any: 'Give the IMAP service a default certificate beside the ones bound to names.',
    },
  },
  'imap.accepts-alpn-imap': {
    level: 'should',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Accepts a TLS handshake that offers the protocol imap by ALPN.',
    why: 'Delta Chat offers it on every port but 993 and 143. A server with another list refuses the connection.',
    sources: [core('ALPN imap on custom ports'), rfc(7301, '3.2')],
    fix: { any: 'Take the ALPN list off the IMAP service or put imap on it.' },
  },
} as const satisfies Record<string, Requirement>
