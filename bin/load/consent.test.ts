// Load that is ordered for servers at public addresses, with and without the word of their operators: whoever has not agreed gets
// none of it. The addresses exist in a network namespace alone, which needs root.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Trial } from './test-consent.ts'

const trials = new Map<string, Trial>()
let cannot = ''

/** In a network of its own, in which every address of a range for documentation leads to this machine. */
function inNamespace(...command: readonly string[]): Promise<string> {
  const script = 'ip link set lo up && ip route add local 203.0.113.0/24 dev lo && exec "$@"'
  const args = ['--net', '--', 'sh', '-c', script, 'sh', ...command]
  return new Promise((resolve, reject) => {
    execFile('unshare', args, { timeout: 80_000 }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
}

beforeAll(async () => {
  try {
    await inNamespace('true')
  } catch (error) {
    cannot = `no network namespaces here: ${error}`
    return
  }
  const printed = await inNamespace(process.execPath, join(import.meta.dirname, 'test-consent.ts'))
  for (const trial of JSON.parse(printed) as readonly Trial[]) trials.set(trial.name, trial)
}, 90_000)

describe('nobody gets load who has not agreed to it', () => {
  test.for([
    ['nobody says so', /own\.test at 203\.0\.113\.7 gets load only with its operator's word/],
    ['a name that leads to somebody else', /pointed\.test at 203\.0\.113\.66 gets load only with/],
    ['such a name, said to be ours', /pointed\.test does not show at 203\.0\.113\.66 that it agrees/],
    ['a server in the place of ours', /victim\.test does not show at 203\.0\.113\.66/],
    ['--connect to a third address', /own\.test does not show at 203\.0\.113\.66/],
    ['--resolve to a third address', /own\.test does not show at 203\.0\.113\.66/],
    ['a token that is redirected', /does not show at 203\.0\.113\.8 .* is answered with 302/],
    ['federation with a second end that is not ours', /victim\.test at 203\.0\.113\.66 gets load only with/],
    ['federation with a second end that shows no token', /victim\.test does not show at/],
    ['federation with a first end that shows no token', /victim\.test does not show at/],
    ['federation whose mail goes to somebody else', /elsewhere\.test does not show at 203\.0\.113\.66/],
  ] as const)('%s', ([name, message], { skip }) => {
    if (cannot !== '') skip(cannot)
    const trial = trials.get(name)
    expect(trial).toMatchObject({ exitCode: 2, agreeing: 0, others: 0 })
    expect(trial?.stderr).toMatch(message)
    // Without anybody's word nothing is even connected to.
    if (/only with its operator/.test(trial?.stderr ?? '')) expect(trial?.knocks).toBe(0)
  })

  test('a name that leads elsewhere after consent does not take the load with it', ({ skip }) => {
    if (cannot !== '') skip(cannot)
    const trial = trials.get('a name that turns after consent')
    // A busy machine may make any run invalid.
    expect([0, 120]).toContain(trial?.exitCode)
    expect(trial).toMatchObject({ agreeing: 2, others: 0, knocks: 0 })
  })

  test('and who has agreed gets it, at both ends', ({ skip }) => {
    if (cannot !== '') skip(cannot)
    const trial = trials.get('both ends agree')
    expect([0, 120]).toContain(trial?.exitCode)
    expect(trial).toMatchObject({ agreeing: 6, others: 0, knocks: 0 })
  })
})
