// Defects of filters that let readable mail pass.
import type { Defect } from '../types.ts'
import { refusedSamples, refusedSamplesBut } from './refused-samples.ts'

export const refusesTooLittle = {
  'accepts-cleartext': {
    violates: 'encryption.refuses-cleartext',
    title: 'accepts every message, encrypted or not',
    alsoFails: [
      ...refusedSamples,
      'encryption/refuses-cleartext-to-self',
      'encryption/refuses-cleartext-to-other-domain',
      'federation/sends-no-cleartext',
      'encryption/refuses-cleartext-to-several',
    ],
    behaviour: { encryption: { enforced: false } },
  },
  'exempts-local-users': {
    violates: 'encryption.refuses-cleartext',
    title: 'lets cleartext pass between its own users, as the relay before 1.6',
    alsoFails: [...refusedSamples, 'encryption/refuses-cleartext-to-self'],
    behaviour: { encryption: { exempt: ['local', 'self'] } },
  },
  'filters-port-465-only': {
    violates: 'encryption.refuses-cleartext',
    title: 'lets cleartext pass on port 587',
    behaviour: { encryption: { unguarded: ['starttls'] } },
  },
  'filters-data-only': {
    violates: 'encryption.refuses-cleartext',
    title: 'lets cleartext pass that comes by BDAT',
    behaviour: { encryption: { unguarded: ['chunking'] } },
  },
  'trusts-sessions-with-encrypted-mail': {
    violates: 'encryption.refuses-cleartext',
    title: 'judges a session no more once it has brought an encrypted message',
    behaviour: { encryption: { unguarded: ['behind-encrypted'] } },
  },
  'skips-large-messages': {
    violates: 'encryption.refuses-cleartext',
    title: 'does not look at messages over 500 kB',
    behaviour: { encryption: { skipsOverBytes: 500_000 } },
  },
  'trusts-subject': {
    violates: 'encryption.refuses-ordinary-mail',
    title: 'takes every message with the subject [...] for encrypted',
    alsoFails: [...refusedSamplesBut('armour-in-text-plain', 'setup-message-to-others', 'securejoin-header-only')],
    behaviour: { encryption: { looksAt: 'subject' } },
  },
  'exempts-self': {
    violates: 'encryption.refuses-cleartext-to-oneself',
    title: 'lets cleartext to oneself pass',
    behaviour: { encryption: { exempt: ['self'] } },
  },
  'exempts-other-domains': {
    violates: 'encryption.refuses-cleartext-to-others-domains',
    title: 'lets cleartext to other domains pass',
    behaviour: { encryption: { exempt: ['foreign'] } },
  },
  'exempts-several-recipients': {
    violates: 'encryption.refuses-cleartext-to-several',
    title: 'lets cleartext to several recipients pass',
    behaviour: { encryption: { exempt: ['several'] } },
  },
  'judges-last-recipient-only': {
    violates: 'encryption.refuses-cleartext-to-several',
    title: 'lets cleartext pass when the last recipient is at another domain',
    alsoFails: ['encryption/refuses-cleartext-to-other-domain', 'federation/sends-no-cleartext'],
    behaviour: { encryption: { exempt: ['foreign'], judgedRecipients: 'last' } },
  },
  'refuses-then-delivers': {
    violates: 'encryption.delivers-nothing-refused',
    title: 'answers 523 and delivers all the same',
    alsoFails: [
      'encryption/refuses-cleartext-by-every-way',
      ...refusedSamples,
      'encryption/refuses-cleartext',
      'encryption/refuses-cleartext-to-self',
      'encryption/refuses-cleartext-to-other-domain',
      'federation/sends-no-cleartext',
      'encryption/refuses-cleartext-to-several',
      'delivery/stays-usable-after-refusal',
    ],
    behaviour: { submission: { deliversRefused: true, deliversRefusedFor: ['encryption'] } },
  },
  'refuses-temporarily': {
    violates: 'encryption.refuses-for-good',
    title: 'answers cleartext with 451, as when its filter is down',
    behaviour: { encryption: { reply: '451 4.7.1 Encryption needed, try again later' } },
  },
  'lets-html-pass': {
    violates: 'encryption.refuses-ordinary-mail',
    title: 'looks only at plain text: HTML with an alternative passes',
    behaviour: { encryption: { clearTypes: ['multipart/alternative'] } },
  },
  'lets-signed-mail-pass': {
    violates: 'encryption.refuses-ordinary-mail',
    title: 'takes signed mail for encrypted',
    behaviour: { encryption: { clearTypes: ['multipart/signed'] } },
  },
  'searches-for-armour': {
    violates: 'encryption.refuses-inline-pgp',
    title: 'lets everything pass that has BEGIN PGP MESSAGE somewhere',
    alsoFails: [
      ...refusedSamplesBut(
        'html',
        'large-text',
        'multipart-signed',
        'read-receipt',
        'bounce-by-user',
        'securejoin-other-body',
        'securejoin-more-body',
        'securejoin-header-only',
        'securejoin-extra-attachment',
        'securejoin-later-step',
        'only-in-name',
        'cleartext-octet-stream',
        'second-part-text',
        'public-key-block',
        'gnupg-clear-signed',
        'gnupg-detached-signature',
        'gnupg-public-key',
      ),
    ],
    behaviour: { encryption: { looksAt: 'armour-anywhere' } },
  },
  'lets-receipts-pass': {
    violates: 'encryption.refuses-read-receipts',
    title: 'lets read receipts pass in clear',
    behaviour: { encryption: { allowsReceipts: true } },
  },
  'lets-reports-pass': {
    violates: 'encryption.refuses-reports-of-users',
    title: 'lets delivery reports of users pass in clear',
    behaviour: { encryption: { allowsReports: true } },
  },
  'lets-setup-messages-pass': {
    violates: 'encryption.refuses-setup-messages-to-others',
    title: 'lets Autocrypt Setup Messages to anybody pass',
    behaviour: { encryption: { setupMessage: 'to-anybody' } },
  },
  'trusts-securejoin-header': {
    violates: 'encryption.refuses-fake-securejoin',
    title: 'lets everything pass that has a Secure-Join header',
    behaviour: { encryption: { exempt: ['securejoin-header'] } },
  },
  'ignores-securejoin-body': {
    violates: 'encryption.refuses-fake-securejoin',
    title: 'does not read the text of a securejoin request',
    behaviour: { encryption: { securejoinBodyExact: false } },
  },
  'ignores-securejoin-structure': {
    violates: 'encryption.refuses-fake-securejoin',
    title: 'does not mind further parts in a securejoin request',
    behaviour: { encryption: { securejoinStructureExact: false } },
  },
  'lets-later-securejoin-pass': {
    violates: 'encryption.refuses-fake-securejoin',
    title: 'lets later steps of securejoin pass in clear',
    behaviour: {
      encryption: { securejoinSteps: ['vc-request', 'vg-request', 'vc-request-with-auth', 'vg-request-with-auth'] },
    },
  },
} as const satisfies Record<string, Defect>
