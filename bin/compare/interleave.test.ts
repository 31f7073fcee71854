// The comparison in turns as a user has it. A busy machine may leave it open; it may never be wrong.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareInTurns } from './test-interleave.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interleave-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: readonly string[]) => compareInTurns(folder, ...args)

describe('compare --interleave', () => {
  it('names the stage at which the new server is slower', { timeout: 120_000 }, async () => {
    const old = '@reference:pace=5'
    const { exitCode, record } = await run(old, `${old},slow=rcpt+3ms`, '--rounds', '60', '--format', 'json', '--quiet')
    const { verdict, reason, stages, rounds } = record()
    expect(rounds.length).toBeGreaterThanOrEqual(24)
    const changed = stages.find(({ stage }) => stage === 'delivery.rcpt')
    if (exitCode === 3) return expect(verdict).toBe('undecided')
    expect([exitCode, verdict, reason]).toEqual([1, 'slower', 'slower at delivery.rcpt'])
    expect(changed?.change).toBeGreaterThan(1)
    expect(changed?.change).toBeLessThan(6)
  })

  it('says that equally fast ones are, with every stage and the noise of this machine', {
    timeout: 120_000,
  }, async () => {
    const { exitCode, stdout, stderr } = await run('@reference:pace=5', '@reference:pace=5', '--rounds', '60')
    expect(stderr).toContain('24 to 60 messages through each')
    expect([0, 3]).toContain(exitCode)
    expect(stdout).toContain(exitCode === 0 ? 'NOT SLOWER' : 'UNDECIDED')
    for (const stage of [
      'submission.tls',
      'submission.auth',
      'delivery.mail',
      'delivery.notify',
      'reading.auth',
      'whole',
    ])
      expect(stdout).toContain(stage)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('does not call a server that refuses mail as fast as the other', { timeout: 60_000 }, async () => {
    const { exitCode, stdout } = await run('@reference', '@reference:defect=refuses-encrypted', '--quiet')
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/3 messages in a row did not come through\s+@reference:defect=refuses-encrypted/)
    expect(stdout).toContain('3 times on the new server: 523 ')
  })

  it.for([
    [['@reference'], '--interleave takes two hosts'],
    [['@reference', '@reference', '--rounds', '5'], '--rounds: "5" is not a whole number from 12 to 1200'],
    [['@reference', '@reference', '--format', 'junit'], 'unknown value of --format "junit"'],
    [['@reference', '@reference:slow=rcpt'], 'slow="rcpt" is not STAGE+TIME'],
    [['@reference', '@reference:slow=rcp+2ms'], 'unknown stage'],
    [['@reference', '@reference:pace=fast'], 'pace "fast" is no number of milliseconds'],
  ] as const)('exits with 2 for %o', async ([args, message]) => {
    const { exitCode, stdout, stderr } = await run(...args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})
