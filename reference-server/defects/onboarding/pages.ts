// Defects of the pages for people and of autoconfig.
import type { Defect } from '../types.ts'

export const onboardingPageDefects = {
  'shows-no-invite': {
    violates: 'onboarding.shows-invite-link',
    title: 'has a front page without an invite link',
    behaviour: { web: { invite: null } },
  },
  'has-no-front-page': {
    violates: 'onboarding.shows-invite-link',
    title: 'answers its front page with status 404',
    alsoFails: ['onboarding/shows-invite-qr', 'onboarding/links-privacy-policy'],
    behaviour: { web: { landing: false } },
  },
  'invites-with-slashes': {
    violates: 'onboarding.invites-work-in-apps',
    title: 'links to dcaccount://DOMAIN, which apps fail on',
    behaviour: { web: { invite: 'dcaccount://{domain}' } },
  },
  'redirects-with-slashes': {
    violates: 'onboarding.invites-work-in-apps',
    title: 'redirects GET /new to dcaccount://DOMAIN, which apps fail on',
    behaviour: { web: { new: { redirectTo: 'dcaccount://{domain}' } } },
  },
  'invites-with-path': {
    violates: 'onboarding.invites-work-in-apps',
    title: 'shows a QR code for dcaccount:DOMAIN/new, which apps fail on',
    behaviour: { web: { qr: 'dcaccount:{domain}/new' } },
  },
  'invites-to-other-host': {
    violates: 'onboarding.invites-work-in-apps',
    title: 'still invites to the host that it was copied from',
    behaviour: { web: { invite: 'dcaccount:https://old.example/new', qr: 'dcaccount:https://old.example/new' } },
  },
  'shows-no-qr': {
    violates: 'onboarding.shows-invite-qr',
    title: 'has a front page without a QR code',
    behaviour: { web: { qr: null } },
  },
  'shows-broken-qr': {
    violates: 'onboarding.shows-invite-qr',
    title: 'shows a picture that is none in place of the QR code',
    behaviour: { web: { qrFormat: 'broken' } },
  },
  'shows-qr-of-page': {
    violates: 'onboarding.shows-invite-qr',
    title: 'shows a QR code of its own web address',
    behaviour: { web: { qr: 'https://{domain}/' } },
  },
  'links-no-policy': {
    violates: 'onboarding.links-privacy-policy',
    title: 'has a front page without a link to a privacy policy',
    behaviour: { web: { privacyLink: false } },
  },
  'lost-policy': {
    violates: 'onboarding.links-privacy-policy',
    title: 'links to a privacy policy that is not there',
    behaviour: { web: { privacyPage: false } },
  },
  'serves-no-autoconfig': {
    violates: 'onboarding.serves-autoconfig',
    title: 'serves no autoconfig document',
    behaviour: { web: { autoconfig: { served: false } } },
  },
  'breaks-autoconfig': {
    violates: 'onboarding.serves-autoconfig',
    title: 'serves an autoconfig document that is not well-formed',
    behaviour: { web: { autoconfig: { wellFormed: false } } },
  },
  'lists-imap-only': {
    violates: 'onboarding.serves-autoconfig',
    title: 'lists no submission server in its autoconfig document',
    behaviour: { web: { autoconfig: { services: ['imaps', 'imap'] } } },
  },
  'lists-dead-server': {
    violates: 'onboarding.autoconfig-endpoints-work',
    title: 'lists a server at which nobody answers',
    behaviour: { web: { autoconfig: { listsDeadEndpoint: true } } },
  },
  'lists-unknown-name': {
    violates: 'onboarding.autoconfig-endpoints-work',
    title: 'lists servers under a name that does not exist',
    behaviour: { web: { autoconfig: { hostname: 'mail.{domain}' } } },
  },
  'lists-name-without-certificate': {
    violates: 'onboarding.autoconfig-endpoints-work',
    title: 'lists servers under a name that their certificate does not have',
    alsoFails: ['transport/has-no-dead-mail-names'],
    behaviour: { web: { autoconfig: { hostname: 'mail.{domain}' } }, zone: { aliases: ['www', 'mta-sts', 'mail'] } },
  },
  'swaps-tls-modes': {
    violates: 'onboarding.autoconfig-endpoints-work',
    title: 'lists SSL where STARTTLS is spoken, and the other way round',
    behaviour: { web: { autoconfig: { swapsSecurity: true } } },
  },
  'lists-local-parts': {
    violates: 'onboarding.autoconfig-endpoints-work',
    title: 'tells mail programs to log in with the name before the @ only',
    behaviour: { web: { autoconfig: { username: '%EMAILLOCALPART%' } } },
  },
} as const satisfies Record<string, Defect>
