// Defects about who gets a message, and who hears that somebody could not.
import type { Defect } from '../types.ts'

export const recipientDefects = {
  'reaches-first-recipient': {
    violates: 'delivery.reaches-every-recipient',
    title: 'delivers to the first recipient only',
    alsoFails: [
      'delivery/delivers-to-self',
      'delivery/takes-pipelined-commands',
      'federation/reaches-every-recipient',
      'federation/spares-other-recipients',
    ],
    behaviour: { delivery: { recipients: 'first' } },
  },
  'reaches-last-recipient': {
    violates: 'delivery.reaches-every-recipient',
    title: 'delivers to the last recipient only',
    alsoFails: ['delivery/takes-pipelined-commands', 'federation/reaches-every-recipient'],
    behaviour: { delivery: { recipients: 'last' } },
  },
  'reaches-five-recipients': {
    violates: 'delivery.reaches-every-recipient',
    title: 'delivers to the first five recipients only',
    behaviour: { delivery: { recipients: 'first-5' } },
  },
  'reaches-fifty-recipients': {
    violates: 'delivery.reaches-every-recipient',
    title: 'delivers to the first fifty recipients only',
    cost: 'bulk',
    behaviour: { delivery: { recipients: 'first-50' } },
  },
  'loses-self-mail': {
    violates: 'delivery.delivers-to-self',
    title: 'drops what users send to themselves',
    behaviour: { delivery: { selfMail: 'lost' } },
  },
  'loses-self-copy': {
    violates: 'delivery.delivers-to-self',
    title: 'drops the copy to the sender of a message to others',
    behaviour: { delivery: { selfMail: 'only-alone' } },
  },
  'doubles-repeated-recipient': {
    violates: 'delivery.delivers-once-to-repeated-recipient',
    title: 'delivers one copy for every RCPT, to the same recipient too',
    behaviour: { delivery: { duplicatesRepeatedRecipients: true } },
  },
  'drops-known-message-id': {
    violates: 'delivery.delivers-same-message-to-more-recipients',
    title: 'drops messages with a Message-ID that it has delivered before, to whomever',
    behaviour: { delivery: { deduplicatesByMessageId: true } },
  },
  'delivers-to-former-recipients': {
    violates: 'delivery.delivers-same-message-to-more-recipients',
    title: 'delivers a message to the recipients of the one before in its session, too',
    behaviour: { submission: { keepsRecipients: true } },
  },
  'delivers-to-reset-recipients': {
    violates: 'delivery.delivers-same-message-to-more-recipients',
    title: 'delivers a message to recipients that RSET had taken back',
    behaviour: { submission: { rsetKeepsEnvelope: true } },
  },
  'heeds-recipient-case': {
    violates: 'delivery.folds-recipient-case',
    title: 'knows recipients in lower case only',
    behaviour: { delivery: { foldsRecipientCase: false } },
  },
  'drops-plus-addresses': {
    violates: 'delivery.delivers-plus-addresses',
    title: 'accepts mail for user+tag and drops it',
    behaviour: { delivery: { plusAddresses: 'drop' } },
  },
  'drops-mail-for-unknown-users': {
    violates: 'delivery.bounces-unknown-user',
    title: 'accepts mail for users who do not exist and drops it without a word',
    alsoFails: [
      'delivery/bounces-unknown-domain',
      'federation/returns-refused-mail',
      'federation/honours-null-mx',
      'federation/gives-up-in-time',
      'federation/reports-to-other-servers',
    ],
    cost: 'slow',
    behaviour: { delivery: { unknownUser: 'drop' } },
  },
  'bounces-without-name': {
    violates: 'delivery.bounces-unknown-user',
    title: 'does not say in its reports which recipient failed',
    alsoFails: [
      'delivery/bounces-unknown-domain',
      'federation/returns-refused-mail',
      'federation/honours-null-mx',
      'federation/gives-up-in-time',
      'federation/reports-to-other-servers',
    ],
    cost: 'slow',
    behaviour: { delivery: { bounceNamesRecipient: false } },
  },
  'drops-mail-for-unknown-domains': {
    violates: 'delivery.bounces-unknown-domain',
    title: 'keeps mail for domains that do not exist in its queue',
    cost: 'slow',
    behaviour: { delivery: { bounceUnroutable: false } },
  },
  'bounces-as-text': {
    violates: 'delivery.bounces-readably',
    title: 'writes its reports as plain text',
    cost: 'slow',
    behaviour: { delivery: { bounceForm: 'text' } },
  },
  'bounces-from-postmaster': {
    violates: 'delivery.bounces-readably',
    title: 'sends its reports from postmaster',
    cost: 'slow',
    behaviour: { delivery: { bounceFrom: 'postmaster@{domain}' } },
  },
  'waits-for-missing-domains': {
    violates: 'delivery.bounces-unknown-domain',
    title: 'tries for days to reach domains that do not exist',
    cost: 'slow',
    behaviour: { outbound: { route: { missingDomain: 'deferred' } } },
  },
} as const satisfies Record<string, Defect>
