// The readers of server bytes that need no socket. Used by targets.ts.

import { hasScript, imagesOf, linksOf, loadedBy, loadedByCss } from '../../harness/check/html.ts'
import { KnownFailingError, parseKnownFailing } from '../../harness/check/known-failing.ts'
import type { HttpResponse } from '../../harness/clients/http.ts'
import type { ImapReply } from '../../harness/clients/imap.ts'
import * as imap from '../../harness/clients/imap-answers.ts'
import { claims } from '../../harness/clients/imap-claims.ts'
import { Transcript } from '../../harness/clients/transcript.ts'
import { parseAutoconfig } from '../../harness/discovery/autoconfig.ts'
import { parseCheckWishes } from '../../harness/discovery/opt-out.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { readBounce } from '../../harness/mail/bounce.ts'
import { headerFields, messageIdOf, splitMessage } from '../../harness/mail/parse.ts'
import { verifyDkim } from '../../harness/mail/verify-dkim.ts'
import { decodeBase64 } from '../../harness/wire/base64.ts'
import { dotStuff, dotUnstuff } from '../../harness/wire/dot-stuffing.ts'
import { parseDateTime } from '../../harness/wire/imap-command.ts'
import { imapMessage } from '../../harness/wire/imap-message.ts'
import { type ImapResponse, ImapResponseReader } from '../../harness/wire/imap-response.ts'
import { LineReader } from '../../harness/wire/line-reader.ts'
import { Malformed } from '../../harness/wire/malformed.ts'
import { ehloExtensions, SmtpReplyReader } from '../../harness/wire/smtp-reply.ts'
import { readAddress, readChannelData, readError, readStun } from '../../harness/wire/stun.ts'
import { printable, wrap } from '../../reports/plain-text.ts'
import { forPublic } from '../../reports/public/for-public.ts'
import { isAppVersions } from '../../suites/imap/app-versions.ts'
import { describeAnswer, jsonOf } from '../../suites/onboarding/proposal.ts'
import { addressesIn, isLocalAddress } from '../../suites/privacy/addresses.ts'
import { isReportAbout } from '../../suites/reports.ts'
import { absolute, policyLink } from '../../suites/web-pages.ts'
import { sampleResult } from './sample-result.ts'
import * as seeds from './seeds.ts'
import type { Target } from './target.ts'

const latin1 = (input: Uint8Array): string => Buffer.from(input).toString('latin1')
const utf8 = (input: Uint8Array): string => Buffer.from(input).toString('utf8')
const whole = (sessions: readonly string[]): readonly string[] =>
  sessions.map((text) => text.replaceAll(seeds.turn, ''))

const imapWords = [
  '* 1 FETCH (',
  'UID 5',
  'BODY[]',
  '{5}\r\n',
  'NIL',
  '* OK [',
  '* BYE',
  'a1 OK',
  '+ ',
  '\\Seen',
  '(()',
]
const mailWords = ['Content-Type: ', 'multipart/mixed; boundary=b1', '--b1', '--b1--', '=?utf-8?q?', 'message/rfc822']

export const parsers: readonly Target[] = [
  {
    name: 'SMTP replies',
    seeds: whole(seeds.smtpSessions),
    words: ['250-', '250 ', '5.7.1 ', '354', '421 ', 'AUTH=PLAIN'],
    says: [Malformed],
    read(input) {
      const reader = new SmtpReplyReader({ onLine: () => {} })
      for (let at = 0; at < input.length; at += 1_024) {
        reader.push(latin1(input.subarray(at, at + 1_024)))
        for (let reply = reader.next(); reply; reply = reader.next()) ehloExtensions(reply)
      }
    },
  },
  {
    name: 'IMAP responses',
    seeds: whole(seeds.imapSessions),
    words: imapWords,
    says: [Malformed],
    read(input) {
      const reader = new ImapResponseReader({ watcher: { line() {}, literal() {} } })
      const responses: ImapResponse[] = []
      for (let at = 0; at < input.length; at += 1_024) {
        reader.push(input.subarray(at, at + 1_024))
        for (let next = reader.next(); next; next = reader.next()) responses.push(next)
      }
      readAnswers(responses)
    },
  },
  {
    name: 'lines, dots and base64',
    seeds: ['one\r\ntwo\r\n..three\r\n.\r\n', 'dGVzdA==', '01-Mar-2026 12:00:00 +0000'],
    words: ['\r\n.', '\r\n.\r\n', '==', '+0000'],
    says: [Malformed],
    read(input) {
      const reader = new LineReader()
      reader.push(input)
      dotUnstuff(dotStuff(input))
      dotUnstuff(input)
      parseDateTime(latin1(input))
      try {
        decodeBase64(latin1(input))
      } finally {
        for (let line = reader.takeLine(4_096); line !== undefined; line = reader.takeLine(4_096));
      }
    },
  },
  {
    name: 'STUN and TURN packets',
    seeds: seeds.stunPackets,
    words: ['\x21\x12\xa4\x42', '\x01\x01', '\0\x20\0\x08'],
    says: [],
    read(input) {
      readChannelData(input)
      const message = readStun(input)
      for (const value of message?.attributes.values() ?? []) {
        readAddress(value, message?.transaction ?? input)
        readError(value)
      }
    },
  },
  {
    name: 'pages',
    seeds: [seeds.page, '.a { background: url("x") } @import "y.css";'],
    words: [
      '<a href="',
      '</a>',
      '<!--',
      '-->',
      '<script>',
      '</script>',
      'srcset=',
      'url(',
      '@import ',
      '&amp;',
      '<style>',
    ],
    says: [],
    read(input) {
      const html = utf8(input)
      const links = linksOf(html)
      for (const { href } of links) absolute(href, 'https://chat.test/')
      imagesOf(html)
      hasScript(html)
      loadedBy(html)
      loadedByCss(html)
      policyLink({ url: 'https://chat.test/', html, response: undefined as never })
      parseCheckWishes(html)
    },
  },
  {
    name: 'autoconfig',
    seeds: [seeds.autoconfig],
    words: [
      '<incomingServer type="imap">',
      '</',
      '<![CDATA[',
      ']]>',
      '&#x41;',
      '&#9999999;',
      '%EMAILDOMAIN%',
      'xn--',
      '/>',
    ],
    says: [WireError],
    read: (input) => parseAutoconfig(utf8(input), 'chat.test'),
  },
  {
    name: 'JSON of /new, app versions, known failures',
    seeds: [
      '{"email":"abcdefghi@chat.test","password":"hunter22"}',
      '{"clients":[{"clientId":"d","sources":[{"sourceId":"a","versionInteger":1,"versionString":"1","downloadUrl":"https://x"}]}]}',
      'imap/idles  ticket  until=2026-12-31\n',
    ],
    words: ['{"', '"}', '[[', 'null', '__proto__', '\\u0000', 'until='],
    says: [KnownFailingError],
    read(input) {
      const text = utf8(input)
      const json = (): unknown => JSON.parse(text)
      const answer = httpAnswer(text, json)
      jsonOf(answer)
      describeAnswer(answer)
      isAppVersions(text)
      parseKnownFailing(text)
    },
  },
  {
    name: 'delivered mail and reports',
    seeds: [seeds.message],
    words: mailWords,
    says: [],
    async read(input) {
      splitMessage(input)
      headerFields(input)
      messageIdOf(input)
      for (const address of addressesIn(latin1(input))) isLocalAddress(address)
      isReportAbout(input, 'bob@chat.test')
      await readBounce(input)
    },
  },
  {
    name: 'DKIM signatures',
    seeds: [seeds.message],
    words: ['DKIM-Signature: ', 'v=1; ', 'a=ed25519-sha256; ', 'l=0; ', 'h=from', 'b=', 'bh=', 'x=1; ', 'd=.; '],
    says: [],
    share: 40,
    read: (input) => verifyDkim(input, { txt: async () => [seeds.dkimKey], now: 1_772_366_400_000 }),
  },
  {
    name: 'DKIM keys',
    seeds: [seeds.dkimKey],
    words: ['v=DKIM1', 'p=', 'k=ed25519', ';', 't=y:s', 'h=sha1'],
    says: [],
    share: 40,
    read: (input) => verifyDkim(Buffer.from(seeds.message), { txt: async () => [utf8(input)], now: 1_772_366_400_000 }),
  },
  {
    name: 'transcripts and reports',
    seeds: [
      'a1 LOGIN "a" "b"',
      '* METADATA "INBOX" (/private/devicetoken "tok")',
      '554 5.7.1 <p5.isp.example[203.0.113.5]>: 2001:db8::1 rejected ci-abc123@chat.test dclogin:a@b?p=c',
    ],
    words: [
      'AUTH PLAIN ',
      'devicetoken ',
      'deltachat/turn "',
      'set-cookie:',
      '[203.0.113.5]',
      '@chat.test',
      '1.2.3.4',
      '::',
      '"\\',
    ],
    says: [],
    read(input) {
      const text = latin1(input)
      const tap = new Transcript().tap()
      tap.hide('hunter22')
      tap.sent(text)
      tap.received(text)
      tap.receivedLiteral(input)
      tap.sentMessage(input)
      wrap(printable(utf8(input)), 80)
      forPublic(sampleResult(utf8(input)), {
        withholdUntil: '2999-01-01',
        today: '2026-03-01',
        isSecurity: () => false,
      })
    },
  },
]

function httpAnswer(text: string, json: () => unknown): HttpResponse {
  const nothing = { setCookies: [], bytes: new Uint8Array(0), redirects: [], duration: 0 }
  return { ...nothing, status: 200, headers: { location: text }, url: 'https://chat.test/new', text: () => text, json }
}

function readAnswers(responses: readonly ImapResponse[]): void {
  for (const response of responses) {
    for (const verb of ['SELECT', 'FETCH', 'IDLE', 'GETMETADATA', 'UID FETCH']) claims(verb, response)
    if (response.type === 'FETCH') imapMessage(response)
  }
  const reply: ImapReply = { status: 'OK', text: '', untagged: responses }
  imap.selected(reply)
  imap.fetched(responses, true)
  imap.metadata(responses)
  imap.listed(responses)
  imap.statusOf(responses)
  imap.searched(responses)
  imap.quota(responses)
  imap.idFields(responses)
}
