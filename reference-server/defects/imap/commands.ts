// Defects about the command language.
import type { Defect } from '../types.ts'

export const imapCommandDefects = {
  'knows-capital-commands-only': {
    violates: 'imap.accepts-lower-case-commands',
    title: 'knows its commands in capital letters only',
    behaviour: { imap: { commands: { names: 'upper-case-only' } } },
  },
  'refuses-repeated-tags': {
    violates: 'imap.allows-repeated-tags',
    title: 'refuses a tag that was used before',
    behaviour: { imap: { commands: { repeatedTags: 'refused' } } },
  },
  'refuses-repeated-tags-when-compressed': {
    violates: 'imap.allows-repeated-tags',
    title: 'refuses a tag of before once the connection is compressed',
    behaviour: { imap: { commands: { repeatedTags: 'refused-when-compressed' } } },
  },
  'drops-pipelined-commands': {
    violates: 'imap.answers-pipelined-commands',
    title: 'reads the first of several commands sent at once only',
    behaviour: { imap: { commands: { pipelining: 'drops-rest' } } },
  },
  'ignores-unknown-commands': {
    violates: 'imap.answers-unknown-command',
    title: 'says nothing to an unknown command',
    behaviour: { imap: { commands: { nonsense: 'silent' } } },
  },
  'waits-on-long-lines': {
    violates: 'imap.survives-long-line',
    title: 'says nothing to a line that is too long',
    cost: 'intrusive',
    behaviour: { imap: { limits: { tooLongLine: 'silent' } } },
  },
  'takes-any-line': {
    violates: 'imap.survives-long-line',
    title: 'takes command lines of any length',
    cost: 'intrusive',
    behaviour: { imap: { limits: { lineBytes: 4_000_000 } } },
  },
  'asks-for-huge-literals': {
    violates: 'imap.survives-huge-literal',
    title: 'asks for a literal of any size before login',
    cost: 'intrusive',
    behaviour: { imap: { limits: { tooLargeLiteral: 'awaited' } } },
  },
  'says-nothing-to-huge-literals': {
    violates: 'imap.survives-huge-literal',
    title: 'says nothing to a literal that is too large',
    cost: 'intrusive',
    behaviour: { imap: { limits: { tooLargeLiteral: 'silent' } } },
  },
  'leaves-without-bye': {
    violates: 'imap.ends-session-on-logout',
    title: 'answers LOGOUT without BYE',
    behaviour: { imap: { logout: { bye: false } } },
  },
  'stays-after-logout': {
    violates: 'imap.ends-session-on-logout',
    title: 'keeps the connection open after LOGOUT',
    behaviour: { imap: { logout: { closes: false } } },
  },
} as const satisfies Record<string, Defect>
