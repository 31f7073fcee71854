// Legal texts that careless servers change on the way. Armour cannot hold them, so they travel in the text part of a setup
// message to oneself (`setupMessage`), where a host takes such.
import { concat, utf8 } from './octets.ts'

export interface OddText {
  readonly why: string
  /** CRLF lines, the last one ended. */
  readonly text: Uint8Array
}

export const oddTexts = {
  'lone-dot': {
    why: 'a line of one dot, which ends DATA when it is not stuffed',
    text: utf8('before\r\n.\r\nafter\r\n'),
  },
  'leading-dots': {
    why: 'lines that begin with dots (RFC 5321, 4.5.2)',
    text: utf8('.one\r\n..two\r\n...three\r\n. \r\n'),
  },
  'line-of-998': {
    why: 'the longest line there may be (RFC 5322, 2.1.1)',
    text: utf8(`${'x'.repeat(998)}\r\nend\r\n`),
  },
  'dot-before-998': {
    why: 'a longest line that dot-stuffing makes longer',
    text: utf8(`.${'x'.repeat(997)}\r\nend\r\n`),
  },
  'utf-8': { why: 'letters beyond ASCII in 8bit', text: utf8('Grüße, привет, 你好\r\n') },
  'from-line': { why: 'a line that mbox files escape', text: utf8('before\r\nFrom here on\r\n>From there\r\n') },
  'trailing-space': { why: 'spaces and tabs at the end of lines', text: utf8('space \r\ntab\t\r\n \r\n') },
  'blank-lines': { why: 'empty lines, at the end too', text: utf8('\r\n\r\nmiddle\r\n\r\n\r\n\r\n') },
  'looks-like-header': {
    why: 'lines that look like header fields',
    text: utf8('Subject: inner\r\nReceived: from x\r\nUser-Agent: y\r\n'),
  },
  'every-character': { why: 'every 7-bit character but NUL, CR and LF', text: everyCharacter() },
} as const satisfies Record<string, OddText>

function everyCharacter(): Uint8Array {
  const octets = Array.from({ length: 127 }, (_, octet) => octet + 1).filter((octet) => octet !== 10 && octet !== 13)
  return concat(Uint8Array.from(octets), '\r\n')
}
