// What a chatmail server owes its users on the web: an invite to follow, a policy to read, settings for mail programs.
import type { Requirement } from '../types.ts'
import { core, relay } from './sources.ts'

const webFolder =
  'Deploy the pages with cmdeploy run; www_folder in chatmail.ini may name another folder or turn them off.'

export const onboardingPages = {
  'onboarding.shows-invite-link': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Shows a link on its front page that opens the app and makes an account.',
    why: 'Who comes by the web needs one click to join.',
    sources: [relay('www/src/index.md')],
    covers: ['WEB-3'],
    fix: { relay: webFolder, any: 'Put a link to dcaccount:https://DOMAIN/new on the front page.' },
  },
  'onboarding.invites-work-in-apps': {
    level: 'should',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Writes the dcaccount: links of its page, QR code and /new redirect in a form that apps can use, for its own domain.',
    why: 'Delta Chat takes dcaccount://DOMAIN for a domain called //DOMAIN and fails; so do forms with a port or a path but no https.',
    sources: [core('dcaccount: forms, tried one by one')],
    covers: ['WEB-3', 'WEB-4', 'NEW-4'],
    fix: { any: 'Write dcaccount:DOMAIN or dcaccount:https://DOMAIN/new.' },
  },
  'onboarding.shows-invite-qr': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Shows the invite as a QR code on its front page that a phone can read.',
    why: 'Who reads the page on a computer joins by pointing the phone at it.',
    sources: [relay('cmdeploy/genqr.py and www/src/index.md')],
    covers: ['WEB-4'],
    fix: { relay: webFolder, any: 'Put a PNG of the invite link on the front page, with a white margin.' },
  },
  'onboarding.links-privacy-policy': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Links from its front page to a privacy policy that can be read.',
    why: 'Users may know who runs the server and what is kept, before they join.',
    sources: [relay('www/src/index.md and privacy.md')],
    covers: ['WEB-3'],
    fix: {
      relay: `${webFolder} Fill in privacy_mail and the other privacy_* settings.`,
      any: 'Link to a privacy page.',
    },
  },
  'onboarding.serves-autoconfig': {
    level: 'should',
    basis: 'client-relies',
    impact: 'speed',
    promise: 'convenience',
    text: 'Serves an autoconfig document that names an IMAP and a submission server.',
    why: 'Without it apps try one name after the other, and ask a third party about the domain.',
    sources: [core('asks /.well-known/autoconfig/mail/config-v1.1.xml'), relay('cmdeploy/nginx/autoconfig.xml.j2')],
    covers: ['ACFG-1'],
    fix: {
      'postfix-dovecot': 'Let the web server give config-v1.1.xml as a file below /.well-known/autoconfig/mail/.',
      relay: 'Deploy nginx anew with cmdeploy run: it serves autoconfig.xml.',
      any: 'Serve config-v1.1.xml under /.well-known/autoconfig/mail/ with an incomingServer and an outgoingServer.',
    },
  },
  'onboarding.autoconfig-endpoints-work': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Lets users log in at every server that its autoconfig document lists.',
    why: 'Apps take the list at its word. A dead entry costs a minute of waiting, a wrong one the sign-up.',
    sources: [core('tries what autoconfig lists'), relay('cmdeploy/nginx/autoconfig.xml.j2')],
    covers: ['ACFG-1'],
    fix: {
      relay:
        'Port 443 must reach IMAP and SMTP by ALPN (stream map in nginx.conf); open the other ports in the firewall.',
      any: 'Take entries off the list whose port, name or TLS mode is wrong.',
    },
  },
} as const satisfies Record<string, Requirement>
