// Samplers against real counterparts where this machine has them: processes, an SSH server, node_exporter; and against those that die,
// hang, or talk nonsense.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Collector } from './collector.ts'
import { groupOf } from './control-group.ts'
import { fromMetrics } from './node-exporter.ts'
import { openSampler, parseSampleSource, type SampleSource } from './open-sampler.ts'
import { machineState, parseStat } from './processes.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sampling-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** What it told by the time that `enough` holds, or in ten seconds. */
async function sampled(source: SampleSource, enough: (readings: number, notes: readonly string[]) => boolean) {
  await using sampler = await openSampler(source)
  await vi
    .waitFor(() => expect(enough(sampler.readings().length, sampler.notes())).toBe(true), { timeout: 10_000 })
    .catch(() => {})
  return { name: sampler.source, readings: sampler.readings(), notes: sampler.notes(), board: sampler.board() }
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('a sampler', () => {
  it('of processes counts what they and their children use', async () => {
    const burner = spawn('sh', ['-c', 'sh -c "while :; do :; done" & echo on its way; wait'], { detached: true })
    try {
      await new Promise((resolve) => burner.stdout.once('data', resolve))
      const { readings, notes } = await sampled({ kind: 'local', pids: [burner.pid ?? 0] }, (count) => count >= 3)
      const [first, last] = [readings[0], readings.at(-1)]
      expect(notes).toEqual([])
      expect((last?.cpuSeconds ?? 0) - (first?.cpuSeconds ?? 0)).toBeGreaterThan(0.05)
      expect(last?.resident).toBeGreaterThan(100_000)
      expect(last?.cpus).toBeGreaterThan(0)
    } finally {
      if (burner.pid !== undefined) process.kill(-burner.pid, 'SIGKILL')
    }
  })

  it('that is a command may talk nonsense between its lines, and is never told by name', async () => {
    const command = `echo hello; echo '{"cpuSeconds":1}'; echo '{"cpuSeconds":1,"resident":2,"written":3,"more":true}'; sleep 60`
    const { name, readings, notes } = await sampled({ kind: 'command', command }, (count) => count === 1)
    expect(name).toBe('a command')
    expect(readings).toMatchObject([{ cpuSeconds: 1, resident: 2, written: 3 }])
    expect(notes).toEqual(['2 of its lines made no sense'])
  })

  it.for([
    ['dies', 'echo no such file >&2; exit 3', ['it ended with 3: no such file', 'it told nothing']],
    ['is not there', 'exec /nowhere/at/all 2>/dev/null', ['it ended with 127', 'it told nothing']],
  ] as const)('that %s leaves a note', async ([, command, notes]) => {
    const seen = await sampled({ kind: 'command', command }, (_, notes) => notes.length === 2)
    expect(seen.notes).toEqual(notes)
  })

  it('that does not react to being ended is ended', async () => {
    const command = `trap '' TERM; echo '{"cpuSeconds":1,"resident":2,"written":3}'; while :; do sleep 0.1; done`
    const { readings } = await sampled({ kind: 'command', command }, (count) => count === 1)
    expect(readings).toHaveLength(1)
  })

  it('that falls silent says for how long', () => {
    let now = 0
    const collector = new Collector(() => now)
    const one = { cpuSeconds: 1, resident: 1, written: 1 }
    collector.take(one)
    now = 1_000
    collector.take(one)
    expect(collector.notes()).toEqual([])
    now = 31_000
    expect(collector.notes()).toEqual(['it told nothing for 30 s'])
    collector.take(one)
    expect(collector.notes()).toEqual(['it told nothing for 30 s'])
  })

  it('of node_exporter is not taken in by another page', async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked++
      response.end('<html>hello</html>')
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const { readings, notes } = await sampled(
      { kind: 'http', url: `http://127.0.0.1:${port}/metrics` },
      () => asked > 1,
    )
    server.close()
    expect(readings).toEqual([])
    expect(notes.join()).toContain('it told nothing')
  })

  it('reads a real node_exporter', async ({ skip }) => {
    if (!existsSync('/usr/bin/prometheus-node-exporter')) return skip('no prometheus-node-exporter')
    const port = await freePort()
    const exporter = spawn('prometheus-node-exporter', [`--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' })
    try {
      const url = `http://127.0.0.1:${port}/metrics`
      const { name, readings } = await sampled({ kind: 'http', url }, (count) => count >= 2)
      expect(name).toBe(`http://127.0.0.1:${port}`)
      expect(readings[1]).toMatchObject({
        cpus: expect.any(Number),
        diskFree: expect.any(Number),
        load1: expect.any(Number),
      })
      expect(readings[1]?.cpuSeconds).toBeGreaterThanOrEqual(readings[0]?.cpuSeconds ?? Number.NaN)
      expect(readings[1]?.memoryTotal).toBeGreaterThan(readings[1]?.resident ?? Number.NaN)
    } finally {
      exporter.kill()
    }
  })

  it('runs sample.sh over a real SSH server, by a key', async ({ skip }) => {
    if (!existsSync('/usr/sbin/sshd') || process.getuid?.() !== 0) return skip('no sshd, or not root')
    const home = join(folder, 'ssh')
    await mkdir(home, { mode: 0o700 })
    await mkdir('/run/sshd', { recursive: true })
    for (const key of ['host', 'user'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, key)])
    const port = await freePort()
    const settings = [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${home}/host`,
      `AuthorizedKeysFile ${home}/user.pub`,
      'StrictModes no',
      'PasswordAuthentication no',
      'UsePAM no',
      'PermitRootLogin prohibit-password',
      `PidFile ${home}/pid`,
    ]
    await writeFile(join(home, 'sshd_config'), `${settings.join('\n')}\n`)
    await writeFile(
      join(home, 'ssh_config'),
      `Host pi\n  HostName 127.0.0.1\n  Port ${port}\n  User root\n  IdentityFile ${home}/user\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n`,
    )
    // As a user has it in ~/.ssh/config.
    await mkdir(join(home, 'bin'))
    await writeFile(join(home, 'bin', 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${home}/ssh_config "$@"\n`)
    await chmod(join(home, 'bin', 'ssh'), 0o755)
    vi.stubEnv('PATH', `${home}/bin:${process.env.PATH}`)
    const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(home, 'sshd_config')], { stdio: 'ignore' })
    try {
      await new Promise((resolve) => setTimeout(resolve, 300))
      const source = parseSampleSource('ssh:root@pi')
      if (source === undefined) return expect.unreachable('a source')
      const { name, readings, board, notes } = await sampled(source, (count) => count >= 2)
      expect(notes).toEqual([])
      expect(name).toBe('ssh:pi')
      expect(board?.kernel).not.toBe('')
      expect(readings.length).toBeGreaterThanOrEqual(2)
      // The key is not let in: a note, and no more.
      await writeFile(join(home, 'user.pub'), '')
      const refused = await sampled(source, (_, notes) => notes.length === 2)
      expect(refused.notes[0]).toMatch(/^it ended with 255: .*Permission denied/)
    } finally {
      server.kill()
      vi.unstubAllEnvs()
    }
  })
})

it('knows the four kinds of sources, and nothing that would be an option of ssh', () => {
  expect(parseSampleSource('ssh:pi@chat.local')).toEqual({ kind: 'ssh', destination: 'pi@chat.local' })
  expect(parseSampleSource('local:12,13')).toEqual({ kind: 'local', pids: [12, 13] })
  expect(parseSampleSource('http://10.0.0.2:9100/metrics')).toMatchObject({ kind: 'http' })
  for (const text of ['ssh:-oProxyCommand=x', 'ssh:a b', 'local:', 'local:x', 'ftp://x', 'pi']) {
    expect(parseSampleSource(text)).toBeUndefined()
  }
})

it('reads a process whose name has brackets and spaces', () => {
  const fields = ['S', 7, 1, 1, 0, -1, 0, 0, 0, 0, 0, 150, 50, 20, 30, 20, 0]
  expect(parseStat(`42 (a (b) c) ${fields.join(' ')}`)).toEqual({ pid: 42, parent: 7, cpuSeconds: 2.5 })
  expect(parseStat('')).toBeUndefined()
})

it('sees how busy the busiest disk of this machine is, and how long all waited for one', async () => {
  const root = join(folder, 'disks')
  await mkdir(join(root, 'proc/pressure'), { recursive: true })
  await writeFile(
    join(root, 'proc/diskstats'),
    '   7 0 loop0 9 9 9 9 9 9 9 9 9 90000 9\n 254 0 vda 5 0 40 5 7 0 2048 30 0 4500 35 0\n 254 16 vdb 5 0 40 5 7 0 2048 30 0 300 35\n',
  )
  await writeFile(join(root, 'proc/pressure/io'), 'some avg10=0.00 total=9\nfull avg10=0.00 total=1250000\n')
  expect(await machineState(root)).toEqual({ diskBusy: 4.5, diskStalled: 1.25 })
})

it('sees the quotas of a control group, in both versions', async () => {
  const write = async (root: string, files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(root, name, '..'), { recursive: true })
      await writeFile(join(root, name), text)
    }
  }
  const [two, one] = [join(folder, 'two'), join(folder, 'one')]
  await write(two, {
    'proc/9/cgroup': '0::/mail\n',
    'sys/fs/cgroup/mail/cpu.max': '30000 100000\n',
    'sys/fs/cgroup/mail/cpu.stat': 'usage_usec 5\nthrottled_usec 2500000\n',
    'sys/fs/cgroup/mail/memory.max': '1000000\n',
    'sys/fs/cgroup/mail/memory.current': '900000\n',
    'sys/fs/cgroup/mail/memory.stat': 'inactive_file 100000\n',
    'sys/fs/cgroup/mail/io.pressure': 'some avg10=0.00 total=9\nfull avg10=0.00 total=1500000\n',
  })
  await write(one, {
    'proc/9/cgroup': '4:memory:/mail\n1:cpu:/mail\n0::/all\n',
    'sys/fs/cgroup/unified/all/io.pressure': 'some avg10=0.00 total=9\nfull avg10=0.00 total=1500000\n',
    'sys/fs/cgroup/cpu/mail/cpu.cfs_quota_us': '30000\n',
    'sys/fs/cgroup/cpu/mail/cpu.cfs_period_us': '100000\n',
    'sys/fs/cgroup/cpu/mail/cpu.stat': 'nr_throttled 3\nthrottled_time 2500000000\n',
    'sys/fs/cgroup/memory/mail/memory.limit_in_bytes': '1000000\n',
    'sys/fs/cgroup/memory/mail/memory.usage_in_bytes': '900000\n',
    'sys/fs/cgroup/memory/mail/memory.stat': 'total_inactive_file 100000\n',
  })
  const wanted = { cpus: 0.3, heldBack: 2.5, memoryTotal: 1_000_000, memoryAvailable: 200_000, diskStalled: 1.5 }
  expect(await groupOf(9, two, { memoryTotal: 1e9 })).toEqual(wanted)
  expect(await groupOf(9, one, { memoryTotal: 1e9 })).toEqual(wanted)
  expect(await groupOf(10, one, {})).toEqual({})
})

it('refuses a page that is none of node_exporter', () => {
  expect(() => fromMetrics('up 1\n')).toThrow('no page of node_exporter')
})
