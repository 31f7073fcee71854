// The capacity of a real relay: three searches agree, and what was made scarce on purpose is named as what gave way. All is made so
// scarce that this machine, which drives the load as well, is far from being the limit: a search that blames the driver fails.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bound, bind, diskUnder, whyNoBound } from './scarce.ts'
import { startTestbed, type Testbed, whyNoTestbed } from './testbed.ts'

interface Answer {
  readonly bracket: { readonly holds: number; readonly givesWay?: number; readonly spread: number }
  readonly ended: string
  readonly gaveWay: { readonly what: string; readonly evidence: string }
  readonly steps: readonly { readonly rate: number; readonly verdict: string; readonly why?: string }[]
}

const skip = (await whyNoTestbed()) ?? whyNoBound()
let testbed: Testbed | undefined

beforeAll(async () => {
  if (skip === undefined) testbed = await startTestbed({ max_user_send_per_minute: 60 })
}, 120_000)
afterAll(() => testbed?.close(), 60_000)

function relays(): Testbed {
  if (testbed === undefined) throw new Error('there is no testbed')
  return testbed
}

/** The sampler sees the control groups of the relay: they are mounted where it runs. */
const inside = [
  'mount -t tmpfs none /sys/fs/cgroup',
  'mkdir /sys/fs/cgroup/unified && mount -t cgroup2 none /sys/fs/cgroup/unified',
  'for c in cpu memory; do mkdir /sys/fs/cgroup/$c && mount -t cgroup -o $c cgroup /sys/fs/cgroup/$c; done',
  'exec "$@"',
].join('; ')

async function search(options: object, bound?: Bound): Promise<Answer> {
  const { folder, enter } = relays()
  const env = [`FOLDER=${folder}`, `SEARCH=${JSON.stringify(options)}`]
  const program = ['env', ...env, process.execPath, `${import.meta.dirname}/beside-capacity.ts`]
  const free = bound === undefined ? undefined : bind(folder, bound)
  try {
    const ended = await enter('unshare', '--mount', 'sh', '-c', inside, 'sh', ...program)
    if (ended.code !== 0) throw new Error(`the search ended with ${ended.code}: ${ended.stderr}`)
    const answer = JSON.parse(ended.stdout) as Answer
    console.log(ended.stderr, JSON.stringify({ ...answer, steps: answer.steps.length }))
    return answer
  } finally {
    free?.()
  }
}

const longest = 450_000

describe.skipIf(skip !== undefined)(`the capacity of a relay of real parts${skip ? ` (${skip})` : ''}`, () => {
  describe('with a quota of processors', () => {
    // In 100 ms. Linux deals a quota out to the processors by 5 ms: of a small one, chance decides who gets it.
    const bound: Bound = { controller: 'cpu', files: { 'cpu.cfs_quota_us': '30000' } }
    const brackets: Answer['bracket'][] = []

    it.for([1, 2, 3])(
      'is found as closely as equal runs agree, and named: search %i',
      { timeout: 1_500_000 },
      async () => {
        // Steps, precision and repetitions of the command line. In steps of 6 s a rate that is a tenth too high does not fall behind by
        // a second, and chance decides.
        const options = { from: 12, seconds: 30, precision: 0.05, confirm: 3, mostSteps: 40 }
        const { bracket, ended, gaveWay } = await search(options, bound)
        expect(ended).toBe('found')
        const { holds, givesWay = Number.POSITIVE_INFINITY, spread } = bracket
        // Equal runs on shared machines differ by so much; rates are ordered in three digits.
        expect(spread).toBeLessThan(0.25)
        expect(givesWay / holds).toBeLessThanOrEqual(1.005 + Math.max(0.05, spread))
        expect(gaveWay).toMatchObject({ what: 'cpu', evidence: expect.stringContaining('quota') })
        brackets.push(bracket)
      },
    )

    it('is found again: three searches overlap', () => {
      expect(brackets).toHaveLength(3)
      const highest = Math.max(...brackets.map(({ holds }) => holds))
      const lowest = Math.min(...brackets.map(({ givesWay = 0 }) => givesWay))
      expect(highest).toBeLessThanOrEqual(lowest)
    })
  })

  it('names memory when there is none left', { timeout: longest }, async () => {
    const { gaveWay } = await search({ from: 13 }, { controller: 'memory', files: { 'memory.limit_in_bytes': '64M' } })
    // Some of its processes are gone.
    await relays().restart('a', { settings: { max_user_send_per_minute: 60 } })
    expect(gaveWay).toMatchObject({ what: 'memory' })
  })

  it('names a disk that is slow', { timeout: longest }, async () => {
    const disk = diskUnder(relays().folder)
    const bound: Bound = { controller: 'blkio', files: { 'blkio.throttle.write_iops_device': `${disk} 60` } }
    const { gaveWay } = await search({ from: 2.5 }, bound)
    expect(gaveWay).toMatchObject({ what: 'disk' })
  })

  it('names the limit of connections that a relay has, in its own words', { timeout: longest }, async () => {
    await relays().restart('a', {
      settings: { max_user_send_per_minute: 60 },
      shell: 'postconf -c postfix -e smtpd_client_connection_count_limit=6 mynetworks=192.0.2.1',
    })
    const { gaveWay } = await search({ from: 4 })
    await relays().restart('a', { settings: { max_user_send_per_minute: 60 } })
    expect(gaveWay).toMatchObject({
      what: 'limit',
      evidence: expect.stringMatching(/^connections: the server said ".*too many connections/),
    })
  })
})
