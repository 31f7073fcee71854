// The story of a watch over 40 rounds, told once from beginning to end: one of two relays dies, comes back at another address with
// a certificate that ends soon, and the watch itself is killed in between. Parts of it are in watch.test.ts.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { findCore } from '../../harness/deltachat/binary.ts'
import { startCore } from '../../harness/deltachat/core.ts'
import { createDeltaChat } from '../../harness/deltachat/delta-chat.ts'
import type { Reference } from '../../reference-server/index.ts'
import { journalOf, roundsOf } from './test-journal.ts'
import { residentMebibytes } from './test-memory.ts'
import { startWatch } from './test-process.ts'
import { openWorld } from './test-world.ts'

const rounds = 40
const hosts = ['a.test', 'b.test'] as const
/** What the watch may grow by in its last ten rounds, MiB: the collector comes when it pleases. */
const slack = 25

/** All mail that an account of the server ever got, deleted or not. */
const messagesTo = (server: Reference): number =>
  server.accounts.list().reduce((sum, { store }) => sum + store.inbox.uidNext - 1, 0)

it(`tells the story of ${rounds} rounds`, { timeout: 480_000 }, async ({ skip }) => {
  const binary = await findCore(process.env, process.cwd())
  if (binary === undefined) return skip('no Delta Chat core is installed')
  await using world = await openWorld()
  const a = await world.serve('a.test', '127.0.0.51')
  const first = await world.serve('b.test', '127.0.0.52')
  const via = await world.serve('via.test', '127.0.0.53')
  await using core = await startCore(binary)
  const quiet = { note: () => {}, hide: () => {}, onLink: () => {}, onSent: () => {} }
  await using deltachat = createDeltaChat({ core, host: via.host(), signal: new AbortController().signal, ...quiet })
  const operator = await deltachat.device({ address: 'operator1@via.test', password: 'operator-password-1' })
  const invite = await operator.rpc.getChatSecurejoinQrCode(operator.id, null)
  const begin = () =>
    startWatch(
      world,
      ...[...hosts, '--full', 'never', '--listen', '127.0.0.1:0', '--notify-command', 'cat >>alerts'],
      ...[`--notify-chat=${invite}`, '--notify-via=via.test'],
    )
  const written = async (host: string) => roundsOf(await journalOf(world), host).length
  const until = (wanted: number) =>
    vi.waitFor(
      async () => expect(Math.min(...(await Promise.all(hosts.map(written))))).toBeGreaterThanOrEqual(wanted),
      {
        timeout: 120_000,
        interval: 100,
      },
    )
  const toldBy = async (way: string) =>
    (await journalOf(world)).flatMap((one) => (one.kind === 'told' && one.by === way ? [one.event] : []))

  const one = begin()
  await one.says(/b\.test {2}arrives/, 8)
  await world.kill('b.test')
  await one.says(/b\.test {2}fails/, 4)
  const second = await world.serve('b.test', '127.0.0.54', { overrides: { tls: { validUntilDays: 2 } } })
  await one.says(/b\.test {2}arrives/, 12)
  // Four events, by both ways, before it is killed: one that is killed while it tells may tell twice.
  await vi.waitFor(async () => expect([...(await toldBy('command')), ...(await toldBy('chat'))]).toHaveLength(8), {
    timeout: 120_000,
    interval: 100,
  })
  await until(22)
  const shown = one.times(/ {2}(arrives|fails|not judged) {2}/)
  expect(await one.end('SIGKILL')).toBeNull()
  const before = await journalOf(world)
  expect(before.filter(({ kind }) => kind === 'round').length).toBeGreaterThanOrEqual(shown)

  const two = begin()
  await two.says(new RegExp(`going on with ${before.length} entries`))
  await until(rounds - 10)
  const early = await residentMebibytes(two.pid)
  await until(rounds)
  const late = await residentMebibytes(two.pid)
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(two.text)?.[0]
  const metrics = await (await fetch(`${origin}/metrics`)).text()
  const page = await (await fetch(`${origin}/`)).text()
  expect(await two.end('SIGTERM')).toBe(0)
  const entries = await journalOf(world)

  // Nothing recorded is lost.
  expect(entries.slice(0, before.length)).toEqual(before)

  // Alerts: each event once, by the command and by the chat.
  const commands = (await readFile(join(world.folder, 'alerts'), 'utf8')).trimEnd().split('\n')
  const events = commands.map((line) => JSON.parse(line) as { event: string; host: string; text: string })
  expect(events.map(({ event, host }) => `${host} ${event}`)).toEqual(
    ['down', 'up', 'address', 'certificate'].map((event) => `b.test ${event}`),
  )
  const chatted: string[] = []
  for (const { text } of events) {
    const got = await operator.message((message) => message.text.includes(text), { within: 60_000 })
    if (got) chatted.push(got.message.text)
  }
  expect(chatted).toHaveLength(4)
  expect(await toldBy('chat')).toHaveLength(4)
  expect(events.map(({ text }) => text).join('\n')).toMatch(
    /does not deliver: .*127\.0\.0\.52.* refuses connections.*delivers again.*127\.0\.0\.54, before 127\.0\.0\.52.*expires in (one day|2 days)/s,
  )

  // Cost: two accounts a host ever, one message a round, two when the first try fails; servers count the same.
  for (const host of hosts) {
    const made = roundsOf(entries, host)
    expect(made.length).toBeGreaterThanOrEqual(rounds)
    expect(made.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(2)
    for (const { messages, outcome } of made) expect(messages).toBeLessThanOrEqual(outcome === 'arrives' ? 1 : 2)
  }
  for (const server of [a, first, second]) expect(server.accounts.list().length).toBe(2)
  const sent = (host: string) => roundsOf(entries, host).reduce((sum, { messages }) => sum + messages, 0)
  // A round in which it was killed may have sent one that is in no record.
  for (const [host, got] of [
    ['a.test', messagesTo(a)],
    ['b.test', messagesTo(first) + messagesTo(second)],
  ] as const) {
    expect(got, host).toBeGreaterThanOrEqual(sent(host) - 1)
    expect(got, host).toBeLessThanOrEqual(sent(host) + 1)
  }

  // Metrics and page tell of all rounds, those of before the kill included.
  const fails = roundsOf(entries, 'b.test').filter(({ outcome }) => outcome === 'fails').length
  expect(fails).toBeGreaterThanOrEqual(4)
  expect(metrics).toContain(`chatmail_check_watch_rounds{host="b.test",outcome="fails"} ${fails}\n`)
  expect(metrics).toContain('chatmail_check_watch_rounds{host="a.test",outcome="fails"} 0\n')
  for (const host of hosts) {
    const counted = new RegExp(`chatmail_check_watch_rounds\\{host="${host}",outcome="arrives"\\} (\\d+)`).exec(metrics)
    expect(Number(counted?.[1])).toBeGreaterThanOrEqual(rounds - 10)
    expect(metrics).toContain(`chatmail_check_watch_status{host="${host}",status="up"} 1\n`)
  }
  expect(metrics).toContain('chatmail_check_watch_address{host="b.test",address="127.0.0.54"} 1\n')
  expect(metrics).not.toContain('127.0.0.52')
  expect(metrics).toContain('chatmail_check_watch_untold_events 0\n')
  const [, ends] = /watch_certificate_end_timestamp_seconds\{host="b\.test"\} ([\d.e+]+)/.exec(metrics) ?? []
  expect(Number(ends) - Date.now() / 1_000).toBeLessThan(2 * 86_400)
  for (const words of ['b.test has another address', 'b.test does not deliver', 'the certificate of b.test expires'])
    expect(page).toContain(words)
  expect(page.match(/Delivers, since/g)).toHaveLength(2)

  expect(late).toBeLessThan(early + slack)
})
