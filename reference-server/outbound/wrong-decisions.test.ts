// Each wrong decision about mail to other servers does its harm, where the right one does not.
import { expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import type { PeerOptions } from './test-peer.ts'
import { alice, bob, carol, type Scene, scene } from './test-scene.ts'

const daemon = 'MAILER-DAEMON@chat.test'
const dots = encryptedMessage({ from: alice }).replace('Version: 1\r\n', 'Version: 1\r\n..x\r\n')

/** What somebody outside sees of a scene, in a few words. */
type Sight = (s: Scene) => Promise<unknown>

const transactions: Sight = async (s) => {
  await s.send([bob, carol])
  return s.peer.taken.map(({ to }) => to.length)
}
const arrivals: Sight = async (s) => {
  await s.send()
  return s.peer.taken.map(({ by, secure }) => `${by} ${secure ? 'in TLS' : 'in clear'}`)
}
const afterHours: Sight = async (s) => {
  s.peer.down()
  await s.send()
  s.peer.up()
  await s.clock.advance(3_600_000)
  return [s.peer.taken.length, s.outbound.queue.entries.length, s.failures.length]
}
const afterDays: Sight = async (s) => {
  s.peer.down()
  await s.send()
  await s.clock.advance(3 * 86_400_000)
  return s.failures.map(({ diagnostic }) => diagnostic.slice(0, 20))
}
const nullMx: Sight = async (s) => {
  s.network.publish([
    { name: 'null.test', type: 'MX', exchange: '.', preference: 0 },
    { name: 'null.test', type: 'A', address: '127.0.0.1' },
  ])
  await s.send(['x@null.test'])
  return s.failures.map(({ status }) => status)
}
const unknown: Sight = async (s) => {
  await s.send(['x@nowhere.test'])
  return s.failures.map(({ status }) => status)
}
const troubled: Sight = async (s) => {
  s.network.fail('broken.test')
  await s.send(['x@broken.test'])
  return s.failures.length
}
const refused: Sight = async (s) => {
  await s.send()
  return [s.failures.map(({ diagnostic }) => diagnostic), s.outbound.queue.entries.length]
}
const oneRefused: Sight = async (s) => {
  await s.send([bob, carol])
  return [s.peer.taken.map(({ to }) => to), s.failures.map(({ recipient }) => recipient)]
}
const refusesBob: PeerOptions = {
  answer: (stage, value) => (stage === 'rcpt' && value === bob ? '550 5.1.1 gone' : undefined),
}
const atOnce: Sight = async (s) => {
  await s.send()
  const before = s.peer.taken.length
  await s.clock.advance(3_000)
  return [before, s.peer.taken.length]
}
const signatures: Sight = async (s) => {
  await s.send()
  await s.send([bob], encryptedMessage({ from: daemon }), '')
  return s.peer.taken.map(({ text }) => /^DKIM-Signature:[\s\S]*?; ?\r\n\ts=(\w+);/.exec(text)?.[1])
}
const secondExchange: Sight = async (s) => {
  const second = await s.addPeer({ host: 'mx2.other.test', preference: 1 })
  await s.send()
  second.down()
  await s.send()
  return [s.peer.taken.length, second.taken.length]
}
const wire: Sight = async (s) => {
  await s.send([bob], dots)
  return s.peer.taken[0]?.text.includes('\r\n..x\r\n')
}
const literal: Sight = async (s) => {
  await s.send(['bob@[127.0.0.1]'])
  return s.peer.taken.length
}
const name: Sight = async (s) => {
  await s.send()
  return s.peer.taken[0]?.ehlo
}

type Outbound = DeepPartial<Behaviour['outbound']>
const refusing: PeerOptions = { answer: () => '550 5.7.1 no' }
const full: PeerOptions = { answer: (stage) => (stage === 'rcpt' ? '452 4.2.2 full' : undefined) }
const forwarded = '(forwarded from other.test)'

test.each<[string, Outbound, PeerOptions, Sight, unknown, unknown]>([
  ['a transaction for each', { queue: { transactions: 'per-recipient' } }, {}, transactions, [2], [1, 1]],
  ['only the first recipient', { queue: { recipients: 'first' } }, {}, transactions, [2], [1]],
  [
    'a refusal is one for all',
    { transport: { refusalOfOne: 'for-all' } },
    refusesBob,
    oneRefused,
    [[[carol]], [bob]],
    [[], [bob, carol]],
  ],
  ['everything lies first', { queue: { holdSeconds: 2 } }, {}, atOnce, [1, 1], [0, 1]],
  ['each one lost', { queue: { losesEvery: 1 } }, {}, transactions, [2], []],
  ['everything twice', { queue: { copies: 2 } }, {}, transactions, [2], [2, 2]],
  ['never again', { queue: { deferred: 'returned' } }, {}, afterHours, [1, 0, 0], [0, 0, 1]],
  ['forgotten', { queue: { deferred: 'lost' } }, {}, afterHours, [1, 0, 0], [0, 0, 0]],
  [
    'a week between tries',
    { queue: { firstRetrySeconds: 604_800, longestRetrySeconds: 604_800 } },
    {},
    afterHours,
    [1, 0, 0],
    [0, 1, 0],
  ],
  ['no report', { queue: { undeliverable: 'dropped' } }, {}, afterDays, ['421 Failed to connec'], []],
  [
    'a report without reason',
    { queue: { reportsReason: false } },
    {},
    afterDays,
    ['421 Failed to connec'],
    ['unknown reason'],
  ],
  ['a life of five days', { queue: { lifetimeDays: 5 } }, {}, afterDays, ['421 Failed to connec'], []],
  ['null MX ignored', { route: { nullMx: 'ignored' } }, { host: 'null.test' }, nullMx, ['5.1.10'], []],
  ['missing domains tried for days', { route: { missingDomain: 'deferred' } }, {}, unknown, ['5.1.2'], []],
  ['trouble with names is the end', { route: { dnsTrouble: 'returned' } }, {}, troubled, 0, 1],
  ['no mail without MX', { route: { implicitMx: false } }, { mx: false }, arrivals, ['smtp in TLS'], []],
  ['the worst exchange first', { route: { order: 'reversed' } }, {}, secondExchange, [1, 1], [2, 0]],
  ['only one exchange', { route: { exchanges: 'first' } }, {}, secondExchange, [1, 1], [0, 1]],
  ['no literals', { route: { literals: false } }, { host: '127.0.0.1' }, literal, 1, 0],
  ['no HTTPS', { transport: { https: 'never' } }, { https: () => 200 }, arrivals, ['https in TLS'], ['smtp in TLS']],
  ['HTTPS alone', { transport: { https: 'only' } }, { https: () => 404 }, arrivals, ['smtp in TLS'], []],
  [
    'no SMTP where a web server answers',
    { transport: { https: 'until-answered' } },
    { https: () => 404 },
    arrivals,
    ['smtp in TLS'],
    [],
  ],
  ['TLS if it is there', { transport: { startTls: 'offered' } }, { startTls: false }, arrivals, [], ['smtp in clear']],
  ['never TLS', { transport: { startTls: 'never' } }, {}, arrivals, ['smtp in TLS'], ['smtp in clear']],
  ['any certificate', { transport: { verifies: 'nobody' } }, { trusted: false }, arrivals, [], ['smtp in TLS']],
  ['any name', { transport: { comparesName: false } }, { tls: { names: ['x.test'] } }, arrivals, [], ['smtp in TLS']],
  [
    'certificates where there are none',
    { transport: { verifies: 'all' } },
    { host: '127.0.0.1', trusted: false },
    literal,
    1,
    0,
  ],
  [
    'clear for some',
    { transport: { clearDomains: ['other.test'] } },
    { startTls: false },
    arrivals,
    [],
    ['smtp in clear'],
  ],
  ['another name', { transport: { ehloName: 'localhost' } }, {}, name, 'chat.test', 'localhost'],
  ['no dots', { transport: { stuffsDots: false } }, {}, wire, true, false],
  [
    '4xx is the end',
    { transport: { temporaryIsPermanent: true } },
    full,
    refused,
    [[], 1],
    [[`452 4.2.2 full ${forwarded}`], 0],
  ],
  [
    '5xx is not',
    { transport: { retriesPermanent: true } },
    refusing,
    refused,
    [[`550 5.7.1 no ${forwarded}`], 0],
    [[], 1],
  ],
])('%s', async (_name, outbound, options, look, right, wrong) => {
  {
    await using good = await scene({}, options)
    expect(await look(good)).toEqual(right)
  }
  await using bad = await scene({ outbound }, options)
  expect(await look(bad)).toEqual(wrong)
})

test.each<[string, DeepPartial<Behaviour['dkim']>, readonly (string | undefined)[]]>([
  ['right', {}, ['opendkim', 'opendkim']],
  ['no signatures', { signs: false }, [undefined, undefined]],
  ['bounces without', { signsBounces: false }, ['opendkim', undefined]],
  ['another selector', { selectors: { 'rsa-sha256': 'mail' } }, ['mail', 'mail']],
])('signatures: %s', async (_name, dkim, seen) => {
  await using s = await scene({ dkim })
  expect(await signatures(s)).toEqual(seen)
})
