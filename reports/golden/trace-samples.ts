// Traces as they may come, for the golden files of their report.
import { type StageName, stageNames, type Trace, type TracedMessage } from '../../harness/result/trace.ts'

const usual: Readonly<Record<StageName, number>> = {
  tcp: 24.1,
  tls: 27.3,
  greeting: 67.4,
  ehlo: 24.3,
  auth: 31.2,
  mail: 24.6,
  rcpt: 25.9,
  data: 24.4,
  body: 38.2,
  notify: 14.8,
  fetch: 50.1,
}

const setup = ['tcp', 'tls', 'greeting', 'ehlo', 'auth'] as const

function message(number: number, changes: Partial<Record<StageName, number>> = {}, more: Partial<TracedMessage> = {}) {
  const kind = more.kind ?? (number === 1 ? 'cold' : 'warm')
  let at = number * 1_100
  const lay = (names: readonly StageName[], lengths: Partial<Record<StageName, number>>) =>
    names.map((name) => {
      const started = at
      at += lengths[name] ?? usual[name] + ((number * 7) % 5) / 2
      return { name, started, ended: at }
    })
  const reader = kind === 'cold' ? lay(['tcp', 'tls', 'greeting', 'auth'], {}) : []
  const names = stageNames.filter((name) => kind === 'cold' || !setup.some((each) => each === name))
  const came = { arrived: 99, late: names.indexOf('notify'), refused: names.indexOf('rcpt') + 1, broken: 0 }
  const stages = lay(names.slice(0, came[more.outcome ?? 'arrived']), changes)
  const messageId = `<${number}@chat.example>`
  return {
    number,
    messageId,
    kind,
    outcome: 'arrived',
    stages,
    reader,
    waited: 0,
    log: [],
    ...more,
  } satisfies TracedMessage
}

const base: Trace = {
  format: 'chatmail-check/trace/1',
  tool: { name: 'chatmail-check', version: '0.1.0' },
  started: '2026-11-26T08:00:00.000Z',
  complete: true,
  reference: false,
  from: { label: 'chat.example', address: 'a1b2c3d4e@chat.example', roundTrip: 24.1 },
  to: { label: 'chat.example', address: 'f6g7h8i9j@chat.example', roundTrip: 24.1 },
  messages: Array.from({ length: 20 }, (_, at) => message(at + 1, {}, at === 9 ? { kind: 'rested' } : {})),
  diagnosis: {
    slowest: { stage: 'notify', side: 'sender', median: 15.8, longest: 16.8, slow: false },
    advice: [],
  },
  notes: [],
}

export const quick: Trace = base

export const slowFilter: Trace = {
  ...base,
  messages: [1, 2, 3].map((number) =>
    message(
      number,
      { data: 2_031 },
      {
        log: [
          {
            source: 'postfix',
            program: 'postfix/lmtp',
            text: 'sent to chat.example[private/dovecot-lmtp] (7C51898C109)',
            delays: [2_100, 1, 3, 9],
          },
          { source: 'dovecot', program: 'dovecot lmtp', text: 'saved mail to INBOX', after: 14.2 },
        ],
      },
    ),
  ),
  diagnosis: {
    slowest: { stage: 'data', side: 'sender', median: 2_006.9, longest: 2_007, slow: true },
    advice: [
      {
        id: 'slow-data',
        stage: 'data',
        text: 'something is asked between RCPT and the message',
        fix: { any: 'Look at what is called at DATA.', relay: 'systemctl status filtermail', madmail: 'its log' },
      },
    ],
  },
}

/** Everything that can go wrong, between two hosts, stopped by ^C. */
export const troubled: Trace = {
  ...base,
  complete: false,
  to: { label: 'other.example\u001b[2J', address: 'x@other.example', roundTrip: 140.6 },
  messages: [
    message(1, { notify: 31_400 }),
    message(2, {}, { outcome: 'late' }),
    message(3, {}, { waited: 12_300 }),
    message(4, {}, { outcome: 'broken', reason: 'DATA: the peer closed the connection' }),
    message(5, {}, { outcome: 'refused', reason: `554 5.7.1 ${'not today, '.repeat(12)}\u202e` }),
  ],
  diagnosis: {
    slowest: { stage: 'greeting', side: 'reader', median: 143.3, longest: 190.2, slow: true },
    advice: [
      { id: 'throttled', text: 'the server asked us to slow down', fix: { any: 'Trace at a longer --interval.' } },
    ],
  },
  notes: ['"ssh root@other.example journalctl -f": it ended with code 255: no route to host'],
}

export const nothing: Trace = {
  ...base,
  messages: [message(1, {}, { outcome: 'broken', kind: 'warm', reason: 'connect: no answer within 10000 ms' })],
  diagnosis: { advice: [] },
}
