// The scenario soak for half an hour, as its user has it: a program of its own, whose memory must not grow while it drives the
// load, and a server that must lose nothing. SOAK_SECONDS makes it shorter, SOAK_RATE slower, for whoever works on it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startReference } from '../../../reference-server/index.ts'
import { loadRecord } from '../../result/load-schema.ts'

const seconds = Number(process.env.SOAK_SECONDS ?? 1_800)
/** Messages a second. */
const rate = Number(process.env.SOAK_RATE ?? 20)
/** Until code is compiled, and sessions of all virtual users have been open. */
const settling = Math.min(300, seconds / 3)
/** MiB that memory may grow from then on: each sample of a trend is kept. A short run sees it on its way up alone. */
const mostGrowth = seconds < 600 ? 64 : 16
/** Memory rises until garbage is collected: of each of so many stretches the lowest reading counts. */
const stretches = 6

const launcher = join(import.meta.dirname, '..', '..', '..', 'bin', 'chatmail-check.js')

interface Reading {
  readonly second: number
  readonly mib: number
}

/** Resident memory of a process. */
async function residentMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024
}

function lowestOf(readings: readonly Reading[]): readonly Reading[] {
  const length = Math.ceil(readings.length / stretches)
  return Array.from({ length: stretches }, (_, at) =>
    readings.slice(at * length, (at + 1) * length).sort((a, b) => a.mib - b.mib),
  ).flatMap(([first]) => first ?? [])
}

/** MiB a second, of the straight line that fits best. */
function slope(readings: readonly Reading[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(readings.map(({ second }) => second)), mean(readings.map(({ mib }) => mib))]
  const along = readings.reduce((sum, { second, mib }) => sum + (second - x) * (mib - y), 0)
  return along / readings.reduce((sum, { second }) => sum + (second - x) ** 2, 0)
}

test(`memory of the driver stays flat for ${seconds} s of soak`, { timeout: (seconds + 300) * 1_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'soak-'))
  const reference = await startReference({ domains: ['soak.test'], overrides: { limits: { perMinute: 0 } } })
  try {
    await writeFile(join(folder, 'ca.pem'), reference.ca)
    const at = (service: 'imaps' | 'submissions') => ['--connect', `${service}=127.0.0.1:${reference.ports[service]}`]
    const reach = [...at('imaps'), ...at('submissions'), '--ca', 'ca.pem']
    const args = ['load', 'soak', 'soak.test', ...reach, '--rate', `${rate}`, '--duration', `${seconds}s`]
    const driver = spawn(process.execPath, [launcher, ...args, '--out', '.', '--format', 'json'], {
      cwd: folder,
      env: { ...process.env, XDG_STATE_HOME: folder },
      stdio: 'ignore',
    })
    const readings: Reading[] = []
    const began = performance.now()
    const timer = setInterval(() => {
      const second = (performance.now() - began) / 1_000
      if (second < settling || second > seconds) return
      residentMib(driver.pid ?? 0).then(
        (mib) => readings.push({ second, mib }),
        () => {},
      )
    }, 1_000)
    const [code] = await once(driver, 'exit')
    clearInterval(timer)
    const { load: record } = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))
    const { metrics, errors } = loadRecord.parse(record)
    const counted = (name: string) => metrics[name]?.values.count
    // A busy machine may make any run invalid, or slow.
    expect([0, 99, 120]).toContain(code)
    expect(errors).toEqual([])
    expect(counted('messages_sent')).toBeGreaterThan(0.9 * rate * seconds)
    expect(counted('messages_received')).toBe(counted('messages_sent'))
    for (const what of ['lost', 'duplicated', 'leaked', 'corrupted']) expect(counted(`messages_${what}`)).toBe(0)
    expect(readings.length).toBeGreaterThan(0.8 * (seconds - settling))
    const lowest = lowestOf(readings)
    const grown = slope(lowest) * (seconds - settling)
    const shown = lowest.map(({ mib }) => mib.toFixed(0)).join(', ')
    console.log(`memory of the driver: ${shown} MiB; grown by ${grown.toFixed(1)} MiB`)
    expect(grown).toBeLessThan(mostGrowth)
  } finally {
    await reference.close()
    await rm(folder, { recursive: true })
  }
})
