// Delta Chat on a server: getting in, by each form that invites take, and getting to know each other.
import type { Requirement } from '../types.ts'

const core = { title: 'chatmail/core, src/qr/dclogin_scheme.rs and src/configure.rs' }

export const joining = {
  'deltachat.onboards-by-name': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Lets Delta Chat in that knows the name of the server only and invents address and password itself.',
    why: 'Since 2025 the invite dcaccount:HOST is the shortest way to an account: no request to /new, just logins over IMAP and SMTP at the same moment. A server that stumbles over that race, or over long passwords, shows new users an error.',
    sources: [core, { title: 'chatmail/relay, doc: accounts are created at first login' }],
    fix: {
      any: 'Create the account at its first login on whichever protocol comes first, let the other one in with the same password, and put no limit under 50 characters on passwords.',
      relay: 'journalctl -u doveauth, around the time of the run.',
    },
  },
  'deltachat.onboards-by-link': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Answers the POST of Delta Chat to https://HOST/new with an account that it can use.',
    why: 'It is what the QR code on the page of the server leads to. The request has an empty body and no content type, and releases up to 2.58 write the whole URL into its first line.',
    sources: [core, { title: 'RFC 9112, section 3.2.2', url: 'https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2' }],
    fix: {
      any: 'Let the web server take the absolute form of the request target, an empty body, and no Content-Type at /new.',
      relay: 'Compare /etc/nginx/nginx.conf with the one of chatmail/relay, location /new.',
    },
  },
  'deltachat.onboards-by-login': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Lets Delta Chat in with an address and a password.',
    why: 'A second device, a new phone, or an account that somebody else made: all of them log in, set up compression where it is announced, and go into IDLE.',
    sources: [core, { title: 'chatmail/core, src/imap.rs' }],
    fix: {
      any: 'Log in with Delta Chat and read the text of the error; the server log of that second says the rest. Announce nothing, COMPRESS=DEFLATE above all, that does not work.',
    },
  },
  'deltachat.onboards-in-seconds': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'speed',
    promise: 'convenience',
    text: 'Has Delta Chat ready to chat within 5 seconds of the scan.',
    why: 'Onboarding is promised to take seconds. Delta Chat logs in four times for it, so that each slow login counts twice.',
    sources: [{ title: 'chatmail.at: instant onboarding' }, core],
    fix: {
      any: 'Measure one login over IMAP and one over SMTP by hand; hashing, a delay after login, or DNS look-ups of the client address make them slow.',
    },
  },
  'deltachat.joins-securely': {
    level: 'must',
    basis: 'client-relies',
    impact: 'security',
    promise: 'security',
    text: 'Carries the handshake by which two users verify each other (securejoin).',
    why: 'Contacts start with a QR code. Its first two messages are encrypted with a shared secret alone and have no Chat-Version header; a filter that wants either keeps all new contacts apart.',
    sources: [
      { title: 'SecureJoin protocols', url: 'https://securejoin.delta.chat' },
      { title: 'chatmail/core, src/securejoin.rs' },
    ],
    fix: {
      any: 'Let the filter accept SKESK packets before the encrypted data, and demand no header but Content-Type.',
      relay: 'Update filtermail: releases of before 2025 know fewer packets.',
    },
  },
} as const satisfies Record<string, Requirement>
