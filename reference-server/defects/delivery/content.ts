// Defects about what of a message changes on its way.
import type { Defect } from '../types.ts'

const longLines = 'delivery/keeps-long-lines'
const large = ['delivery/delivers-message-of-1-mb', 'delivery/delivers-message-of-5-mb']
const odd = {
  lines998: 'delivery/keeps-text-line-of-998',
  all: [
    'delivery/keeps-lone-dots',
    'delivery/keeps-leading-dots',
    'delivery/keeps-text-line-of-998',
    'delivery/keeps-8-bit-text',
    'delivery/keeps-from-lines',
    'delivery/keeps-trailing-spaces',
    'delivery/keeps-blank-lines',
    'delivery/keeps-text-like-headers',
    'delivery/keeps-control-characters',
  ],
} as const

export const contentDefects = {
  'converts-line-ends': {
    violates: 'delivery.keeps-bytes',
    title: 'gives out messages with bare LF as line end',
    alsoFails: [longLines, ...large, ...odd.all, 'federation/delivers-elsewhere', 'federation/signs-mail'],
    behaviour: { delivery: { lineEnds: 'lf' } },
  },
  'encodes-equals-signs': {
    violates: 'delivery.keeps-bytes',
    title: 'changes bodies to quoted-printable without saying so',
    alsoFails: [
      longLines,
      ...large,
      'federation/delivers-large-messages',
      'delivery/delivers-plus-addresses',
      'delivery/keeps-date',
      'delivery/keeps-control-characters',
      'federation/delivers-elsewhere',
    ],
    behaviour: { delivery: { encodesEqualsSigns: true } },
  },
  'cuts-off-bodies': {
    violates: 'delivery.keeps-bytes',
    title: 'loses what is beyond 5000 octets of a body',
    alsoFails: [longLines, ...large],
    behaviour: { delivery: { truncatesAtBytes: 5_000 } },
  },
  'folds-at-76': {
    violates: 'delivery.keeps-long-lines',
    title: 'breaks lines of more than 76 octets',
    alsoFails: [odd.lines998, 'delivery/keeps-control-characters'],
    behaviour: { delivery: { foldsLinesAt: 76 } },
  },
  'folds-at-990': {
    violates: 'delivery.keeps-odd-octets',
    title: 'breaks lines of more than 990 octets, for which there are 998',
    alsoFails: [longLines],
    behaviour: { delivery: { foldsLinesAt: 990 } },
  },
  'leaves-dots-stuffed': {
    violates: 'delivery.keeps-odd-octets',
    title: 'does not undo dot-stuffing',
    behaviour: { delivery: { dotUnstuffing: 'missing' } },
  },
  'strips-all-dots': {
    violates: 'delivery.keeps-odd-octets',
    title: 'takes all dots off the beginning of a line',
    behaviour: { delivery: { dotUnstuffing: 'all-dots' } },
  },
  'strips-eighth-bit': {
    violates: 'delivery.keeps-odd-octets',
    title: 'replaces octets above 127 by question marks',
    behaviour: { delivery: { strips8Bit: true } },
  },
  'escapes-from-lines': {
    violates: 'delivery.keeps-odd-octets',
    title: 'stores mail in mbox files and shows their escapes',
    behaviour: { delivery: { fromLines: 'escaped' } },
  },
  'trims-line-ends': {
    violates: 'delivery.keeps-odd-octets',
    title: 'trims spaces and tabs at the end of lines',
    behaviour: { delivery: { trimsTrailingWhitespace: true } },
  },
  'joins-blank-lines': {
    violates: 'delivery.keeps-odd-octets',
    title: 'leaves one of several empty lines',
    behaviour: { delivery: { joinsBlankLines: true } },
  },
  'cleans-text-like-headers': {
    violates: 'delivery.keeps-odd-octets',
    title: 'removes lines of the body that look like header fields',
    alsoFails: ['delivery/keeps-part-headers'],
    behaviour: { delivery: { cleansPartHeaders: 'every-line' } },
  },
  'drops-control-characters': {
    violates: 'delivery.keeps-odd-octets',
    title: 'removes control characters',
    behaviour: { delivery: { dropsControlCharacters: true } },
  },
  'lowers-message-id': {
    violates: 'delivery.keeps-message-id',
    title: 'writes Message-IDs in lower case',
    behaviour: { delivery: { messageId: 'lower-case' } },
  },
  'shortens-message-id': {
    violates: 'delivery.keeps-message-id',
    title: 'has a database column for 64 octets of Message-ID',
    behaviour: { delivery: { messageId: 'shortened' } },
  },
  'replaces-date': {
    violates: 'delivery.keeps-date',
    title: 'puts the time of arrival into the Date of a message',
    behaviour: { delivery: { date: 'replaced' } },
  },
  'fills-to-from-envelope': {
    violates: 'delivery.keeps-recipients-hidden',
    title: 'writes the recipients of the envelope into To',
    alsoFails: ['privacy/hides-other-recipients'],
    behaviour: { delivery: { to: 'envelope' } },
  },
  'drops-chat-version': {
    violates: 'delivery.keeps-headers',
    title: 'removes header fields that it does not know, Chat-Version among them',
    behaviour: { delivery: { dropsHeaders: ['chat-version'] } },
  },
  'drops-post-message-mark': {
    violates: 'delivery.keeps-headers',
    title: 'removes the mark of large messages that follow a small one',
    behaviour: { delivery: { dropsHeaders: ['chat-is-post-message'] } },
  },
  'lowers-content-type': {
    violates: 'delivery.keeps-headers',
    title: 'writes Content-Type in lower case, with the boundary in it',
    behaviour: { delivery: { contentTypeCase: 'lower' } },
  },
  'drops-large-messages': {
    violates: 'delivery.delivers-large-messages',
    title: 'has a mail store that takes no more than 500 kB, and loses what is larger',
    alsoFails: ['delivery/delivers-message-of-5-mb', 'federation/delivers-large-messages'],
    behaviour: { limits: { silentlyDropsOverBytes: 500_000 } },
  },
  'cuts-off-large-messages': {
    violates: 'delivery.delivers-large-messages',
    title: 'loses what is beyond 900 kB of a message',
    alsoFails: ['delivery/delivers-message-of-5-mb', 'federation/delivers-large-messages'],
    behaviour: { delivery: { truncatesAtBytes: 900_000 } },
  },
  'drops-very-large-messages': {
    violates: 'delivery.delivers-very-large-messages',
    title: 'has a mail store that takes no more than 3 MB, and loses what is larger',
    alsoFails: ['federation/delivers-large-messages'],
    behaviour: { limits: { silentlyDropsOverBytes: 3_000_000 } },
  },
  'drops-largest-messages': {
    violates: 'delivery.delivers-very-large-messages',
    title: 'says that it takes 30 MiB, and loses what is over 10 MB',
    cost: 'bulk',
    behaviour: { limits: { silentlyDropsOverBytes: 10_000_000 } },
  },
  'cleans-headers-of-parts': {
    violates: 'delivery.keeps-part-headers',
    title: 'removes header fields of parts as it does those of the message, as relays before 1.12',
    behaviour: { delivery: { cleansPartHeaders: 'parts' } },
  },
} as const satisfies Record<string, Defect>
