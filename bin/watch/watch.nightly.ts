// A watch over many rounds: its memory stays flat. For the night, since it takes minutes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openWorld } from './test-world.ts'

const rounds = 400
/** Before, code is compiled, caches fill, and the heap grows to what the collector finds convenient. */
const warm = 200
const mebibyte = 1_048_576

it(`takes no more memory after ${rounds} rounds than after ${warm}`, { timeout: 600_000 }, async () => {
  await using world = await openWorld()
  await world.serve('a.test', '127.0.0.47')
  await world.serve('b.test', '127.0.0.48')
  const program = join(import.meta.dirname, '../chatmail-check.js')
  const operated = ['a.test', 'b.test'].flatMap((host) => ['--i-operate', host])
  const places = ['--dns', world.dns, '--ca', world.ca, '--folder', join(world.folder, 'watch')]
  const child = spawn(
    process.execPath,
    [program, 'watch', 'a.test', 'b.test', '--every', '1s', '--full', 'never', ...operated, ...places],
    { env: { ...process.env, XDG_STATE_HOME: join(world.folder, 'state') }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const resident = async (): Promise<number> => {
    const [, kib] = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${child.pid}/status`, 'utf8')) ?? []
    return (Number(kib) * 1_024) / mebibyte
  }
  const until = async (wanted: number): Promise<number[]> => {
    const samples: number[] = []
    for (let n = 0; n < 3_000 && (out.match(/ {2}arrives {2}/g)?.length ?? 0) < wanted; n++) {
      await delay(100)
      samples.push(await resident())
    }
    return samples.toSorted((a, b) => a - b)
  }
  await until(warm)
  const early = await until(warm + 40)
  await until(rounds - 40)
  const late = await until(rounds)
  child.kill('SIGTERM')
  await once(child, 'close')
  const middle = (samples: readonly number[]): number => samples[samples.length >> 1] ?? Number.NaN
  expect(middle(late)).toBeLessThan(middle(early) + 25)
})
