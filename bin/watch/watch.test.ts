// The watch command as a user has it: relays that die, move and come back; what is told, counted, shown and remembered.
import { execFile, spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { findCore } from '../../harness/deltachat/binary.ts'
import { startCore } from '../../harness/deltachat/core.ts'
import { createDeltaChat } from '../../harness/deltachat/delta-chat.ts'
import { main } from '../main.ts'
import { journalOf, roundsOf } from './test-journal.ts'
import { startWatch } from './test-process.ts'
import { openWorld, type World } from './test-world.ts'

/** Runs until `stop` is called, or by itself with `--once`. */
function watch(world: World, ...args: readonly string[]) {
  const signals = new EventEmitter()
  const hosts = args.filter((text) => /^[a-z]+\.test$/.test(text))
  const written = { out: '', err: '' }
  const done = main(
    [
      'watch',
      ...args,
      ...hosts.flatMap((host) => ['--i-operate', host]),
      ...['--dns', world.dns, '--ca', world.ca, '--folder', join(world.folder, 'watch')],
    ],
    {
      stdout: { write: (text) => (written.out += text) },
      stderr: { write: (text) => (written.err += text) },
      env: { XDG_STATE_HOME: join(world.folder, 'state') },
      cwd: world.folder,
      signals,
      exit: (code) => expect.unreachable(`exit ${code}`),
    },
  )
  return {
    written,
    done,
    async stop() {
      signals.emit('SIGINT')
      return await done
    },
    /** Until the output has it. */
    says: (words: RegExp, times = 1) =>
      vi.waitFor(() => expect(written.out.match(new RegExp(words, 'g'))?.length ?? 0).toBeGreaterThanOrEqual(times), {
        timeout: 25_000,
        interval: 50,
      }),
  }
}

const never = ['--full', 'never'] as const
const quick = ['--every', '1s', ...never] as const

// Each has servers, names and a folder of its own, and mostly waits.
describe('a watch', { timeout: 90_000, concurrent: true }, () => {
  it('tells of a relay that dies and comes back elsewhere with a certificate that ends soon, and costs what it promises', async () => {
    await using world = await openWorld()
    await world.serve('a.test', '127.0.0.31')
    const b = await world.serve('b.test', '127.0.0.32')
    const started = Date.now()
    const run = watch(
      world,
      'a.test',
      'b.test',
      ...quick,
      ...['--notify-command', 'cat >>alerts', '--listen', '127.0.0.1:0'],
    )
    await run.says(/b\.test {2}arrives/, 3)
    const made = b.accounts.list().length
    await world.kill('b.test')
    await run.says(/b\.test {2}fails/, 2)
    await world.serve('b.test', '127.0.0.33', {
      overrides: { tls: { validUntilDays: 2 } },
    })
    await run.says(/b\.test {2}arrives/, 6)
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(run.written.out)?.[0]
    const metrics = await (await fetch(`${origin}/metrics`)).text()
    const page = await (await fetch(`${origin}/`)).text()
    const missing = await fetch(`${origin}/..%2fjournal.jsonl`)
    expect(await run.stop()).toBe(0)

    const alerts = (await readFile(join(world.folder, 'alerts'), 'utf8')).trimEnd().split('\n')
    const events = alerts.map((line) => JSON.parse(line) as { event: string; host: string; text: string })
    expect(events.map(({ event, host }) => `${host} ${event}`)).toEqual([
      'b.test down',
      'b.test up',
      'b.test address',
      'b.test certificate',
    ])
    expect(events[2]?.text).toContain('127.0.0.33, before 127.0.0.32')
    expect(events[3]?.text).toMatch(/expires in (one day|2 days)/)

    const entries = await journalOf(world)
    for (const host of ['a.test', 'b.test']) {
      const rounds = roundsOf(entries, host)
      expect(rounds.length).toBeGreaterThan(5)
      expect(rounds.length).toBeLessThanOrEqual((Date.now() - started) / 1_000 + 2)
      for (const { messages } of rounds) expect(messages).toBeLessThanOrEqual(2)
      expect(rounds.reduce((sum, one) => sum + one.accounts, 0)).toBe(2)
      expect(rounds.slice(1).every((one) => one.accounts === 0)).toBe(true)
    }
    expect(made).toBe(2)

    expect(metrics).toContain('chatmail_check_watch_status{host="b.test",status="up"} 1')
    expect(metrics).toContain('chatmail_check_watch_address{host="b.test",address="127.0.0.33"} 1')
    expect(metrics).toMatch(/watch_delivery_seconds\{host="a\.test"\} 0\.\d+/)
    expect(page).toContain('b.test has another address')
    expect(missing.status).toBe(404)
  })

  it('goes on after kill -9 where it was, and tells nothing twice', async () => {
    await using world = await openWorld()
    await world.serve('a.test', '127.0.0.36')
    const command = ['--notify-command', 'cat >>alerts']
    const killed = startWatch(world, 'a.test', 'b.test', ...never, ...command)
    await killed.says(/a\.test {2}arrives/, 3)
    world.zones['b.test'] = { A: ['127.0.0.37'] }
    await killed.says(/! b\.test does not deliver/)
    await vi.waitFor(
      async () => expect(await journalOf(world)).toContainEqual(expect.objectContaining({ kind: 'told' })),
      {
        timeout: 10_000,
      },
    )
    await killed.end('SIGKILL')
    const before = await journalOf(world)
    const shown = killed.times(/ {2}(arrives|fails|not judged) {2}/)
    expect(before.filter(({ kind }) => kind === 'round').length).toBeGreaterThanOrEqual(shown)
    // A crash in the midst of a line.
    await appendFile(join(world.folder, 'watch', 'journal.jsonl'), '{"kind":"round","ho')

    const run = watch(world, 'a.test', 'b.test', ...quick, ...command)
    await run.says(/a\.test {2}arrives/, 2)
    await run.says(/b\.test {2}fails/, 2)
    await run.stop()
    const text = await readFile(join(world.folder, 'watch', 'journal.jsonl'), 'utf8')
    const after = text.split('\n').filter((line) => line !== '' && line !== '{"kind":"round","ho')
    expect(after.slice(0, before.length).map((line) => JSON.parse(line))).toEqual(before)
    expect(after.length).toBeGreaterThan(before.length)
    expect(run.written.out).toContain(`going on with ${before.length} entries`)
    const alerts = (await readFile(join(world.folder, 'alerts'), 'utf8')).trimEnd().split('\n')
    expect(alerts.map((line) => JSON.parse(line).event)).toEqual(['down'])
  })

  it('takes silence of all its hosts for trouble of its own network, and tells nobody', async ({ skip }) => {
    const inNamespace = ['-n', process.execPath, join(import.meta.dirname, 'test-own-network.ts')]
    if (spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status !== 0) {
      return skip('network namespaces want root, unshare and ip')
    }
    const { stdout: out } = await promisify(execFile)('unshare', inNamespace, { timeout: 80_000 })
    expect(out).toContain('not judged  our own network seems to be down: other hosts are silent, too')
    expect(out).not.toContain('!')
    expect(out).not.toContain('fails')
  })

  it('does not start twice over one folder', async () => {
    await using world = await openWorld()
    await world.serve('a.test', '127.0.0.38')
    const first = startWatch(world, 'a.test', ...never)
    await first.says(/arrives/)
    const second = watch(world, 'a.test', '--once')
    expect(await second.done).toBe(2)
    expect(second.written.err).toMatch(/another watch works in .* \(process \d+\)\n {2}hint: stop it/)
    expect(await first.end('SIGTERM')).toBe(0)
  })

  it.for([
    ['127.0.0.39', 0],
    [undefined, 1],
  ] as const)('is over after a round with --once: %o is exit code %i', async ([listen, exitCode]) => {
    await using world = await openWorld()
    await world.serve('a.test', listen ?? '127.0.0.40')
    if (listen === undefined) await world.kill('a.test')
    const run = watch(world, 'a.test', '--once', '--every', '20s')
    expect(await run.done).toBe(exitCode)
    expect(roundsOf(await journalOf(world), 'a.test')).toHaveLength(1)
  })

  it('makes a full run once a day, keeps its report, and no further accounts afterwards', async () => {
    await using world = await openWorld()
    const server = await world.serve('a.test', '127.0.0.41')
    const args = ['a.test', '--every', '1s', '--profile', 'quick', '--only', 'imap/*']
    const run = watch(world, ...args)
    await run.says(/full run:/)
    await run.says(/arrives/, 2)
    await run.stop()
    const made = server.accounts.list().length
    const fulls = (await journalOf(world)).filter(({ kind }) => kind === 'full')
    expect(fulls).toMatchObject([{ host: 'a.test', verdict: 'conforms', problems: [] }])
    expect(await readFile(join(world.folder, 'watch', 'a.test.html'), 'utf8')).toContain('CONFORMS')
    expect(await readFile(join(world.folder, 'watch', 'metrics.prom'), 'utf8')).toContain('chatmail_check_verdict{')

    // A day later, by the journal.
    const file = join(world.folder, 'watch', 'journal.jsonl')
    const yesterday = new Date(Date.now() - 90_000_000).toISOString()
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(fulls[0]?.kind === 'full' ? fulls[0].at : '', yesterday))
    const again = watch(world, ...args)
    await again.says(/full run:/)
    await again.stop()
    expect(server.accounts.list().length).toBe(made)
  })
})

describe('an alert by chat', () => {
  it('reaches the user of an invitation through another relay', { timeout: 120_000 }, async ({ skip }) => {
    const binary = await findCore(process.env, process.cwd())
    if (binary === undefined) return skip('no Delta Chat core is installed')
    await using world = await openWorld()
    await world.serve('a.test', '127.0.0.42')
    const via = await world.serve('via.test', '127.0.0.43')
    await using core = await startCore(binary)
    const signal = new AbortController().signal
    const quiet = { note: () => {}, hide: () => {}, onLink: () => {}, onSent: () => {} }
    await using deltachat = createDeltaChat({ core, host: via.host(), signal, ...quiet })
    const operator = await deltachat.device({ address: 'operator1@via.test', password: 'operator-password-1' })
    const invite = await operator.rpc.getChatSecurejoinQrCode(operator.id, null)
    const run = watch(world, 'a.test', ...quick, '--notify-chat', invite, '--notify-via=via.test')
    await run.says(/a\.test {2}arrives/)
    await world.kill('a.test')
    const got = await operator.message(({ text }) => text.includes('does not deliver'), { within: 60_000 })
    expect(got?.message.text).toMatch(/^a\.test does not deliver: a\.test \(127\.0\.0\.42\) refuses connections/)
    await vi.waitFor(
      async () => expect(await journalOf(world)).toContainEqual(expect.objectContaining({ by: 'chat' })),
      {
        timeout: 20_000,
      },
    )
    await run.stop()
  })
})

describe('what cannot be watched', () => {
  it.for([
    [['a.test', 'a.test'], 'a.test is named twice', ''],
    [['a.example', '--every', '60s'], 'a.example is asked every five minutes at most', '--i-operate a.example'],
    [['a.test', '--notify-chat', 'x'], '--notify-chat and --notify-via go together', ''],
    [['a.test', '--notify-chat', 'x', '--notify-via=a.test'], 'a relay that is down cannot say so', 'another relay'],
    [['a.test', '--full', '1h'], 'a full run once a day is the most', ''],
    [['a.test', '--listen', 'nowhere'], 'is not ADDR:PORT', '127.0.0.1:9469'],
    [['a.test', '--listen', '127.0.0.1:99999'], 'is not ADDR:PORT', ''],
    [['a.test', '--ca', 'none.pem'], 'cannot read none.pem', ''],
  ] as const)('%o: exit 2', async ([args, message, hint]) => {
    let err = ''
    const exitCode = await main(['watch', ...args], {
      stdout: { write: () => {} },
      stderr: { write: (text) => (err += text) },
      env: { XDG_STATE_HOME: '/nonexistent' },
      cwd: '/',
      signals: new EventEmitter(),
      exit: (code) => expect.unreachable(`exit ${code}`),
    })
    expect([exitCode, err.includes(message), err.includes(hint)]).toEqual([2, true, true])
  })
})
