// For the night: a server that is 20 percent slower at one stage is found there in at least 19 of 20 comparisons, and one that
// is as fast is called so in at least 19 of 20. Ten to twenty seconds each.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compareInTurns } from './test-interleave.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interleave-'))
})
afterAll(() => rm(folder, { recursive: true }))

const repetitions = 20
const base = '@reference:pace=10'

/** What is slowed, and where a client sees it. The queue and the notice are one stage of 20 ms from outside. */
const slowed = [
  ['tls+20%', 'submission.tls'],
  ['greeting+20%', 'submission.greeting'],
  ['ehlo+20%', 'submission.ehlo'],
  ['auth+20%', 'submission.auth'],
  ['mail+20%', 'delivery.mail'],
  ['rcpt+20%', 'delivery.rcpt'],
  ['data+20%', 'delivery.data'],
  ['body+20%', 'delivery.body'],
  ['queue+40%', 'delivery.notify'],
  ['notify+40%', 'delivery.notify'],
  ['fetch+20%', 'delivery.fetch'],
  ['reading.tls+20%', 'reading.tls'],
  ['reading.greeting+20%', 'reading.greeting'],
  ['reading.auth+20%', 'reading.auth'],
] as const

async function outcome(young: string): Promise<string> {
  const { exitCode, record } = await compareInTurns(folder, base, young, '--format', 'json', '--quiet')
  const { reason, rounds, seconds } = record()
  console.log(`${young}: exit ${exitCode}, ${reason}; ${rounds.length} rounds, ${seconds.toFixed(0)} s`)
  return `${exitCode} ${reason}`
}

it('names the stage that is 20 percent slower, and exits with 1', { timeout: 3_600_000 }, async () => {
  let found = 0
  for (let number = 0; number < repetitions; number++) {
    const [what, where] = slowed[number % slowed.length] ?? slowed[0]
    const got = await outcome(`${base},slow=${what}`)
    expect(got).not.toMatch(/^0/)
    if (got === `1 slower at ${where}`) found++
  }
  expect(found).toBeGreaterThanOrEqual(19)
})

it('finds nothing where nothing is slower, and exits with 0', { timeout: 3_600_000 }, async () => {
  let found = 0
  for (let number = 0; number < repetitions; number++) {
    const got = await outcome(base)
    expect(got).not.toMatch(/^1/)
    if (got.startsWith('0')) found++
  }
  expect(found).toBeGreaterThanOrEqual(19)
})
