// Tests of the TURN server: what a good one does, each way to be a bad one, and coturn's own client.
import { execFile, spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, test } from 'vitest'
import type { Behaviour } from '../behaviour/index.ts'
import { conforming, type DeepPartial, merge } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import { startReference } from '../index.ts'
import { createJournal } from '../journal.ts'
import { createTurnCredentials } from './credentials.ts'
import { attributes, classes, decodeStun, encodeAddress, encodeStun, find, methods, number32 } from './stun.ts'
import { addressIn, codeOf, type Login, openTurnClient, type TurnClient } from './test-turn-client.ts'
import { startTurn } from './turn.ts'

const open: AsyncDisposable[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]()
})

async function start(calls: DeepPartial<Behaviour['calls']> = {}) {
  const behaviour = merge<Behaviour>(conforming(), { calls })
  const clock = virtualClock()
  const credentials = createTurnCredentials(() => behaviour.calls, clock)
  const server = await startTurn({
    domain: 'chat.test',
    behaviour: () => behaviour,
    clock,
    journal: createJournal(clock),
    credentials,
    host: '127.0.0.1',
    port: 0,
  })
  open.push({ [Symbol.asyncDispose]: () => server.close() })
  const login = (): Login => {
    const [username = '', password = ''] = credentials.give().split(':')
    return { username, password }
  }
  const client = async () => {
    const made = await openTurnClient(server.port)
    open.push(made)
    return made
  }
  return { clock, login, client }
}

/** A client with an allocation, and where others reach it. */
async function allocated(server: Awaited<ReturnType<typeof start>>, login = server.login()) {
  const client = await server.client()
  const answer = await client.allocate(login)
  return { client, login, relayed: addressIn(answer, attributes.xorRelayedAddress) }
}

const permit = (client: TurnClient, peer: { address: string; port: number }, login: Login) =>
  client.request(methods.createPermission, [encodeAddress(attributes.xorPeerAddress, peer)], login)

const sendTo = (client: TurnClient, peer: { address: string; port: number }, data: string) =>
  client.send(
    encodeStun({
      method: methods.send,
      class: classes.indication,
      transaction: randomBytes(12),
      attributes: [encodeAddress(attributes.xorPeerAddress, peer), { type: attributes.data, value: Buffer.from(data) }],
    }),
  )

const dataIn = (packet: Buffer | undefined) => {
  const message = packet && decodeStun(packet)
  return message && find(message, attributes.data)?.toString()
}

describe('a good server', () => {
  test('tells a client its own address', async () => {
    const client = await (await start()).client()
    const answer = await client.ask(methods.binding)
    expect(addressIn(answer, attributes.xorMappedAddress)).toEqual({
      address: '127.0.0.1',
      port: client.local.port,
    })
  })

  test('asks for a login, takes the right one, refuses wrong, expired and foreign ones', async () => {
    const server = await start()
    const client = await server.client()
    expect(codeOf(await client.ask(methods.allocate))).toBe(401)
    const good = server.login()
    expect(codeOf(await client.allocate({ ...good, password: 'wrong' }))).toBe(401)
    expect(codeOf(await client.allocate({ username: 'alice', password: good.password }))).toBe(401)
    expect((await client.allocate(good))?.class).toBe(classes.success)
    await server.clock.advance(432_000_000)
    expect(codeOf(await (await server.client()).allocate(good))).toBe(401)
  })

  test('relays between two clients once each has permitted the other', async () => {
    const server = await start()
    const alice = await allocated(server)
    const bob = await allocated(server)
    await permit(alice.client, bob.relayed, alice.login)
    sendTo(alice.client, bob.relayed, 'too early')
    expect(await bob.client.packet(100)).toBeUndefined()
    await permit(bob.client, alice.relayed, bob.login)
    sendTo(alice.client, bob.relayed, 'hello bob')
    expect(dataIn(await bob.client.packet())).toBe('hello bob')
    sendTo(bob.client, alice.relayed, 'hello alice')
    expect(dataIn(await alice.client.packet())).toBe('hello alice')
  })

  test('relays over channels with four bytes of overhead', async () => {
    const server = await start()
    const alice = await allocated(server)
    const bob = await allocated(server)
    const bind = (one: typeof alice, peer: typeof alice, channel: number) =>
      one.client.request(
        methods.channelBind,
        [
          { type: attributes.channelNumber, value: Buffer.from([channel >> 8, channel & 255, 0, 0]) },
          encodeAddress(attributes.xorPeerAddress, peer.relayed),
        ],
        one.login,
      )
    expect((await bind(alice, bob, 0x4000))?.class).toBe(classes.success)
    expect((await bind(bob, alice, 0x4001))?.class).toBe(classes.success)
    expect(codeOf(await bind(alice, bob, 0x4002))).toBe(400)
    expect(codeOf(await bind(alice, bob, 0x3fff))).toBe(400)
    alice.client.send(Buffer.concat([Buffer.from([0x40, 0, 0, 2]), Buffer.from('hi')]))
    expect(await bob.client.packet()).toEqual(Buffer.concat([Buffer.from([0x40, 1, 0, 2]), Buffer.from('hi')]))
  })

  test('ends an allocation after its lifetime, keeps a refreshed one, frees one with lifetime 0', async () => {
    const server = await start()
    const { client, login, relayed } = await allocated(server)
    await server.clock.advance(599_000)
    const refresh = (seconds: number) =>
      client.request(methods.refresh, [number32(attributes.lifetime, seconds)], login)
    expect((await refresh(600))?.class).toBe(classes.success)
    await server.clock.advance(599_000)
    expect((await permit(client, relayed, login))?.class).toBe(classes.success)
    await server.clock.advance(2_000)
    expect(codeOf(await permit(client, relayed, login))).toBe(437)
    expect((await client.allocate(login))?.class).toBe(classes.success)
    expect((await refresh(0))?.class).toBe(classes.success)
    expect(codeOf(await refresh(600))).toBe(437)
  })

  test('forgets permissions after five minutes and nonces after an hour', async () => {
    const server = await start()
    const alice = await allocated(server)
    const bob = await allocated(server)
    await permit(alice.client, bob.relayed, alice.login)
    await permit(bob.client, alice.relayed, bob.login)
    await server.clock.advance(301_000)
    await permit(alice.client, bob.relayed, alice.login)
    sendTo(alice.client, bob.relayed, 'late')
    expect(await bob.client.packet(100)).toBeUndefined()
    await server.clock.advance(3_600_000)
    expect(codeOf(await permit(alice.client, bob.relayed, alice.login))).toBe(438)
  })

  test('relays to addresses of this machine only', async () => {
    const server = await start()
    const { client, login } = await allocated(server)
    expect(codeOf(await permit(client, { address: '192.0.2.1', port: 9 }, login))).toBe(403)
  })

  test('refuses one allocation too many, another transport, and attributes it does not know', async () => {
    const server = await start({ allocations: 1 })
    const { login, client } = await allocated(server)
    expect(codeOf(await client.allocate(login))).toBe(437)
    expect(codeOf(await (await server.client()).allocate(login))).toBe(508)
    const other = await server.client()
    const tcp = { type: attributes.requestedTransport, value: Buffer.from([6, 0, 0, 0]) }
    expect(codeOf(await other.request(methods.allocate, [tcp], login))).toBe(442)
    expect(codeOf(await other.ask(methods.binding, [{ type: 0x7777, value: Buffer.from('x') }]))).toBe(420)
  })

  test('answers nothing to noise', async () => {
    const client = await (await start()).client()
    for (const length of [0, 1, 3, 4, 19, 20, 24, 1_400]) client.send(randomBytes(length))
    const cut = encodeStun({ method: 1, class: 0, transaction: randomBytes(12), attributes: [] })
    client.send(cut.subarray(0, 22))
    cut[cut.length - 1] = (cut.at(-1) ?? 0) ^ 1
    client.send(cut)
    expect(await client.packet(100)).toBeUndefined()
    expect((await client.ask(methods.binding))?.class).toBe(classes.success)
  })
})

describe('a bad server', () => {
  test('is silent, or does not answer binding requests', async () => {
    expect(
      await (await (await start({ turn: 'silent' })).client()).ask(methods.allocate, [], undefined, 200),
    ).toBeUndefined()
    expect(
      await (await (await start({ answersBinding: false })).client()).ask(methods.binding, [], undefined, 200),
    ).toBeUndefined()
  })

  test('lets wrong, expired and missing logins in, refuses good ones', async () => {
    const trusting = await start({ acceptsWrongPassword: true, acceptsExpired: true })
    const old = trusting.login()
    expect((await (await trusting.client()).allocate({ ...old, password: 'x' }))?.class).toBe(classes.success)
    await trusting.clock.advance(500_000_000)
    expect((await (await trusting.client()).allocate(old))?.class).toBe(classes.success)
    const transport = { type: attributes.requestedTransport, value: Buffer.from([17, 0, 0, 0]) }
    const anybody = await start({ requiresLogin: false })
    const anonymous = await (await anybody.client()).ask(methods.allocate, [transport])
    expect(anonymous?.class).toBe(classes.success)
    const refusing = await start({ refusesGoodCredentials: true })
    expect(codeOf(await (await refusing.client()).allocate(refusing.login()))).toBe(401)
  })

  test.each([
    ['nothing', [undefined, undefined]],
    ['to-peer-only', ['out', undefined]],
    ['both-ways', ['out', 'back']],
  ] as const)('relays %s', async (relays, expected) => {
    const { client, login, relayed } = await allocated(await start({ relays }))
    const peer = createSocket('udp4')
    await new Promise<void>((resolve) => peer.bind(0, '127.0.0.1', resolve))
    open.push({ [Symbol.asyncDispose]: () => new Promise((resolve) => peer.close(() => resolve())) })
    const heard = new Promise<string | undefined>((resolve) => {
      peer.once('message', (data) => resolve(data.toString()))
      setTimeout(() => resolve(undefined), 150)
    })
    await permit(client, peer.address(), login)
    sendTo(client, peer.address(), 'out')
    const there = await heard
    peer.send('back', relayed.port, relayed.address)
    expect([there, dataIn(await client.packet(150))]).toEqual(expected)
  })

  test('lets anybody send to its clients', async () => {
    const { client, relayed } = await allocated(await start({ ignoresPermissions: true }))
    const peer = createSocket('udp4')
    open.push({ [Symbol.asyncDispose]: () => new Promise((resolve) => peer.close(() => resolve())) })
    await new Promise<void>((resolve) => peer.bind(0, '127.0.0.1', resolve))
    peer.send('unasked', relayed.port, relayed.address)
    expect(dataIn(await client.packet())).toBe('unasked')
  })

  test('uses a secret that is published, gives the same credentials to all, short ones', () => {
    const clock = virtualClock()
    const make = (calls: DeepPartial<Behaviour['calls']>) =>
      createTurnCredentials(() => merge<Behaviour>(conforming(), { calls }).calls, clock).give()
    const [username = '', password] = make({ secret: 'published' }).split(':')
    expect(password).toBe(createHmac('sha1', 'north').update(username).digest('base64'))
    expect(make({}).split(':')[1]).not.toBe(password)
    expect(Number(make({ credentialSeconds: 3_600 }).split(':')[0])).toBe(clock.now() / 1000 + 3_600)
  })

  test('gives fixed credentials', async () => {
    const server = await start({ credentials: 'fixed' })
    const first = server.login()
    await server.clock.advance(5_000)
    expect(server.login()).toEqual(first)
  })
})

test('the reference server announces its relay, and one without a relay does not', async () => {
  const clock = virtualClock()
  const reference = await startReference({ clock })
  open.push(reference)
  const client = await openTurnClient(reference.turnPort ?? 0)
  open.push(client)
  expect((await client.ask(methods.binding))?.class).toBe(classes.success)
  const without = await startReference({ overrides: { calls: { turn: 'off' } } })
  open.push(without)
  expect(without.turnPort).toBeUndefined()
})

const coturn = spawnSync('turnutils_uclient', ['-h']).error === undefined

test.skipIf(!coturn)(
  `coturn's client sends and receives every packet${coturn ? '' : ' (skipped: turnutils_uclient is missing)'}`,
  async () => {
    const reference = await startReference()
    open.push(reference)
    const credentials = createTurnCredentials(() => reference.behaviour.calls, reference.clock, 'known')
    const server = await startTurn({
      domain: reference.domain,
      behaviour: () => reference.behaviour,
      clock: reference.clock,
      journal: reference.journal,
      credentials,
      host: '127.0.0.1',
      port: 0,
    })
    open.push({ [Symbol.asyncDispose]: () => server.close() })
    const [username = '', password = ''] = credentials.give().split(':')
    const run = (options: readonly string[], word: string) =>
      new Promise<string>((resolve) => {
        execFile(
          'turnutils_uclient',
          [...options, '-c', '-y', '-n', '10', '-u', username, '-w', word, '-p', `${server.port}`, '127.0.0.1'],
          { timeout: 20_000 },
          (_error, stdout, stderr) => resolve(stdout + stderr),
        )
      })
    for (const options of [['-D', '-X'], ['-s']]) {
      const said = await run(options, password)
      expect(said).toMatch(/Total lost packets 0 /)
      expect(said).toMatch(/tot_send_msgs=\d+, tot_recv_msgs=\d+/)
      const [, sent, received] = /tot_send_msgs=(\d+), tot_recv_msgs=(\d+)(?![\s\S]*tot_send_msgs)/.exec(said) ?? []
      expect(Number(sent)).toBeGreaterThan(0)
      expect(received).toBe(sent)
    }
    expect(await run([], 'wrong')).not.toMatch(/Total lost packets 0 /)
  },
  60_000,
)
