// A watch over many rounds: its memory stays flat. For the night, since it takes minutes.
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { residentMebibytes } from './test-memory.ts'
import { startWatch } from './test-process.ts'
import { openWorld } from './test-world.ts'

const rounds = 400
/** Before, code is compiled, caches fill, and the heap grows to what the collector finds convenient. */
const warm = 200

it(`takes no more memory after ${rounds} rounds than after ${warm}`, { timeout: 600_000 }, async () => {
  await using world = await openWorld()
  await world.serve('a.test', '127.0.0.47')
  await world.serve('b.test', '127.0.0.48')
  const watch = startWatch(world, 'a.test', 'b.test', '--full', 'never')
  const resident = () => residentMebibytes(watch.pid)
  const until = async (wanted: number): Promise<number[]> => {
    const samples: number[] = []
    for (let n = 0; n < 3_000 && watch.times(/ {2}arrives {2}/) < wanted; n++) {
      await delay(100)
      samples.push(await resident())
    }
    return samples.toSorted((a, b) => a - b)
  }
  await until(warm)
  const early = await until(warm + 40)
  await until(rounds - 40)
  const late = await until(rounds)
  await watch.end('SIGTERM')
  const middle = (samples: readonly number[]): number => samples[samples.length >> 1] ?? Number.NaN
  expect(middle(late)).toBeLessThan(middle(early) + 25)
})
