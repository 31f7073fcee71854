// Tests of the realtime relay as its clients and probes see it.
import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { describe, expect, test } from 'vitest'
import type { CallsBehaviour } from '../behaviour/calls.ts'
import { conforming, type DeepPartial } from '../behaviour/index.ts'
import { createTurnCredentials } from '../calls/credentials.ts'
import { virtualClock } from '../clock.ts'
import { type Reference, startReference } from '../index.ts'
import { createSharedMetadata } from '../metadata.ts'

const start = (calls: DeepPartial<CallsBehaviour> = {}) => startReference({ overrides: { calls } })

async function open(reference: Reference): Promise<TLSSocket> {
  const socket = connect({ port: reference.ports.https, ca: reference.ca, servername: 'chat.test' })
  await once(socket, 'secureConnect')
  return socket
}

/** Status line and header of the answer to a request of these lines, and the connection. */
async function ask(reference: Reference, ...lines: readonly string[]): Promise<{ head: string; socket: TLSSocket }> {
  const socket = await open(reference)
  socket.write(`${[...lines, 'Host: chat.test'].join('\r\n')}\r\n\r\n`)
  let head = ''
  while (!head.includes('\r\n\r\n')) head += String((await once(socket, 'data'))[0])
  return { head, socket }
}

async function status(reference: Reference, ...lines: readonly string[]): Promise<number> {
  const { head, socket } = await ask(reference, ...lines)
  socket.destroy()
  return Number(head.split(' ')[1])
}

const webSocket = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]
const plain = ['Connection: Upgrade', 'Upgrade: iroh derp http']
const relay = 'GET /relay HTTP/1.1'

describe('/relay', () => {
  test('becomes a WebSocket that answers pings and closes when told to', async () => {
    await using reference = await start()
    const { head, socket } = await ask(reference, relay, ...webSocket)
    expect(head).toMatch(/^HTTP\/1\.1 101 /)
    // The example of RFC 6455 1.3.
    expect(head).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
    socket.write(Buffer.from([0x82, 0x83, 0, 0, 0, 0, 1, 2, 3]))
    socket.write(Buffer.from([0x89, 0x82, 1, 1, 1, 1, 0x69, 0x68]))
    expect((await once(socket, 'data'))[0]).toEqual(Buffer.from([0x8a, 2, 0x68, 0x69]))
    socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 3, 232]))
    expect((await once(socket, 'data'))[0]).toEqual(Buffer.from([0x88, 2, 3, 232]))
    await once(socket, 'close')
  })

  test('takes the older protocol, and holds the connection until its server ends', async () => {
    const reference = await start()
    const { head, socket } = await ask(reference, relay, ...plain)
    expect(head).toMatch(/^HTTP\/1\.1 101 [\s\S]*Upgrade: iroh derp http/)
    const closed = once(socket.resume(), 'close')
    await reference.close()
    await closed
  })

  test('cuts off frames that are not masked, or too large', async () => {
    await using reference = await start()
    for (const octets of [
      [0x82, 0x01, 1],
      [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0],
      [0x89, 0xfe, 1, 0],
    ]) {
      const { socket } = await ask(reference, relay, ...webSocket)
      socket.on('error', () => {})
      socket.write(Buffer.from(octets))
      await new Promise((resolve) => socket.once('close', resolve))
    }
    expect(await status(reference, 'GET /ping HTTP/1.1')).toBe(200)
  })

  test('is nothing for browsers, and other pages are not changed by an upgrade', async () => {
    await using reference = await start()
    expect(await status(reference, relay)).toBe(400)
    expect(await status(reference, relay, 'Connection: Upgrade', 'Upgrade: websocket')).toBe(400)
    expect(await status(reference, relay, 'Connection: Upgrade', 'Upgrade: h2c')).toBe(400)
    expect(await status(reference, 'GET /info.html HTTP/1.1', ...webSocket)).toBe(200)
    expect(await status(reference, 'POST /new HTTP/1.1', 'Content-Length: 5', ...webSocket)).toBe(400)
  })
})

test('/generate_204 repeats a challenge that is one, and /ping is there', async () => {
  await using reference = await start()
  const probe = async (challenge: string) => {
    const { head, socket } = await ask(reference, 'GET /generate_204 HTTP/1.1', `X-Iroh-Challenge: ${challenge}`)
    socket.destroy()
    expect(head).toMatch(/^HTTP\/1\.1 204 /)
    expect(head).not.toMatch(/^(content-length|transfer-encoding):/im)
    return /X-Iroh-Response: (.*)\r/i.exec(head)?.[1]
  }
  expect(await probe('ts_chat.test')).toBe('response ts_chat.test')
  expect(await probe('<script>')).toBeUndefined()
  expect(await probe('x'.repeat(64))).toBeUndefined()
  expect(await status(reference, 'GET /ping HTTP/1.1')).toBe(200)
})

test('decided otherwise, it is absent, refuses, fails, or is announced elsewhere', async () => {
  await using absent = await start({ iroh: { served: false } })
  for (const path of ['/relay', '/ping', '/generate_204']) {
    expect(await status(absent, `GET ${path} HTTP/1.1`)).toBe(404)
  }
  await using broken = await start({ iroh: { upgrades: false, pingStatus: 502, answersChallenge: false } })
  expect(await status(broken, relay, ...webSocket)).toBe(400)
  expect(await status(broken, 'GET /ping HTTP/1.1')).toBe(502)
  const { head, socket } = await ask(broken, 'GET /generate_204 HTTP/1.1', 'X-Iroh-Challenge: abc')
  socket.destroy()
  expect(head).not.toMatch(/X-Iroh-Response/i)
})

test('METADATA names the relay: our own, another, or none', () => {
  const announced = (change: Partial<CallsBehaviour>, domain = 'chat.test') => {
    const calls = { ...conforming().calls, ...change }
    const behaviour = { ...conforming(), calls }
    const shared = createSharedMetadata({
      domain,
      behaviour: () => behaviour,
      turn: createTurnCredentials(() => calls, virtualClock()),
      turnPort: () => undefined,
    })
    return shared('/shared/vendor/deltachat/irohrelay')
  }
  expect(announced({})).toBe('https://chat.test')
  expect(announced({}, '[192.0.2.1]')).toBe('https://192.0.2.1')
  expect(announced({ irohRelay: 'https://iroh.example' })).toBe('https://iroh.example')
  expect(announced({ irohRelay: null })).toBeNull()
})
