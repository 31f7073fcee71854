// A load run whose server's machine is watched, as a user has it: a board over SSH, and a sampler that fails.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { readResult } from '../reports/json.ts'
import { runMain } from './test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watched-'))
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => rm(folder, { recursive: true }))

async function smoke(...args: readonly string[]) {
  const said = ['load', 'smoke', '--out', 'report', '--format', 'terminal,json', ...args]
  const { exitCode, stdout } = await runMain(said, { cwd: folder })
  const { load } = readResult(await readFile(join(folder, 'report', 'result.json'), 'utf8'))
  // A busy machine may make any run invalid.
  expect([0, 120]).toContain(exitCode)
  return { stdout, server: load?.server }
}

it('tells of a throttled Raspberry Pi that is reached over SSH', { timeout: 60_000 }, async () => {
  const files = {
    'proc/stat': 'cpu  1000 0 500 90000 250 0 20 0 0 0\ncpu0 500 0 250 45000 125 0 10 0 0 0\n',
    'proc/meminfo': 'MemTotal: 948280 kB\nMemAvailable: 600000 kB\n',
    'proc/diskstats': ' 179 0 mmcblk0 5 0 40 5 7 0 2048 30 0 4500 35 0 0 0 0\n',
    'proc/loadavg': '0.42 0.30 0.20 1/150 1234\n',
    'proc/device-tree/model': 'Raspberry Pi 3 Model B Plus Rev 1.3\0',
    'proc/sys/kernel/osrelease': '6.12.25+rpt-rpi-v8\n',
    'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'ondemand\n',
    'sys/class/thermal/thermal_zone0/temp': '82000\n',
    'sys/block/mmcblk0/device/type': 'SD\n',
    'etc/storage-device': 'mmcblk0p2\n',
    'usr/bin/vcgencmd': '#!/bin/sh\necho throttled=0x50005\n',
    'bin/ssh': `#!/bin/sh\nSAMPLE_ROOT=${folder}/pi exec sh -s\n`,
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'pi', name)), { recursive: true })
    await writeFile(join(folder, 'pi', name), text)
  }
  for (const name of ['usr/bin/vcgencmd', 'bin/ssh']) await chmod(join(folder, 'pi', name), 0o755)
  vi.stubEnv('PATH', `${folder}/pi/bin:${process.env.PATH}`)
  const { stdout, server } = await smoke('--sample', 'ssh:pi@pi.example', '--board', 'pi')
  expect(server?.source).toBe('ssh:pi.example')
  expect(server?.board).toMatchObject({
    model: 'Raspberry Pi 3 Model B Plus Rev 1.3',
    celsius: { before: 82, highest: 82, after: 82 },
    throttled: { before: true, during: true, after: true, bits: 0x50005 },
  })
  expect(stdout).toContain('board: Raspberry Pi 3 Model B Plus Rev 1.3, mmcblk0 (SD card), Linux')
  expect(stdout).toContain('FLAGGED  throttled (before, during, after): under-voltage, throttled.')
})

it('is not disturbed by a sampler that fails, and says so', { timeout: 60_000 }, async () => {
  const { stdout, server } = await smoke('--sample-command', 'echo secret >/dev/null; echo no such machine >&2; exit 7')
  expect(server).toEqual({
    source: 'a command',
    notes: ['it ended with 7: no such machine', 'it told nothing'],
    points: [],
  })
  expect(stdout).toContain('server (a command): not watched')
  expect(stdout).toContain('note: its sampler: it ended with 7: no such machine')
})
