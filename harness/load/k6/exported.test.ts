// The same scenario file for k6: exported, and run over the interface that k6 documents, against a server of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Reference, startReference } from '../../../reference-server/index.ts'
import type { Host } from '../../host/host.ts'
import type { LoadFlags } from '../run/flags.ts'
import { endpointsOf } from '../run/prepare-assets.ts'
import { runLoad } from '../run/run.ts'
import { bundle } from './bundle.ts'
import { k6Options } from './k6-options.ts'
import { type PreparedExport, prepareExport } from './prepare-export.ts'
import type { AskedAddress, Settings } from './settings.ts'
import { engineOnly } from './test-engine-only.ts'
import { Aborted, readLikeK6, type StandIn } from './test-k6.ts'

let reference: Reference
let host: Host
beforeAll(async () => {
  reference = await startReference()
  host = reference.host()
})
afterAll(() => reference.close())

const common = {
  consent: { addresses: ['127.0.0.1'] },
  signal: new AbortController().signal,
  say: () => {},
}

async function exported(name: string, env: Record<string, string>, flags: LoadFlags = {}, asked: AskedAddress[] = []) {
  const url = new URL(`../../../scenarios/${name}.ts`, import.meta.url).href
  const prepared = await prepareExport({ ...common, url, host, env, flags, onAccounts: () => {} })
  const places = Object.values(endpointsOf(host))
  const options = k6Options(prepared.file.options, prepared.order, places, host.trust)
  const settings: Settings = { options, env, asked, assetsFile: './assets.json' }
  const script = await bundle({ url, functions: prepared.file.functions, settings })
  return { url, prepared, script, standIn: standIn(script, prepared) }
}

function standIn(script: string, { assets }: PreparedExport): StandIn {
  return { script, files: { './assets.json': JSON.stringify(assets) }, ca: host.trust.ca ?? [] }
}

describe('an exported script', () => {
  test.each([
    ['smoke', {}, {}, 1],
    ['steady', { MESSAGES: '2', EVERY: '200' }, { rate: 4, duration: '1s' }, 2],
    ['idle-crowd', { MEMBERS: '3', MESSAGES: '2', EVERY: '200' }, { vus: 2, duration: '2s' }, 1],
  ] as const)(
    '%s follows every message, and measures what our engine measures',
    { timeout: 60_000 },
    async (name, env, flags, rounds) => {
      const { url, standIn, prepared } = await exported(name, env, flags)
      const { made, samples: fromSetup } = await readLikeK6(standIn, 0)
      const [plan] = prepared.order.plans
      const users = await Promise.all(
        [1, 2].slice(0, plan?.name === 'smoke' ? 1 : 2).map((id) => readLikeK6(standIn, id)),
      )
      const data = await made.setup?.()
      for (let round = 0; round < rounds; round++) {
        await Promise.all(users.map((user) => user.made[plan?.exec ?? 'chat']?.(data)))
      }
      for (const user of users) await expect.poll(user.openSockets).toBe(0)
      const samples = [...fromSetup, ...users.flatMap((user) => user.samples)]
      const sum = (metric: string) =>
        samples.filter((sample) => sample.metric === metric).reduce((total, { value }) => total + value, 0)
      expect(sum('messages_sent')).toBeGreaterThan(0)
      expect(sum('messages_due')).toBe(sum('messages_sent'))
      expect(sum('messages_received')).toBeGreaterThanOrEqual(sum('messages_sent'))
      for (const wrong of ['lost', 'duplicated', 'leaked', 'corrupted']) expect(sum(`messages_${wrong}`), wrong).toBe(0)
      expect([sum('delivery_failed'), sum('iteration_failed')]).toEqual([0, 0])
      const checks = samples.filter(({ metric }) => metric === 'checks')
      expect(checks.length).toBeGreaterThan(0)
      expect(checks.every(({ value }) => value === 1)).toBe(true)
      for (const { value } of samples.filter(({ metric }) => metric === 'delivery_duration'))
        expect(value).toBeLessThan(10_000)

      const outcome = await runLoad({
        ...common,
        url,
        host,
        env,
        flags,
        threads: 1,
        onBudget: () => {},
        onMoment: () => {},
      })
      const ours = Object.keys(outcome.metrics).filter(
        (metric) => !engineOnly.includes(metric) && !metric.startsWith('driver_'),
      )
      expect([...new Set(samples.map(({ metric }) => metric))].sort()).toEqual(ours.sort())
      // Every threshold is on a metric that is there.
      const own = ['checks', 'iterations', 'dropped_iterations']
      const thresholds = Object.keys((made.options as unknown as { thresholds: object }).thresholds)
      expect(thresholds.filter((metric) => !own.includes(metric) && !users[0]?.defined.has(metric))).toEqual([])
      expect(outcome.thresholds.map(({ metric }) => metric).filter((metric) => !thresholds.includes(metric))).toEqual(
        [],
      )
    },
  )

  test('trusts nobody that k6 does not trust, and leaves no session open', async () => {
    const { standIn } = await exported('smoke', {})
    const user = await readLikeK6({ ...standIn, ca: [] }, 1)
    const data = await user.made.setup?.()
    await expect(user.made.chat?.(data)).rejects.toThrow('connect: ')
    await expect.poll(user.openSockets).toBe(0)
    expect(user.samples).toContainEqual({ metric: 'iteration_failed', value: 1 })
  })

  test('goes to no address but those agreed to, whatever a name leads to', async () => {
    const { standIn } = await exported('smoke', {})
    const assets = JSON.parse(standIn.files?.['./assets.json'] ?? '')
    const files = { './assets.json': JSON.stringify({ ...assets, consent: { addresses: ['192.0.2.1'] } }) }
    const user = await readLikeK6({ ...standIn, files }, 1)
    const data = await user.made.setup?.()
    await expect(user.made.chat?.(data)).rejects.toThrow('no load goes to 127.0.0.1')
  })

  test('holds to the address that was agreed to when the name leads to another', async () => {
    const { standIn } = await exported('smoke', {})
    const assets = JSON.parse(standIn.files?.['./assets.json'] ?? '')
    const [server] = assets.servers
    const moved = { ...server, imap: { ...server.imap, address: '127.0.0.2' } }
    const given = { ...assets, servers: [moved], consent: { addresses: ['127.0.0.1', '127.0.0.2'] } }
    const user = await readLikeK6({ ...standIn, files: { './assets.json': JSON.stringify(given) } }, 1)
    const data = await user.made.setup?.()
    await expect(user.made.chat?.(data)).rejects.toThrow('led to 127.0.0.1, not to 127.0.0.2')
    expect(user.samples.filter(({ metric }) => metric === 'imap_login_duration')).toEqual([])
  })

  test.each([
    ['burst', 'chat'],
    ['federation', 'chat'],
    ['files', 'chat'],
    ['reconnect-storm', 'comeAndGo'],
    ['signup-storm', 'join'],
    ['soak', 'chat'],
  ])('%s can be read by k6, and is all in one', async (name, exec) => {
    const url = new URL(`../../../scenarios/${name}.ts`, import.meta.url).href
    const script = await bundle({ url, functions: [exec], settings: { options: {}, env: {}, asked: [] } })
    const { made, defined } = await readLikeK6({ script }, 1)
    expect(Object.keys(made).sort()).toEqual([exec, 'options', 'setup'].sort())
    expect(made[exec]).toBeTypeOf('function')
    expect([...defined.keys()]).toContain('delivery_duration')
    const imported = [...script.matchAll(/^import .* from "(.*)";$/gm)].map(([, from = '']) => from)
    expect(imported.filter((from) => !/^k6(\/|$)/.test(from))).toEqual([])
  })

  test('does nothing when setup was left out', async () => {
    const { standIn } = await exported('smoke', {})
    const user = await readLikeK6(standIn, 1)
    await expect(user.made.chat?.(undefined)).rejects.toThrow('setup() has not run')
    expect(user.openSockets()).toBe(0)
  })
})

describe('before an exported script puts load on anything', () => {
  const near: AskedAddress = { label: 'chat.test', address: '192.168.7.7', kind: 'near' }
  const token = { line: 'chatmail-check-load=abc', url: 'https://chat.test/.well-known/chatmail-check-load.txt' }
  const far: AskedAddress = { label: 'chat.test', address: '192.0.2.1', kind: 'public', token }
  const shown = { error: '', remote_ip: '192.0.2.1', status: 200, body: `hello\r\n${token.line}\r\n` }
  const word = { I_OPERATE: 'Chat.Test' }

  async function setup(asked: AskedAddress, more: Partial<StandIn>): Promise<unknown> {
    const { standIn } = await exported('smoke', {}, {}, [asked])
    const { made } = await readLikeK6({ ...standIn, ...more }, 0)
    return made.setup?.()
  }

  test.each<[string, AskedAddress, Partial<StandIn>, string]>([
    ['a private address', near, {}, 'run k6 with -e I_OPERATE=chat.test'],
    ['the word for another host', near, { env: { I_OPERATE: 'other.test' } }, 'only with its operator'],
    ['a public address, without the word', far, { get: () => shown }, 'only with its operator'],
    ['a web server that is silent', far, { env: word }, 'nothing answers'],
    ['no token', far, { env: word, get: () => ({ ...shown, body: 'hello' }) }, 'does not hold the line'],
    ['a page that is not there', far, { env: word, get: () => ({ ...shown, status: 404 }) }, 'is answered with 404'],
    ['another address', far, { env: word, get: () => ({ ...shown, remote_ip: '192.0.2.9' }) }, 'answered by 192.0.2.9'],
  ])('it stops for %s', async (_what, asked, more, message) => {
    const ended = setup(asked, more)
    await expect(ended).rejects.toThrow(Aborted)
    await expect(ended).rejects.toThrow(message)
  })

  test('it goes on where the operator has agreed', async () => {
    await expect(setup(near, { env: word })).resolves.toMatchObject({ runId: expect.stringMatching(/^[0-9a-f]{12}$/) })
    await expect(setup(far, { env: word, get: () => shown })).resolves.toHaveProperty('runId')
  })
})
