// What the pages of a server must not do to those who read them, and what they should tell.
import type { Requirement } from '../types.ts'
import { relay, rfc } from './sources.ts'

export const privacyPages = {
  'privacy.pages-load-nothing-from-others': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Loads nothing from other hosts with its front page and its privacy policy.',
    why: 'Whatever comes from elsewhere tells others who is about to join; a script from elsewhere can even change the invite.',
    sources: [relay('www/src: all files are served by the host itself')],
    covers: ['WEB-3'],
    fix: { any: 'Copy scripts, fonts, style sheets and pictures to the server itself, or leave them out.' },
  },
  'privacy.pages-set-no-cookies': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Sets no cookies with its front page and its privacy policy.',
    why: 'Nobody has to be recognised in order to read an invite.',
    sources: [relay('cmdeploy/nginx/nginx.conf.j2: static files'), rfc(6265, '7')],
    covers: ['WEB-3'],
    fix: { any: 'Turn off sessions and statistics of the web server or the site generator.' },
  },
  'privacy.turns-search-engines-away': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Asks robots to stay away, in robots.txt.',
    why: 'Servers are found by invitation; being indexed brings abuse rather than users.',
    sources: [relay('www/src/robots.txt'), rfc(9309, '2.2')],
    covers: ['WEB-3'],
    fix: { any: 'Serve /robots.txt with "User-agent: *" and "Disallow: /".' },
  },
  'privacy.policy-names-contact': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Names a mail address or a page to turn to in its privacy policy.',
    why: 'Who wants to know what is kept about them has to know whom to ask.',
    sources: [relay('www/src/privacy.md: privacy_mail')],
    covers: ['WEB-3'],
    fix: {
      relay: 'Set privacy_mail and privacy_postal in chatmail.ini.',
      any: 'Put a mail address on the privacy page.',
    },
  },
  'privacy.policy-states-retention': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'retention',
    text: 'States in its privacy policy for how many days mail is kept.',
    why: 'Deletion is a promise only when it is said when. The figure is reported; it may be written in any language.',
    sources: [relay('www/src/privacy.md: delete_mails_after')],
    covers: ['WEB-3'],
    fix: { any: 'Say on the privacy page after how many days mail is deleted.' },
  },
} as const satisfies Record<string, Requirement>
