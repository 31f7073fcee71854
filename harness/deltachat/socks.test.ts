import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Links, openLinks } from './socks.ts'

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** A server that sends back what it gets, and the links that lead `chat.test:993` to it. */
async function scene(onLink?: () => void): Promise<{ links: Links; port: number }> {
  const echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const place = { address: '127.0.0.1', port: address.port }
  const links = await openLinks((name, port) => (name === 'chat.test' && port === 993 ? place : undefined), onLink)
  open.push(echo, { close: () => links[Symbol.asyncDispose]() })
  return { links, port: Number(new URL(links.url.replace('socks5', 'http')).port) }
}

/** Collects what comes, and waits for a number of octets or for the end. */
function reader(socket: Socket) {
  let got = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    got = Buffer.concat([got, chunk])
  })
  socket.on('error', () => {})
  return async (octets: number) => {
    while (got.length < octets && !socket.closed) await Promise.race([once(socket, 'data'), once(socket, 'close')])
    const taken = got.subarray(0, octets)
    got = got.subarray(octets)
    return taken
  }
}

async function ask(port: number, name: string, to: number) {
  const socket = connect(port, '127.0.0.1')
  const read = reader(socket)
  // In two pieces, as a network may bring it.
  socket.write(Buffer.from([5]))
  socket.write(Buffer.from([1, 0]))
  expect([...(await read(2))]).toEqual([5, 0])
  const request = Buffer.concat([
    Buffer.from([5, 1, 0, 3, name.length]),
    Buffer.from(name),
    Buffer.from([to >> 8, to & 255]),
  ])
  socket.write(request)
  const reply = await read(10)
  return { socket, read, code: reply[1] }
}

describe('the SOCKS5 proxy', () => {
  it('leads to the places it knows, whatever the case of the name', async () => {
    const { port } = await scene()
    const { socket, read, code } = await ask(port, 'Chat.Test', 993)
    expect(code).toBe(0)
    socket.write('hello')
    expect((await read(5)).toString()).toBe('hello')
    socket.destroy()
  })

  it('refuses every other place, and keeps its name', async () => {
    const { links, port } = await scene()
    const { code, socket } = await ask(port, 'autoconfig.thunderbird.net', 443)
    expect(code).toBe(2)
    expect([...links.refused]).toEqual(['autoconfig.thunderbird.net:443'])
    socket.destroy()
  })

  it('refuses what the budget does not allow', async () => {
    const { port } = await scene(() => {
      throw new Error('spent')
    })
    expect((await ask(port, 'chat.test', 993)).code).toBe(2)
  })

  it('cuts all connections and lets none in until it is mended', async () => {
    const { links, port } = await scene()
    const first = await ask(port, 'chat.test', 993)
    const closed = once(first.socket, 'close')
    links.cut()
    await closed
    expect((await ask(port, 'chat.test', 993)).code).toBe(5)
    links.mend()
    expect((await ask(port, 'chat.test', 993)).code).toBe(0)
  })

  it.each([
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['an endless request', Buffer.concat([Buffer.from([5, 255]), Buffer.alloc(2_000)])],
  ])('hangs up on %s', async (_, octets) => {
    const { port } = await scene()
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(octets)
    await once(socket, 'close')
    expect(socket.destroyed).toBe(true)
  })
})
