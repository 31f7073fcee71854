import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MailLog } from './mail-log.ts'

const ours = '<c1a2@chat.example>'
const theirs = '<secret@chat.example>'

function read(lines: readonly string[], ...expected: readonly string[]) {
  const log = new MailLog()
  for (const id of expected) log.expect(id)
  const told = lines.filter((line) => log.read(line))
  return { log, told }
}

/** As Debian's Postfix 3.7 and Dovecot 2.3 write them; somebody else's message in between. */
const lines = [
  'Nov 26 01:27:12 mx postfix/submissions/smtpd[28462]: 7C51898C109: client=unknown[127.0.0.1], sasl_method=PLAIN, sasl_username=alice@chat.example',
  `Nov 26 01:27:12 mx postfix/cleanup[28469]: 7C51898C109: message-id=${ours}`,
  `Nov 26 01:27:12 mx postfix/cleanup[28470]: 8C51898C10A: message-id=${theirs}`,
  'Nov 26 01:27:12 mx postfix/qmgr[23747]: 7C51898C109: from=<alice@chat.example>, size=294, nrcpt=1 (queue active)',
  'Nov 26 01:27:12 mx postfix/smtp[28480]: 8C51898C10A: to=<carol@other.example>, relay=other.example[192.0.2.7]:25, delay=3, delays=0.01/0/1/2, dsn=2.0.0, status=sent (250 Ok)',
  'Nov 26 01:27:12 mx postfix/lmtp[28470]: 7C51898C109: to=<bob@chat.example>, relay=chat.example[private/dovecot-lmtp], delay=0.16, delays=0.03/0.04/0.06/0.035, dsn=2.0.0, status=sent (250 2.0.0 <bob@chat.example> RFYX Saved)',
  `Nov 26 01:27:12 mx dovecot: lmtp(bob@chat.example)<28471><RFYXJP>: msgid=${ours}: saved mail to INBOX`,
  `Nov 26 01:27:12 mx dovecot: lmtp(carol@chat.example)<28471><RFYXJP>: msgid=${theirs}: saved mail to INBOX`,
  'Nov 26 01:27:12 mx postfix/qmgr[23747]: 7C51898C109: removed',
]

describe('the log of a mail server', () => {
  it('gives the delays of our message and where it was stored, and nothing of anybody else', () => {
    const { log, told } = read(lines, ours)
    expect(log.entries(ours)).toEqual([
      {
        source: 'postfix',
        program: 'postfix/lmtp',
        text: 'sent to chat.example[private/dovecot-lmtp] (7C51898C109)',
        delays: [30, 40, 60, 35],
      },
      { source: 'dovecot', program: 'dovecot lmtp', text: 'saved mail to INBOX' },
    ])
    expect([told.length, log.entries(theirs)]).toEqual([2, []])
    expect(JSON.stringify(log.entries(ours))).not.toMatch(/secret|carol|other\.example/)
  })

  it('follows a message that is handed on under another queue id', () => {
    const { log } = read(
      [
        `2026-11-26T01:27:12.100000+00:00 mx postfix/cleanup[1]: 4cVb2N1yZz1: message-id=${ours}`,
        '2026-11-26T01:27:12.140500+00:00 mx postfix/smtp[2]: 4cVb2N1yZz1: to=<b@x.example>, relay=127.0.0.1[127.0.0.1]:10080, delay=0.04, delays=0.01/0/0/0.03, dsn=2.0.0, status=sent (250 OK)',
        `2026-11-26T01:27:12.150000+00:00 mx postfix/cleanup[1]: 4cVb2P2zZz2: message-id=${ours}`,
        '2026-11-26T01:27:12.190000+00:00 mx postfix-out/lmtp[3]: 4cVb2P2zZz2: to=<b@x.example>, relay=x.example[private/lmtp], delay=0.04, delays=0.01/0/0/0.03, dsn=2.0.0, status=sent (250 OK)',
      ],
      ours,
    )
    expect(log.entries(ours).map(({ program, after }) => [program, after])).toEqual([
      ['postfix/smtp', 40.5],
      ['postfix-out/lmtp', 90],
    ])
  })

  it('reads the journal, files of Dovecot, lines with a priority, and Sieve', () => {
    const variants = [
      `Nov 26 23:59:59.900000 mx dovecot[7]: lmtp(b@x.example)<1><a>: msgid=${ours}: saved mail to INBOX`,
      `Nov 26 01:27:12 lmtp(b@x.example)<28471><RFYX>: Info: msgid=${ours}: saved mail to INBOX`,
      `<22>Nov 26 01:27:12 mx dovecot: lda(b@x.example)<1><a>: sieve: msgid=${ours}: stored mail into mailbox 'INBOX'`,
    ]
    for (const line of variants) {
      const { log } = read([line], ours)
      expect(log.entries(ours), line).toMatchObject([{ source: 'dovecot', text: /mail (to|into mailbox '?)/ }])
    }
  })

  it('counts over midnight, and no time before the first line', () => {
    const at = (time: string) =>
      `Nov 26 ${time} mx dovecot: lmtp(b@x.example)<1><a>: msgid=${ours}: saved mail to INBOX`
    const { log } = read([at('23:59:59.990000'), at('00:00:00.010000'), at('23:59:59.980000')], ours)
    expect(log.entries(ours).map(({ after }) => after)).toEqual([0, 20, 0])
  })

  it('forgets a queue id that Postfix has removed, since it gives them out again', () => {
    const delivered = lines[5] ?? ''
    expect(read([...lines, delivered.replace('bob', 'mallory')], ours).log.entries(ours)).toHaveLength(2)
  })

  it('tells nothing of lines without a message of ours, whatever they are', () => {
    const word = fc.constantFrom(
      ...lines.flatMap((line) => line.split(' ')),
      ours,
      theirs,
      `msgid=${ours}x`,
      'message-id=<>',
      'delays=1/2/3/4',
    )
    const line = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.array(word, { maxLength: 20 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (read_) => {
        const { told } = read(read_)
        expect(told).toEqual([])
      }),
    )
  })

  it('gives exactly the delays that were written, in every form of time stamp', () => {
    const figure = fc.integer({ min: 0, max: 99_999 }).map((n) => n / 1_000)
    const time = fc.constantFrom(
      'Nov  6 01:02:03 mx',
      'Nov 06 01:02:03.123456 mx',
      '2026-11-06T01:02:03.5Z mx',
      '<22>Nov 16 1',
    )
    fc.assert(
      fc.property(fc.tuple(figure, figure, figure, figure), time, (delays, prefix) => {
        const { log } = read(
          [
            `${prefix} postfix/cleanup[1]: ABCDEF01: message-id=${ours}`,
            `${prefix} postfix/smtp[1]: ABCDEF01: to=<b@x.example>, relay=none, delay=1, delays=${delays.join('/')}, dsn=4.4.1, status=deferred (x)`,
          ],
          ours,
        )
        const [entry] = log.entries(ours)
        expect(entry?.delays?.map((ms) => ms / 1_000)).toEqual(delays)
        expect(entry?.text).toBe('deferred to none (ABCDEF01)')
      }),
    )
  })

  it('throws away a line without end', () => {
    expect(read([`${lines[6]}${'x'.repeat(10_000)}`], ours).told).toEqual([])
  })
})
