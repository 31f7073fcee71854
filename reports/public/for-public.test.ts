import { describe, expect, it } from 'vitest'
import type { Finding, Result } from '../../harness/result/schema.ts'
import { githubErrors } from '../github.ts'
import * as samples from '../golden/samples.ts'
import { formats } from '../index.ts'
import { forPublic } from './for-public.ts'

const before = {
  withholdUntil: '2026-05-30',
  today: '2026-03-01',
  isSecurity: (id: string) => id.startsWith('sender/'),
}
const after = { ...before, today: '2026-05-30' }
const { finding } = samples

const forgery = {
  causes: [{ alike: [{ defect: 'ignores-from-header', title: 'takes a forged author' }] }],
  explains: 2,
  of: 2,
  absent: 0,
}

const holed: Result = {
  ...samples.conforming,
  hosts: samples.conforming.hosts.map((host) => ({ ...host, diagnosis: [forgery] })),
  findings: [
    finding('imap/idles', 'pass'),
    finding('sender/refuses-forged-from', 'fail', { reason: 'it is refused: wanted code 500, got 250', fix: 'milter' }),
    finding('sender/refuses-null-sender', 'pass'),
    finding('sender/refuses-first-from-foreign', 'fail', { reason: 'it is refused: wanted code 500, got 250' }),
    finding('sender/refuses-malformed-sender', 'skipped', { skipped: 'profile', reason: 'in profile list' }),
  ],
  observations: [{ id: 'sender/takes-group-other', host: 'chat.example', title: 'takes a group', value: 'accepted' }],
  gate: {
    exitCode: 1,
    failOn: 'must',
    reason: '2 failed: sender/refuses-forged-from, sender/refuses-first-from-foreign',
    verdict: 'fails',
  },
}

function everyFormat(result: Result): Readonly<Record<string, string>> {
  const options = { color: false, width: 80, verbose: true, evidence: 'all' } as const
  return {
    ...Object.fromEntries(Object.entries(formats).map(([name, { render }]) => [name, render(result, options)])),
    errors: githubErrors(result).join('\n'),
  }
}

/** Formats that have no room for reasons. */
const figuresAlone = ['csv', 'badge', 'openmetrics']

describe('a public report', () => {
  it('names no hole before its time, nor what would give it away by missing', () => {
    for (const [format, text] of Object.entries(everyFormat(forPublic(holed, before)))) {
      expect(text, format).not.toMatch(/forged|ignores-from|null-sender|first-from|takes-group|milter/)
      if (!figuresAlone.includes(format)) expect(text, format).toContain('withheld until 2026-05-30')
    }
  })

  it('keeps every number: what holds, what does not, and the exit code', () => {
    const shown = forPublic(holed, before)
    const verdicts = (result: Result) => result.findings.map(({ verdict, level }) => `${verdict} ${level}`).sort()
    expect(verdicts(shown)).toEqual(verdicts(holed))
    expect(shown.gate).toMatchObject({ exitCode: 1, verdict: 'fails', reason: '2 failed: (withheld), (withheld)' })
    const text = formats.terminal.render(shown, { color: false, width: 80 })
    expect(text).toContain('FAILS in 2 points')
    expect(text).toContain('PROBLEM  2 points with security impact: withheld until 2026-05-30')
    expect(text).not.toContain('explain withheld')
  })

  it('names what holds where there is no hole, and everything when the day has come', () => {
    const fine = { ...holed, findings: holed.findings.filter(({ verdict }) => verdict !== 'fail') }
    expect(forPublic(fine, before).findings.map(({ check }) => check)).toContain('sender/refuses-null-sender')
    expect(forPublic(holed, after).findings.map(({ check }) => check)).toEqual(holed.findings.map(({ check }) => check))
    expect(forPublic(holed, after).observations).toHaveLength(1)
  })

  it('withholds of a known failure that it is known, and why', () => {
    const known: Finding = finding('sender/refuses-forged-from', 'fail', {
      knownFailing: { reason: 'a relay hole, see ticket 12', expired: false },
    })
    const shown = forPublic({ ...holed, findings: [known] }, before)
    expect(JSON.stringify(shown.findings)).not.toContain('ticket')
    expect(shown.findings[0]?.knownFailing).toEqual({ reason: 'listed', expired: false })
  })
})

/** What a server may say of the one who asks, or repeat of what we said; none of it is for everybody. */
const hostile = [
  '553 5.7.1 <ci-ab12cd@chat.example>: Sender address rejected: not owned by user ab1cd2ef3@chat.example',
  '554 5.7.1 <p5dcb.dip.isp.example[203.0.113.5]>: Client host rejected',
  '550 Go away, host-203-0-113-5.isp.example',
  '250 hello 2001:db8:77::5, hello ::ffff:203.0.113.5',
  'NO [AUTHENTICATIONFAILED] ab1cd2ef3 from 203.0.113.5:51234',
  '\u001b]0;AB1CD2EF3@CHAT.EXAMPLE\u0007 ab1cd2ef3%40chat.example',
  'dclogin:ab1cd2ef3@chat.example?p=hunter2&v=1',
  'from [127.0.0.1] (p5dcb.dip.isp.example [203.0.113.5]) by chat.example',
  '"odd \\" name"@chat.example and ab1cd2ef3@[192.0.2.7]',
  `${'x'.repeat(70_000)}@chat.example 203.0.113.5`,
]
const nobodys = /ci-ab12cd|ab1cd2ef3|203[.-]0[.-]113|2001:db8:77|isp\.example|hunter2|\/home\/ann|odd \\/i

describe('the texts of a public report', () => {
  it.for(hostile.map((said) => [said.slice(0, 70), said] as const))('give nobody away: %s', ([, said]) => {
    const result: Result = {
      ...samples.mixed,
      hosts: samples.mixed.hosts.map((host) => ({
        ...host,
        notes: [said],
        candidates: [{ service: 'imaps', place: 'chat.example:993', origin: 'default', outcome: 'odd', detail: said }],
      })),
      findings: (['fail', 'tolerated', 'inconclusive', 'error', 'unsupported', 'pass'] as const).map((verdict, at) =>
        finding(`imap/rule-${at}`, verdict, {
          reason:
            verdict === 'error' ? `TypeError: odd\n    at run (/home/ann/a.ts:1:2)` : `login: wanted OK, got ${said}`,
          notes: [said],
          evidence: [{ at: 1, connection: 1, direction: '<', text: said }],
          expectations: [
            { kind: 'control', what: 'ab1cd2ef3@chat.example logs in', wanted: 'OK', got: said, outcome: 'unmet' },
          ],
        }),
      ),
      observations: [{ id: 'imap/greeting', host: 'chat.example', title: 'greeting', value: said }],
    }
    expect(JSON.stringify(result)).toMatch(nobodys)
    const began = performance.now()
    const texts = everyFormat(forPublic(result, before))
    expect(performance.now() - began).toBeLessThan(1_000)
    for (const [format, text] of Object.entries(texts)) {
      expect(text, format).not.toMatch(nobodys)
    }
  })

  it('keep what says why: codes, numbers, and the addresses of the host itself', () => {
    const reasons = [
      'it is refused: wanted code 523, got 250 2.0.0 Ok: queued as 4FAB',
      'p95: wanted at most 1000 ms, got 1423',
      'all arrive: wanted exactly these 2 messages, got 1 message, 1 missing',
      'cannot reach port 25 (smtp) at 192.0.2.7:25 from here',
      'connection trouble: odd reply "220 <203.0.113.5>" (malformed at greeting)',
    ]
    const result = {
      ...samples.conforming,
      findings: reasons.map((reason, at) => finding(`imap/rule-${at}`, 'fail', { reason })),
    }
    expect(forPublic(result, before).findings.map(({ reason }) => reason)).toEqual([
      'it is refused: wanted code 523, got 250 2.0.0',
      'p95: wanted at most 1000 ms, got 1423',
      'all arrive: wanted exactly these 2 messages, got 1 message, 1 missing',
      'cannot reach port 25 (smtp) at 192.0.2.7:25 from here',
      'connection trouble: malformed at greeting',
    ])
  })
})
