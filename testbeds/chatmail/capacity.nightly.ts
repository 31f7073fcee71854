// The capacity of a real relay: three searches agree, and what was made scarce on purpose is named as what gave way.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bound, bind, whyNoBound } from './scarce.ts'
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

/** The driver sees the control groups of the relay: they are mounted where it runs. */
const inside = [
  'mount -t tmpfs none /sys/fs/cgroup',
  'for c in cpu memory; do mkdir /sys/fs/cgroup/$c && mount -t cgroup -o $c cgroup /sys/fs/cgroup/$c; done',
  'exec "$@"',
].join('; ')

async function search(relays: Testbed, options: object): Promise<Answer> {
  const script = `${import.meta.dirname}/beside-capacity.ts`
  const env = [`FOLDER=${relays.folder}`, `SEARCH=${JSON.stringify(options)}`]
  const ended = await relays.enter('sh', '-c', inside, 'sh', 'env', ...env, process.execPath, script)
  if (ended.code !== 0) throw new Error(`the search ended with ${ended.code}: ${ended.stderr}`)
  const answer = JSON.parse(ended.stdout) as Answer
  console.log(ended.stderr, JSON.stringify({ ...answer, steps: answer.steps.length }))
  return answer
}

/** With this bound, undone afterwards. */
async function searchBound(relays: Testbed, bound: Bound, options: object): Promise<Answer> {
  const free = bind(relays.folder, bound)
  try {
    return await search(relays, options)
  } finally {
    free()
  }
}

describe.skipIf(skip !== undefined)(`the capacity of a relay of real parts${skip ? ` (${skip})` : ''}`, () => {
  it('names the processors when a quota holds them back, and three searches overlap', {
    timeout: 1_800_000,
  }, async () => {
    if (testbed === undefined) return expect.unreachable('a testbed')
    const bound: Bound = { controller: 'cpu', files: { 'cpu.cfs_quota_us': '20000' } }
    const answers: Answer[] = []
    for (let n = 0; n < 3; n++) answers.push(await searchBound(testbed, bound, { from: 8 }))
    // A busy machine drives nothing: then it says so, and nothing of the relay.
    const found = answers.filter(({ gaveWay }) => gaveWay.what !== 'driver')
    for (const { gaveWay } of found)
      expect(gaveWay).toMatchObject({ what: 'cpu', evidence: expect.stringContaining('quota') })
    const [low, high] = [found.map(({ bracket }) => bracket.holds), found.map(({ bracket }) => bracket.givesWay ?? 1e9)]
    const spread = Math.max(0, ...found.map(({ bracket }) => bracket.spread))
    expect(Math.max(...low)).toBeLessThanOrEqual(Math.min(...high) * (1 + Math.max(0.25, spread)))
  })

  it('names memory when there is none left', { timeout: 600_000 }, async () => {
    if (testbed === undefined) return expect.unreachable('a testbed')
    const bound: Bound = { controller: 'memory', files: { 'memory.limit_in_bytes': '64M' } }
    const { gaveWay } = await searchBound(testbed, bound, { from: 4 })
    await testbed.restart('a')
    if (gaveWay.what !== 'driver') expect(gaveWay.what).toBe('memory')
  })

  it('names the limit of connections that a relay has', { timeout: 600_000 }, async () => {
    if (testbed === undefined) return expect.unreachable('a testbed')
    await testbed.restart('a', {
      shell: 'postconf -c postfix -e smtpd_client_connection_count_limit=6 mynetworks=192.0.2.1',
    })
    const { gaveWay } = await search(testbed, { from: 4 })
    if (gaveWay.what !== 'driver')
      expect(gaveWay).toMatchObject({ what: 'limit', evidence: expect.stringContaining('connections') })
  })
})
