// Defects about who may send as whom, and about logins for sending.
import type { Defect } from './types.ts'

export const senderDefects = {
  'runs-injected-smtp-commands': {
    violates: 'sender.discards-commands-injected-before-tls',
    title: 'runs inside TLS what came in the clear behind STARTTLS on port 587',
    cost: 'intrusive',
    behaviour: { submission: { carriesPlaintextOver: true } },
  },
  'ignores-envelope-sender': {
    violates: 'sender.envelope-is-login',
    title: 'takes any envelope sender from whoever logs in',
    behaviour: { submission: { envelopeMustMatchLogin: false } },
  },
  'allows-neighbours-as-sender': {
    violates: 'sender.envelope-is-login',
    title: 'takes every envelope sender of its own domain',
    behaviour: { submission: { allowsDomainMates: true } },
  },
  'takes-null-sender': {
    violates: 'sender.refuses-null-sender',
    title: 'takes the null sender from users',
    behaviour: { submission: { refusesNullSender: false } },
  },
  'repairs-malformed-sender': {
    violates: 'sender.refuses-malformed-sender',
    title: 'takes an envelope sender that is no address for the login',
    behaviour: { submission: { repairsMalformedSender: true } },
  },
  'ignores-from-header': {
    violates: 'sender.from-is-own',
    title: 'does not look at the From header',
    alsoFails: [
      'sender/refuses-no-from',
      'sender/refuses-first-from-foreign',
      'sender/refuses-first-mailbox-foreign',
      'sender/refuses-no-address',
      'sender/refuses-display-name-own',
      'sender/refuses-comment-own',
      'sender/refuses-sender-own',
    ],
    behaviour: { submission: { headerFrom: 'unchecked' } },
  },
  'allows-neighbours-in-from': {
    violates: 'sender.from-is-own',
    title: 'takes every From of the own domain',
    alsoFails: ['sender/refuses-display-name-own', 'sender/refuses-comment-own', 'sender/refuses-sender-own'],
    behaviour: { submission: { headerFrom: 'same-domain' } },
  },
  'delivers-forged-mail': {
    violates: 'sender.from-is-own',
    title: 'answers 500 to a forged From and delivers all the same',
    alsoFails: [
      'sender/refuses-no-from',
      'sender/refuses-first-from-foreign',
      'sender/refuses-first-mailbox-foreign',
      'sender/refuses-no-address',
      'sender/refuses-display-name-own',
      'sender/refuses-comment-own',
      'sender/refuses-sender-own',
    ],
    behaviour: { submission: { deliversRefused: true, deliversRefusedFor: ['from'] } },
  },
  'takes-from-without-address': {
    violates: 'sender.requires-address-in-from',
    title: 'takes a From header that holds a name and no address',
    behaviour: { submission: { addresslessFrom: 'accept' } },
  },
  'searches-from-for-login': {
    violates: 'sender.from-is-the-address',
    title: 'searches the From header for the login',
    alsoFails: ['sender/refuses-first-mailbox-foreign'],
    behaviour: { submission: { headerFrom: 'substring' } },
  },
  'reads-first-address-in-from': {
    violates: 'sender.from-is-the-address',
    title: 'takes the first thing in From that looks like an address, be it in the name',
    behaviour: { submission: { headerFrom: 'display-name' } },
  },
  'trusts-sender-header': {
    violates: 'sender.from-is-the-address',
    title: 'takes any From beside a Sender header that is the login',
    behaviour: { submission: { trustsSenderHeader: true } },
  },
  'reads-last-from': {
    violates: 'sender.first-from-decides',
    title: 'judges the last of several From headers',
    behaviour: { submission: { headerFrom: 'last' } },
  },
  'reads-any-mailbox': {
    violates: 'sender.first-mailbox-decides',
    title: 'is content when any mailbox in From is the own',
    alsoFails: ['sender/refuses-first-from-foreign'],
    behaviour: { submission: { headerFrom: 'any' } },
  },
  'takes-mail-without-from': {
    violates: 'sender.requires-from',
    title: 'takes mail without a From header',
    behaviour: { submission: { missingFrom: 'accept' } },
  },
  'compares-from-with-case': {
    violates: 'sender.accepts-own-from',
    title: 'takes the own address in capitals for another one',
    behaviour: { submission: { headerFromFoldsCase: false } },
  },
  'compares-whole-from': {
    violates: 'sender.accepts-own-from',
    title: 'compares the whole From header with the login, name and all',
    alsoFails: ['encryption/accepts-thunderbird-like'],
    behaviour: { submission: { headerFrom: 'bare' } },
  },
  'refuses-second-from': {
    violates: 'sender.unusual-from',
    title: 'refuses two From headers, whatever they say',
    behaviour: { submission: { twoFroms: 'refuse' } },
  },
  'refuses-groups-in-from': {
    violates: 'sender.unusual-from',
    title: 'refuses groups and several mailboxes in From',
    behaviour: { submission: { headerFrom: 'single-mailbox' } },
  },
  'keeps-bcc': {
    violates: 'sender.bcc-header',
    title: 'leaves a Bcc header in the message',
    behaviour: { privacy: { keepsBcc: true } },
  },
  'needs-no-login': {
    violates: 'sender.requires-login',
    title: 'takes mail from anybody without a login',
    behaviour: { submission: { requiresAuth: false } },
  },
  'checks-senders-on-465-only': {
    violates: 'sender.from-is-own',
    title: 'checks on port 465 who the sender is, and not on 587',
    alsoFails: ['sender/refuses-envelope-of-other-user-over-starttls'],
    behaviour: { submission: { checksSenderAfterStartTls: false } },
  },
  'needs-no-tls': {
    violates: 'sender.requires-tls',
    title: 'takes mail on port 587 in clear and without a login',
    alsoFails: ['sender/refuses-mail-without-login', 'sender/refuses-login-before-tls'],
    behaviour: { submission: { requiresTls: false, requiresAuth: false } },
  },
  'announces-login-in-clear': {
    violates: 'sender.hides-login-before-tls',
    title: 'announces AUTH before STARTTLS',
    behaviour: { submission: { announcesAuthBeforeTls: true } },
  },
  'takes-login-in-clear': {
    violates: 'sender.refuses-login-before-tls',
    title: 'lets users log in before STARTTLS',
    behaviour: { submission: { acceptsAuthBeforeTls: true } },
  },
  'has-no-starttls': {
    violates: 'sender.serves-starttls',
    title: 'does not offer STARTTLS on port 587',
    alsoFails: ['onboarding/autoconfig-endpoints-work', 'delivery/delivers-over-starttls'],
    behaviour: { submission: { offersStartTls: false } },
  },
  'offers-no-plain-login': {
    violates: 'sender.offers-plain-login',
    title: 'announces AUTH LOGIN alone',
    behaviour: { submission: { mechanisms: ['LOGIN'], worksWith: ['PLAIN', 'LOGIN'] } },
  },
  'announces-broken-login': {
    violates: 'sender.offers-working-logins',
    title: 'announces AUTH LOGIN, which lets nobody in',
    behaviour: { submission: { mechanisms: ['PLAIN', 'LOGIN'] } },
  },
  'offers-login-twice': {
    violates: 'sender.login-mechanisms',
    title: 'offers AUTH LOGIN beside PLAIN',
    behaviour: { submission: { mechanisms: ['PLAIN', 'LOGIN'], worksWith: ['PLAIN', 'LOGIN'] } },
  },
  'refuses-address-literal': {
    violates: 'sender.accepts-address-literal',
    title: 'refuses address literals in EHLO',
    alsoFails: [
      'encryption/accepts-pkesk-v6-seipd-v2',
      'delivery/folds-recipient-case',
      'delivery/delivers-message-of-1-mb',
      'delivery/delivers-message-of-5-mb',
      'delivery/accepts-client-parameters',
      'delivery/accepts-offered-parameters',
      'delivery/delivers-over-starttls',
      'delivery/takes-pipelined-commands',
      'delivery/stays-usable-after-refusal',
      'delivery/accepts-burst-of-ten',
    ],
    behaviour: { submission: { refusesLiteralName: true } },
  },
} as const satisfies Record<string, Defect>
