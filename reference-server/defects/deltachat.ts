// Defects that Delta Chat suffers from: what it relies on and other clients may do without, and what its users would notice.
import type { Defect } from './types.ts'

export const deltachatDefects = {
  'limits-passwords-to-thirty': {
    violates: 'deltachat.onboards-by-name',
    title: 'takes no password of more than 30 characters',
    cost: 'slow',
    behaviour: { accounts: { passwordMax: 30 } },
  },
  'wants-origin-form': {
    violates: 'deltachat.onboards-by-link',
    title: 'has a web server that knows requests with a whole URL not',
    cost: 'slow',
    behaviour: { web: { new: { absoluteForm: false } } },
  },
  'announces-compression-and-refuses': {
    violates: 'deltachat.onboards-by-login',
    title: 'announces COMPRESS=DEFLATE and refuses it',
    cost: 'slow',
    behaviour: { imap: { compress: { answer: 'no' } } },
  },
  'thinks-six-seconds-about-a-proposal': {
    violates: 'deltachat.onboards-in-seconds',
    title: 'takes six seconds to answer the POST to /new',
    cost: 'slow',
    behaviour: { web: { new: { delayMs: 6_000 } } },
  },
  'wants-chat-version-of-all': {
    violates: 'deltachat.joins-securely',
    title: 'refuses encrypted mail without a Chat-Version header',
    cost: 'slow',
    behaviour: { encryption: { requiresChatVersion: true } },
  },
  'splits-fetch-replies': {
    violates: 'deltachat.carries-chat',
    title: 'answers FETCH with a reply for each item',
    cost: 'slow',
    behaviour: { imap: { fetch: { items: 'apart' } } },
  },
  'hangs-up-after-each-message': {
    violates: 'deltachat.carries-chat',
    title: 'ends the session after each message, so that the next one waits half a minute',
    cost: 'slow',
    behaviour: { submission: { closesAfterMessages: 1 } },
  },
  'reaches-first-member': {
    violates: 'deltachat.carries-group',
    title: 'delivers to the first recipient only',
    cost: 'slow',
    behaviour: { delivery: { recipients: 'first' } },
  },
  'cuts-files': {
    violates: 'deltachat.carries-files',
    title: 'cuts messages after 60,000 octets',
    cost: 'slow',
    behaviour: { delivery: { truncatesAtBytes: 60_000 } },
  },
  'looks-for-mail-each-second-and-a-half': {
    violates: 'deltachat.arrives-quickly',
    title: 'looks for new mail only every one and a half seconds while a device idles',
    cost: 'slow',
    behaviour: { imap: { idle: { notifyDelayMs: 1_500 } } },
  },
  'drops-copy-to-oneself': {
    violates: 'deltachat.serves-second-device',
    title: 'does not deliver to the sender when there are other recipients',
    cost: 'slow',
    behaviour: { delivery: { selfMail: 'only-alone' } },
  },
  'says-uidnext-one': {
    violates: 'deltachat.delivers-what-waited',
    title: 'says in every SELECT that the next UID is 1',
    cost: 'slow',
    behaviour: { imap: { uids: { uidNext: 'stuck' } } },
  },
  'answers-no-quota': {
    violates: 'deltachat.shows-quota',
    title: 'answers GETQUOTAROOT without a quota',
    cost: 'slow',
    behaviour: { imap: { quota: { answers: 'root-only' } } },
  },
  'names-no-contact': {
    violates: 'deltachat.shows-contact-of-operator',
    title: 'has something in /shared/admin that nobody can write to',
    cost: 'slow',
    behaviour: { imap: { metadata: { overrides: { '/shared/admin': 'the operator' } } } },
  },
  'hangs-up-instead-of-refusing': {
    violates: 'deltachat.shows-refusals',
    title: 'closes the connection instead of refusing a message',
    cost: 'slow',
    behaviour: { submission: { refusesMessagesBy: 'closing' } },
  },
  'fails-over-rate': {
    violates: 'deltachat.defers-over-rate',
    title: 'refuses for good what is sent too fast',
    cost: 'slow',
    behaviour: { limits: { rateReply: '550 5.7.1 Too much mail from <{sender}>' } },
  },
} as const satisfies Record<string, Defect>
