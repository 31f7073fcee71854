// Results for the golden tests of the renderers: every verdict, hostile text, an empty and a huge run.
import type { Finding, HostRecord, Result } from '../../harness/result/schema.ts'

export function finding(id: string, verdict: Finding['verdict'], more: Partial<Finding> = {}): Finding {
  const [area = ''] = id.split('/')
  return {
    check: id,
    requirement: id.replace('/', '.'),
    area,
    level: 'must',
    title: `does what ${id} says`,
    host: 'chat.example',
    verdict,
    expectations: [],
    evidence: [],
    notes: [],
    started: 120,
    duration: 34.5,
    runs: 1,
    ...more,
  }
}

const host: HostRecord = {
  label: 'chat.example',
  domain: 'chat.example',
  endpoints: [{ service: 'imaps', security: 'tls', name: 'chat.example', address: '192.0.2.7', port: 993 }],
  candidates: [{ service: 'imaps', place: 'chat.example:993', origin: 'default', outcome: 'answers' }],
  trust: 'system',
  policy: { retentionDays: { value: 20, from: 'default' } },
  roundTrip: 24,
  notes: [],
  spent: { freshAccounts: 4, reusedAccounts: 2, messages: 31, connections: 60 },
  budget: { freshAccounts: 10, messages: 60, connections: 400 },
}

const base: Result = {
  format: 'chatmail-check/result/1',
  tool: { name: 'chatmail-check', version: '0.1.0' },
  started: '2026-03-01T12:00:00.000Z',
  seconds: 31.2,
  complete: true,
  seed: 7,
  profile: 'quick/1',
  options: {},
  vantage: { platform: 'linux', arch: 'x64', node: 'v24.0.0', cpus: 2 },
  reference: false,
  hosts: [host],
  findings: [],
  observations: [],
  measurements: [],
  gate: { exitCode: 0, failOn: 'must', reason: 'every required point holds', verdict: 'conforms' },
}

const timed = (id: string, samples: number[]): Result['measurements'][number] => ({
  id,
  host: host.label,
  title: `title of ${id}`,
  unit: 'ms',
  samples,
  censored: 0,
})

const delivery = Array.from({ length: 20 }, (_, index) => 180 + ((index * 37) % 160))

export const conforming: Result = {
  ...base,
  findings: [
    finding('onboarding/lets-owner-back-in', 'pass'),
    finding('encryption/accepts-encrypted', 'pass'),
    finding('delivery/arrives-under-a-second', 'pass'),
  ],
  measurements: [
    timed('delivery', delivery),
    ...Object.entries({ mail: 0.05, rcpt: 0.05, data: 0.1, body: 0.4, notify: 0.3, fetch: 0.1 }).map(([stage, part]) =>
      timed(
        `delivery.${stage}`,
        delivery.map((ms) => ms * part),
      ),
    ),
    timed('submission', [102, 106]),
    ...Object.entries({ tcp: 0.2, tls: 0.2, greeting: 0.4, ehlo: 0.1, auth: 0.1 }).map(([stage, part]) =>
      timed(`submission.${stage}`, [102 * part, 106 * part]),
    ),
    timed('onboarding.ready', [1302.4]),
  ],
}

const relay: HostRecord['implementation'] = {
  name: 'relay',
  confidence: 'likely',
  versions: '1.8-1.9',
  text: 'chatmail relay 1.8-1.9',
  evidence: ['XCHATMAIL before login', 'turn in its metadata', 'the redirect at /new', 'its quota root, User quota'],
}

/** A quick run on a live host: most checks were not asked for, some cannot be done from here. */
export const partial: Result = {
  ...conforming,
  hosts: [{ ...host, implementation: relay }],
  findings: [
    ...conforming.findings,
    ...many('encryption', 70, { skipped: 'profile', reason: 'in profile list' }),
    ...many('delivery', 16, { skipped: 'profile', reason: 'in profile full' }),
    ...many('privacy', 2, { skipped: 'profile', reason: 'slow: --cost slow' }),
    ...many('imap', 3, { skipped: 'consent', reason: 'intrusive: only on a host you operate (--i-operate HOST)' }),
    ...many('onboarding', 4, { skipped: 'inapplicable', reason: 'does not apply to chat.example' }),
    ...many('inbound', 9, {
      skipped: 'reach',
      missing: 'smtp',
      reason: 'cannot reach port 25 (smtp) from here: no answer within 10 s',
    }),
    ...many('transport', 3, {
      skipped: 'reach',
      missing: 'smtp',
      reason: 'cannot reach port 25 (smtp) from here: no answer within 10 s',
    }),
    ...many('retention', 2, { skipped: 'power', missing: 'clock', reason: "needs power over the host's clock" }),
  ],
}

/** Fails where it is known to. */
export const known: Result = {
  ...conforming,
  findings: [
    ...conforming.findings,
    finding('encryption/refuses-cleartext', 'fail', {
      reason: 'it is refused: wanted code 523, got 250',
      knownFailing: { reason: 'ticket 12', expired: false },
    }),
  ],
}

function many(area: string, n: number, more: Partial<Finding>): Finding[] {
  return Array.from({ length: n }, (_, index) => finding(`${area}/rule-${index}`, 'skipped', more))
}

export const reference: Result = {
  ...conforming,
  reference: true,
  observations: Array.from({ length: 9 }, (_, index) => ({
    id: `${index < 7 ? 'encryption' : 'sender'}/takes-odd-form-${index}`,
    host: host.label,
    title: `takes the odd form number ${index}, which hardly anybody writes`,
    value: index % 2 === 0 ? 'accepted' : 'refused',
  })),
}

const madeOfPostfix: HostRecord['implementation'] = {
  name: 'postfix-dovecot',
  confidence: 'possible',
  text: 'Postfix and Dovecot without a chatmail relay',
  evidence: ['Postfix in its greeting', 'Dovecot in its greeting'],
}

const nearest: HostRecord['diagnosis'] = [
  {
    causes: [
      {
        alike: [
          { defect: 'accepts-cleartext', title: 'accepts every message, encrypted or not' },
          { defect: 'refuses-then-delivers', title: 'answers 523 and delivers all the same' },
        ],
      },
      { alike: [{ defect: 'hides-quota', title: 'hides its \u001b[31mquota' }] },
    ],
    explains: 4,
    of: 5,
    absent: 0,
  },
  {
    causes: [{ alike: many('defect', 6, {}).map(({ check, title }) => ({ defect: check, title })) }],
    explains: 3,
    of: 5,
    absent: 1,
  },
]

export const mixed: Result = {
  ...base,
  hosts: [{ ...host, notes: ['measured from the server itself; reachability from outside not shown'] }],
  findings: [
    finding('onboarding/lets-owner-back-in', 'pass'),
    finding('encryption/refuses-cleartext', 'fail', {
      title: 'refuses a message whose body is not encrypted',
      reason: 'the cleartext one is refused: wanted code 523, got 250 2.0.0 Ok: queued as 4FAB',
      why: 'People chose a server that cannot be used to send readable mail. One that takes it breaks the promise for everybody who writes to it.',
      fix: 'Run filtermail in front of the queue: master.cf, content_filter = scan:[127.0.0.1]:10080',
      runs: 2,
      expectations: [
        { kind: 'control', what: 'an encrypted message is accepted', wanted: 'code 250', got: '250', outcome: 'met' },
        { kind: 'expectation', what: 'the cleartext one is refused', wanted: 'code 523', got: '250', outcome: 'unmet' },
      ],
      evidence: [
        { at: 12.2, connection: 1, direction: '-', text: 'connected to 192.0.2.7:465 (TLSv1.3)' },
        { at: 30.9, connection: 1, direction: '>', text: 'MAIL FROM:<ci-abc123@chat.example>' },
        { at: 31.4, connection: 1, direction: '<', text: '250 2.1.0 Ok' },
        { at: 55, connection: 1, direction: '>', text: '[message, 412 bytes, headers only: Subject: [...]]' },
        { at: 61, connection: 1, direction: '<', text: '250 2.0.0 Ok: queued as 4FAB' },
      ],
    }),
    finding('encryption/refuses-cleartext-html', 'fail', {
      requirement: 'encryption.refuses-cleartext',
      title: 'refuses an unencrypted HTML message',
      reason: 'the message is refused: wanted code 523, got 250 2.0.0 Ok',
      why: 'People chose a server that cannot be used to send readable mail. One that takes it breaks the promise for everybody who writes to it.',
      fix: 'Run filtermail in front of the queue: master.cf, content_filter = scan:[127.0.0.1]:10080',
    }),
    finding('privacy/hides-software', 'fail', {
      level: 'should',
      title: 'does not say which software versions it runs',
      reason: 'the greeting: wanted no version, got \u001b[31m220 evil\u0007\u202e <script>&"\' \u{1f600}',
      fix: 'smtpd_banner = $myhostname ESMTP',
      evidence: [{ at: 1, connection: 3, direction: '<', text: `220 ${'long '.repeat(80)}\u0000\u001b]0;title\u0007` }],
    }),
    finding('sender/refuses-forged-from', 'fail', {
      reason: 'the forged one is refused: wanted code 500 or 554, got 250',
      knownFailing: { reason: 'upstream bug 12', until: '2026-12-31', expired: false },
    }),
    finding('sender/refuses-two-froms', 'fail', {
      reason: 'two From headers are refused: wanted code 500, got 250',
      knownFailing: { reason: 'will be fixed in spring', until: '2026-02-01', expired: true },
    }),
    finding('imap/announces-quota', 'pass', { knownFailing: { reason: 'no quota plugin', expired: false } }),
    finding('imap/closes-on-tls12', 'tolerated', { reason: 'the handshake is refused: got closed' }),
    finding('imap/offers-compress', 'unsupported', {
      level: 'may',
      reason: 'COMPRESS=DEFLATE is not among the capabilities',
    }),
    finding('imap/names-turn-server', 'unsupported', {
      level: 'may',
      reason: 'METADATA is not in the capability list',
    }),
    finding('imap/names-iroh-relay', 'unsupported', {
      level: 'may',
      reason: 'METADATA is not in the capability list',
    }),
    finding('delivery/keeps-order', 'inconclusive', { reason: 'failed once, not on the rerun' }),
    finding('inbound/requires-starttls', 'skipped', {
      skipped: 'reach',
      missing: 'smtp',
      reason: 'needs outgoing port 25',
    }),
    finding('inbound/refuses-unsigned', 'skipped', {
      skipped: 'reach',
      missing: 'smtp',
      reason: 'needs outgoing port 25',
    }),
    finding('privacy/serves-robots', 'error', {
      level: 'may',
      reason: 'TypeError: x is undefined\n    at run (a.ts:1:2)',
    }),
  ],
  observations: [
    { id: 'privacy.server-header', host: host.label, title: 'Server header', value: 'nginx' },
    { id: 'imap.quota', host: host.label, title: 'quota', value: 500, unit: 'MB' },
    { id: 'web.cookies', host: host.label, title: 'sets cookies', value: false },
    { id: 'web.retention', host: host.label, title: 'retention stated on the privacy page', value: null },
  ],
  measurements: [
    {
      id: 'delivery',
      host: host.label,
      title: 'delivery',
      unit: 'ms',
      samples: delivery.slice(0, 17),
      censored: 3,
    },
    {
      id: 'large.5',
      host: host.label,
      title: '5 MB message',
      unit: 'MB/s',
      samples: [0.834, 1.25],
      censored: 0,
    },
  ],
  gate: { exitCode: 4, failOn: 'must', reason: 'one check ended in an error of chatmail-check', verdict: 'error' },
}

export const failing: Result = {
  ...mixed,
  hosts: [{ ...host, notes: mixed.hosts[0]?.notes ?? [], implementation: madeOfPostfix, diagnosis: nearest }],
  findings: mixed.findings.filter((item) => item.verdict !== 'error'),
  gate: {
    exitCode: 1,
    failOn: 'must',
    reason: '3 required points do not hold; imap/announces-quota passed though known failing',
    verdict: 'fails',
  },
}

export const unreachable: Result = {
  ...base,
  seconds: 10.04,
  hosts: [
    {
      ...host,
      endpoints: [],
      candidates: [
        { service: 'imaps', place: 'chat.example:993', origin: 'default', outcome: 'refused' },
        {
          service: 'submissions',
          place: 'chat.example:465',
          origin: 'default',
          outcome: 'timeout',
          detail: 'no answer within 10 s',
        },
      ],
    },
  ],
  gate: { exitCode: 3, failOn: 'must', reason: 'chat.example: no mail service answers', verdict: 'undecided' },
}

export const interrupted: Result = {
  ...base,
  complete: false,
  findings: [
    finding('onboarding/lets-owner-back-in', 'pass'),
    finding('delivery/keeps-order', 'skipped', { skipped: 'interrupted', reason: 'interrupted' }),
  ],
  gate: { exitCode: 130, failOn: 'must', reason: 'interrupted', verdict: 'interrupted' },
}

export const nothing: Result = {
  ...base,
  hosts: [],
  gate: { exitCode: 3, failOn: 'must', reason: 'no check was run', verdict: 'undecided' },
}

/** Two hosts, one fine and one not, and a label that is long and wide. */
export const several: Result = {
  ...base,
  hosts: [
    { ...host, seconds: 12.5 },
    { ...host, label: '例え.テスト', domain: 'xn--r8jz45g.xn--zckzah', roundTrip: 250, seconds: 18.7 },
  ],
  findings: [
    finding('onboarding/lets-owner-back-in', 'pass'),
    finding('onboarding/lets-owner-back-in', 'fail', { host: '例え.テスト', reason: 'login: wanted OK, got NO' }),
  ],
  gate: { exitCode: 1, failOn: 'must', reason: 'a required point does not hold', verdict: 'fails' },
}

/** As many findings as nobody has, most of them bad. */
export const huge: Result = {
  ...base,
  findings: Array.from({ length: 1_000 }, (_, index) => {
    const verdict = (['fail', 'pass', 'skipped', 'inconclusive'] as const)[index % 4] ?? 'pass'
    return finding(`encryption/sample-${index}`, verdict, {
      reason: 'x'.repeat(5_000),
      evidence: Array.from({ length: 40 }, (_unused, at) => ({
        at,
        connection: 1,
        direction: '<' as const,
        text: 'y'.repeat(9_000),
      })),
    })
  }),
  gate: { exitCode: 1, failOn: 'must', reason: '250 required points do not hold', verdict: 'fails' },
}

const trend = (values: readonly [number, number, number, number]) => ({
  type: 'trend' as const,
  contains: 'time' as const,
  values: { med: values[0], 'p(95)': values[1], 'p(99)': values[2], max: values[3] },
})
const counter = (count: number) => ({
  type: 'counter' as const,
  contains: 'default' as const,
  values: { count, rate: count / 60 },
})

/** A load run that kept what it should. */
export const load: Result = {
  ...base,
  profile: 'load steady',
  findings: [],
  observations: [],
  measurements: [],
  gate: { exitCode: 0, failOn: 'must', verdict: 'conforms', reason: 'every threshold holds' },
  load: {
    scenario: 'steady',
    verdict: 'pass',
    seconds: 61.8,
    threads: 2,
    virtualUsers: 30,
    scenarios: [{ name: 'steady', executor: 'constant-arrival-rate' }],
    thresholds: [
      { metric: 'delivery_duration', threshold: 'p(99)<1000', verdict: 'pass', value: 312.5 },
      { metric: 'messages_lost', threshold: 'count==0', verdict: 'pass', value: 0 },
    ],
    validity: [{ gate: 'start-lag', holds: true, value: 1.5, wanted: 'p99 < 10 ms', advice: 'this machine was busy' }],
    metrics: {
      delivery_duration: trend([48.2, 190.4, 312.5, 840]),
      driver_start_lag: trend([0.2, 0.9, 1.5, 4]),
      messages_due: counter(600),
      messages_sent: counter(600),
      messages_received: counter(600),
      messages_lost: counter(0),
      limits_hit: counter(0),
    },
    errors: [],
    interruptedIterations: 0,
  },
}

/** Thresholds broken and without data, limits met, iterations that threw what a server said. */
export const loadFailing: Result = {
  ...load,
  gate: { exitCode: 99, failOn: 'must', verdict: 'fails', reason: 'not kept: messages_lost count==0' },
  load: {
    ...load.load,
    verdict: 'fail',
    stopped: 'to spare the server: 60 % of the messages failed',
    thresholds: [
      { metric: 'messages_lost', threshold: 'count==0', verdict: 'fail', value: 3 },
      { metric: 'delivery_duration{scenario:other}', threshold: 'p(95)<500', verdict: 'no-data' },
    ],
    metrics: { ...load.load?.metrics, messages_lost: counter(3), limits_hit: counter(12) },
    errors: [{ message: 'IMAP does not let x in: NO \u001b[31mgo away\u202e <now>', count: 7 }],
  } as NonNullable<Result['load']>,
}

/** The machine that drove it could not. */
export const loadInvalid: Result = {
  ...load,
  gate: { exitCode: 120, failOn: 'must', verdict: 'undecided', reason: 'says nothing about the server: start-lag' },
  load: {
    ...load.load,
    verdict: 'invalid',
    validity: [
      {
        gate: 'start-lag',
        holds: false,
        value: 48.25,
        wanted: 'p99 < 10 ms',
        advice: 'iterations began late because this machine was busy',
      },
    ],
  } as NonNullable<Result['load']>,
}

/** The sample with one and the same text wherever a server, a user or a file may put one. */
export function withText(text: string): Result {
  const [problem] = failing.findings.filter(({ verdict }) => verdict === 'fail')
  const [host] = failing.hosts
  if (!problem || !host) throw new Error('a failing sample is needed')
  const hostile: Finding = {
    ...problem,
    check: text,
    requirement: text,
    title: text,
    reason: text,
    why: text,
    fix: text,
    notes: [text],
    host: text,
    expectations: [{ kind: 'expectation', what: text, wanted: text, got: text, outcome: 'unmet' }],
    evidence: [{ at: 0, connection: 1, direction: '<', text }],
  }
  return {
    ...failing,
    profile: text,
    started: text,
    hosts: [{ ...host, label: text, domain: text, notes: [text] }],
    findings: [hostile, { ...hostile, verdict: 'skipped' }, { ...hostile, verdict: 'pass' }],
    observations: [{ id: text, host: text, title: text, value: text, unit: text }],
    measurements: failing.measurements.map((item) => ({ ...item, host: text, title: text })),
    gate: { ...failing.gate, reason: text },
  }
}
