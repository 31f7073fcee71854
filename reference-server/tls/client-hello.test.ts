// Tests of the ClientHello reader: real ones, cut anywhere, and garbage.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { type ConnectionOptions, connect } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHello } from './client-hello.ts'

/** The first octets that a TLS client of this machine sends. */
async function firstOctets(options: ConnectionOptions): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const came = once(server, 'connection')
  const client = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options })
  client.on('error', () => {})
  const [socket] = await came
  const [octets] = await once(socket, 'data')
  client.destroy()
  socket.destroy()
  server.close()
  return octets
}

describe('reads the offers of', () => {
  test.for([
    [['imap'], {}],
    [['smtp', 'imap'], { servername: 'chat.test' }],
    [['h2', 'http/1.1'], { maxVersion: 'TLSv1.2' }],
  ] as const)('a client with %o', async ([offers, options]) => {
    const octets = await firstOctets({ ALPNProtocols: [...offers], ...options })
    expect(readHello(octets)).toEqual({ kind: 'hello', offers })
    for (let end = 0; end < octets.length; end++) expect(readHello(octets.subarray(0, end))).toEqual({ kind: 'more' })
  })

  test('a client without ALPN', async () => {
    expect(readHello(await firstOctets({}))).toEqual({ kind: 'hello', offers: [] })
  })

  test('a hello that is split over several records', async () => {
    const octets = await firstOctets({ ALPNProtocols: ['imap'] })
    const body = octets.subarray(5)
    const record = (part: Buffer) => Buffer.concat([Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part])
    const split = Buffer.concat([record(body.subarray(0, 3)), record(body.subarray(3, 90)), record(body.subarray(90))])
    expect(readHello(split)).toEqual({ kind: 'hello', offers: ['imap'] })
  })
})

describe('says that it is none', () => {
  test.for([
    ['a request of HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['an SSL 2 record', Buffer.from([0x80, 0x2e, 1, 3, 1])],
    ['another handshake message', Buffer.from([22, 3, 1, 0, 4, 2, 0, 0, 0])],
    ['an empty record', Buffer.from([22, 3, 1, 0, 0])],
    ['a hello without room for its fields', Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 3])],
  ] as const)('%s', ([, octets]) => {
    expect(readHello(octets)).toEqual({ kind: 'other' })
  })

  test('a hello whose lengths lead out of it', async () => {
    const octets = await firstOctets({ ALPNProtocols: ['imap'] })
    const at = octets.indexOf(Buffer.from([0, 16, 0, 7, 0, 5, 4]))
    octets[at + 6] = 200
    expect(readHello(octets)).toEqual({ kind: 'other' })
  })
})

test('answers for any octets', async () => {
  const real = await firstOctets({ ALPNProtocols: ['imap'] })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(real.length), (noise, at) => {
      readHello(Buffer.from(noise))
      readHello(Buffer.concat([real.subarray(0, at), noise, real.subarray(at)]))
    }),
  )
})
