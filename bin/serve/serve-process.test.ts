// `serve` as the test suites of others run it: a process that is started, asked, and ended.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordShape } from '../../reference-server/control/record-shape.ts'
import { type Served, startServe } from './test-process.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-process-'))
})
afterAll(() => rm(folder, { recursive: true }))

function ask({ record }: Served, method: string, path: string, token = record.control?.token): Promise<Response> {
  return fetch(`${record.control?.url}${path}`, { method, headers: { Authorization: `Bearer ${token}` } })
}

it('gives power by HTTP, with the token of the ready line, and stops when it is told to', async () => {
  await using served = await startServe('--control', '127.0.0.1:0', '--accounts', 'alice')
  expect((await ask(served, 'GET', '/', 'wrong token')).status).toBe(401)
  expect(await (await ask(served, 'GET', '/')).json()).toEqual(served.record)
  // Each field of the ready line is in the description.
  expect(Object.keys(served.record).filter((name) => !Object.hasOwn(recordShape.shape, name))).toEqual([])
  await ask(served, 'POST', '/accounts')
  await ask(served, 'POST', '/reset')
  const { accounts } = (await (await ask(served, 'GET', '/accounts')).json()) as { accounts: unknown }
  expect(accounts).toEqual([{ address: 'alice@chat.test', messages: 0, bytes: 0 }])
  expect((await ask(served, 'POST', '/stop')).status).toBe(202)
  expect(await served.ended).toBe(0)
})

it('ends with its standard input, and leaves nothing behind', async () => {
  await using served = await startServe('--exit-with-stdin')
  expect((await stat(served.record.caFile)).isFile()).toBe(true)
  served.child.stdin?.end('what is said there does not matter\n')
  expect(await served.ended).toBe(0)
  await expect(stat(served.record.caFile)).rejects.toThrow('ENOENT')
})

it('ends cleanly at SIGTERM, with clients connected', async () => {
  await using served = await startServe('--control', '127.0.0.1:0')
  const { record } = served
  const client = connect({ host: record.address, port: record.ports.imaps, ca: record.ca, servername: 'chat.test' })
  client.on('error', () => {})
  await new Promise((connected) => client.once('data', connected))
  const stream = await ask(served, 'GET', '/journal/stream')
  const over = stream.text().then(
    () => 'over',
    () => 'over',
  )
  served.child.kill('SIGTERM')
  expect(await served.ended).toBe(0)
  expect(await over).toBe('over')
})

it('runs beside another one, also on IPv6, with ports of its own', async () => {
  await using first = await startServe()
  await using second = await startServe('--listen', '::1', '--control', '[::1]:0', '--accounts', 'bob')
  expect(second.record.addresses.imaps).toBe(`[::1]:${second.record.ports.imaps}`)
  expect(second.record.control?.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  expect((await ask(second, 'GET', '/accounts/bob@chat.test')).status).toBe(200)
  for (const { record } of [first, second]) {
    const socket = connect({ host: record.address, port: record.ports.imaps, ca: record.ca, servername: 'chat.test' })
    const [greeting] = await new Promise<[Buffer]>((heard) => socket.once('data', (chunk) => heard([chunk])))
    expect(greeting.toString()).toMatch(/^\* OK /)
    socket.destroy()
  }
})

it('has no ready file before it is ready, and one that others cannot read then', async () => {
  const file = join(folder, 'ready.json')
  await writeFile(file, 'of an earlier start')
  await expect(startServe('--ready-file', file, '--defect', 'no-such-thing')).rejects.toThrow('ended with 2')
  await using served = await startServe(
    '--ready-file',
    file,
    '--accounts',
    'alice,bob@second.test',
    '--domain',
    'chat.test,second.test',
  )
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(served.record)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(served.record.accounts.map(({ address }) => address)).toEqual(['alice@chat.test', 'bob@second.test'])
})

it.for([
  [['--accounts', 'alice@elsewhere.test'], '--accounts: alice@elsewhere.test is under none of chat.test'],
  [['--control', '127.0.0.1:0', '--control-token', 'short'], '--control-token: at least 8 characters'],
  [['--control', 'localhost:1'], '--control: "localhost:1" is not an IP address'],
] as const)('exits 2 for %o', async ([args, said]) => {
  await expect(startServe(...args)).rejects.toThrow(`ended with 2: chatmail-check: ${said}`)
})
