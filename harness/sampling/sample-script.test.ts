// sample.sh under the shells that servers have, and on a tree that looks like a Raspberry Pi's.
import { execFile, execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Collector } from './collector.ts'

const script = join(import.meta.dirname, 'sample.sh')
const present = (program: string) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return true
  } catch {
    return false
  }
}
const shells = [
  ['sh'],
  ...(present('dash') ? [['dash']] : []),
  ...(present('busybox') ? [['busybox', 'sh']] : []),
  ...(present('bash') ? [['bash', '--posix']] : []),
]

let pi = ''
beforeAll(async () => {
  pi = await mkdtemp(join(tmpdir(), 'fake-pi-'))
  const files = {
    'proc/stat':
      'cpu  1000 0 500 90000 250 0 20 0 0 0\ncpu0 500 0 250 45000 125 0 10 0 0 0\ncpu1 500 0 250 45000 125 0 10 0 0 0\n',
    'proc/meminfo': 'MemTotal:         948280 kB\nMemFree:          100000 kB\nMemAvailable:     600000 kB\n',
    'proc/diskstats':
      '   7 0 loop0 9 9 9 9 9 9 9 9 9 9 9\n 179 0 mmcblk0 5 0 40 5 7 0 2048 30 0 4500 35 0 0 0 0\n 179 1 mmcblk0p1 5 0 40 5 7 0 2048 30 0 9999 35\n',
    'proc/pressure/io':
      'some avg10=0.00 avg60=0.00 avg300=0.00 total=5000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=3250000\n',
    'proc/loadavg': '0.42 0.30 0.20 1/150 1234\n',
    'proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0',
    'proc/sys/kernel/osrelease': '6.12.25+rpt-rpi-v8\n',
    'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'ondemand\n',
    'sys/class/thermal/thermal_zone0/temp': '61342\n',
    'sys/block/mmcblk0/device/type': 'SD\n',
    'etc/storage-device': 'mmcblk0p2\n',
    'usr/bin/vcgencmd': '#!/bin/sh\necho throttled=0x50005\n',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(pi, name)), { recursive: true })
    await writeFile(join(pi, name), text)
  }
  await chmod(join(pi, 'usr/bin/vcgencmd'), 0o755)
})
afterAll(() => rm(pi, { recursive: true }))

async function run([file = 'sh', ...args]: readonly string[], root: string, seconds = 1) {
  const collector = new Collector()
  const child = promisify(execFile)(file, [...args, '-s', String(seconds)], {
    env: { ...process.env, SAMPLE_ROOT: root },
  })
  child.child.stdin?.end(await readFile(script))
  const { stdout, stderr } = await child
  for (const line of stdout.split('\n')) collector.takeLine(line)
  return { collector, stderr }
}

describe.for(shells)('sample.sh under %s', (...shell) => {
  const command = shell.flat()

  it('tells what a Raspberry Pi is, how warm it is, and that it is slowed down', async () => {
    const { collector, stderr } = await run(command, pi)
    expect(stderr).toBe('')
    expect(collector.board).toEqual({
      model: 'Raspberry Pi 4 Model B Rev 1.4',
      kernel: '6.12.25+rpt-rpi-v8',
      governor: 'ondemand',
      storage: 'mmcblk0 (SD card)',
    })
    expect(collector.readings).toHaveLength(1)
    expect(collector.readings[0]).toMatchObject({
      cpuSeconds: 15.2,
      ioWait: 2.5,
      cpus: 2,
      memoryTotal: 948_280 * 1_024,
      resident: 348_280 * 1_024,
      written: 2_048 * 512,
      diskBusy: 4.5,
      diskStalled: 3.25,
      load1: 0.42,
      celsius: 61.3,
      throttleBits: 0x50005,
      throttled: true,
    })
    expect(collector.notes()).toEqual([])
  })

  it('tells of this machine once a second, and ends by itself', async () => {
    const { collector, stderr } = await run(command, '', 2)
    expect(stderr).toBe('')
    const [first, second] = collector.readings
    expect(collector.readings).toHaveLength(2)
    expect(first?.memoryTotal).toBeGreaterThan(1e7)
    expect(first?.diskFree).toBeGreaterThan(0)
    expect(second?.cpuSeconds).toBeGreaterThanOrEqual(first?.cpuSeconds ?? Number.NaN)
  })
})

it('looks for throttling in sysfs where there is no vcgencmd, and says nothing where there is neither', async () => {
  await rm(join(pi, 'usr/bin/vcgencmd'))
  expect((await run(['sh'], pi)).collector.readings[0]).not.toHaveProperty('throttled')
  const file = join(pi, 'sys/devices/platform/soc/soc:firmware/get_throttled')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '50000\n')
  expect((await run(['sh'], pi)).collector.readings[0]).toMatchObject({ throttleBits: 0x50000, throttled: false })
})
