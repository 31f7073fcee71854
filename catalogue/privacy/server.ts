// What a server must not tell about its users to others who can talk to it.
import type { Requirement } from '../types.ts'
import { relay, rfc } from './sources.ts'

export const privacyServer = {
  'privacy.keeps-tokens-private': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Shows the push tokens of an account to nobody else.',
    why: 'Whoever has the token of a phone can wake it at will, and can tell which accounts are on one phone.',
    sources: [relay('chatmaild/metadata.py'), rfc(5464, '4.1')],
    covers: ['META-13'],
    fix: {
      'postfix-dovecot': 'mail_attribute_dict by user: file:%h/dovecot-attributes, not one file for all.',
      relay: 'See journalctl -u chatmail-metadata.',
      any: 'Keep /private entries under the account that set them.',
    },
  },
  'privacy.vrfy-tells-nothing': {
    level: 'should',
    basis: 'standard',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Answers VRFY for an address that exists as for one that does not.',
    why: 'Otherwise anybody can find out who has an account.',
    sources: [rfc(5321, '7.3'), relay('tests/online/test_0_login.py: no_vrfy')],
    fix: {
      'postfix-dovecot': 'disable_vrfy_command = yes in /etc/postfix/main.cf.',
      relay: 'local_recipient_maps = (empty) in main.cf, as cmdeploy writes it.',
      any: 'Answer every VRFY with 252, or with 502.',
    },
  },
  'privacy.internal-ports-closed': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Answers strangers at none of the ports by which its own parts talk to each other.',
    why: 'There, mail is taken without login, encryption and sender checks.',
    sources: [relay('chatmaild/config.py: ports of filtermail and of reinjection')],
    covers: ['NET-2'],
    fix: {
      relay: 'Bind 10025, 10026 and 10080 to 10083 to 127.0.0.1, as cmdeploy does, and close them in the firewall.',
      any: 'Bind internal services to the loopback address.',
    },
  },
  'privacy.shows-no-metrics': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Shows no metrics to the public.',
    why: 'How many accounts and messages there are, minute by minute, lets others see when somebody joins or writes.',
    sources: [relay('CHANGELOG.md 1.10.0: page removed')],
    covers: ['WEB-8'],
    fix: { any: 'Let only your own monitoring reach /metrics.' },
  },
  'privacy.tells-no-software-version': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Tells no version of its software in HTTP headers.',
    why: 'It helps nobody but those who look for servers with a known hole.',
    sources: [relay('cmdeploy/nginx/nginx.conf.j2: server_tokens off'), rfc(9110, '10.2.4')],
    covers: ['WEB-6'],
    fix: {
      relay: 'server_tokens off; in nginx.conf.',
      any: 'server_tokens off (nginx), ServerTokens Prod (Apache); drop X-Powered-By.',
    },
  },
} as const satisfies Record<string, Requirement>
