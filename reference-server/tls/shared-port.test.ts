// Tests of port 443 as it is shared by ALPN, over real sockets.
import { once } from 'node:events'
import { type AddressInfo, connect as connectTcp, createServer, type Socket } from 'node:net'
import { type ConnectionOptions, connect } from 'node:tls'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import { type Reference, startReference } from '../index.ts'

/** What the server says first to these offers, or how it ends; HTTP is asked for a page. */
async function firstWords(
  reference: Reference,
  offers: readonly string[] | undefined,
): Promise<{ said: string; alpn: string | false | null }> {
  const options: ConnectionOptions = { ca: reference.ca, servername: reference.domain }
  if (offers !== undefined) options.ALPNProtocols = [...offers]
  const socket = connect({ host: '127.0.0.1', port: reference.ports.https, ...options })
  try {
    await once(socket, 'secureConnect')
    const mail = offers?.some((offer) => offer === 'imap' || offer === 'smtp')
    if (!mail) socket.write('GET /robots.txt HTTP/1.1\r\nHost: chat.test\r\nConnection: close\r\n\r\n')
    const [chunk] = await once(socket, 'data')
    return { said: String(chunk).slice(0, 8), alpn: socket.alpnProtocol }
  } catch (error) {
    return { said: error instanceof Error && 'code' in error ? String(error.code) : 'closed', alpn: null }
  } finally {
    socket.destroy()
  }
}

const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

const start = (overrides: DeepPartial<Behaviour> = {}) => startReference({ overrides })

describe('port 443', () => {
  test('is IMAP, submission or the web, by what the client offers', async () => {
    await using reference = await start()
    const said = async (...offers: string[]) => (await firstWords(reference, offers)).said
    expect(await said('imap')).toMatch(/^\* OK/)
    expect(await said('smtp')).toMatch(/^220 /)
    expect(await said('imap', 'smtp')).toMatch(/^220 /)
    expect(await said('http/1.1')).toBe('HTTP/1.1')
    expect(await said('h2', 'http/1.1')).toBe('HTTP/1.1')
    expect((await firstWords(reference, undefined)).said).toBe('HTTP/1.1')
  })

  test('echoes the protocol for the web alone', async () => {
    await using reference = await start()
    expect((await firstWords(reference, ['imap'])).alpn).toBe(false)
    expect((await firstWords(reference, ['smtp'])).alpn).toBe(false)
    expect((await firstWords(reference, ['h2', 'http/1.1'])).alpn).toBe('http/1.1')
  })

  test('serves ordinary mail programs', async () => {
    await using reference = await start()
    const { address: user, password: pass } = reference.accounts.create()
    const tls = { ca: reference.ca, servername: reference.domain }
    const place = { host: '127.0.0.1', port: reference.ports.https, secure: true }
    const imap = new ImapFlow({
      ...place,
      auth: { user, pass },
      logger: false,
      tls: { ...tls, ALPNProtocols: ['imap'] } as ConnectionOptions,
    })
    await imap.connect()
    expect((await imap.mailboxOpen('INBOX')).exists).toBe(0)
    await imap.logout()
    const transport = createTransport({
      ...place,
      name: 'client.test',
      auth: { user, pass },
      tls: { ...tls, ALPNProtocols: ['smtp'] } as ConnectionOptions,
    })
    expect(await transport.verify()).toBe(true)
    transport.close()
  })

  test('waits for a hello that comes octet by octet', async () => {
    await using reference = await start()
    const slow = createServer((client) => {
      const server = connectTcp(reference.ports.https, '127.0.0.1').setNoDelay(true)
      client.on('data', (chunk: Buffer) => {
        for (const octet of chunk) server.write(Buffer.from([octet]))
      })
      server.pipe(client).on('error', () => server.destroy())
      client.once('close', () => server.destroy())
    }).listen(0, '127.0.0.1')
    await once(slow, 'listening')
    const { port } = slow.address() as AddressInfo
    const words = await firstWords({ ...reference, ports: { ...reference.ports, https: port } }, ['imap'])
    expect(words.said).toMatch(/^\* OK/)
    slow.close()
  })

  test('bears clients that send garbage, too much, or next to nothing', async () => {
    await using reference = await start()
    const port = reference.ports.https
    const garbage = connectTcp(port, '127.0.0.1')
    garbage.on('error', () => {})
    garbage.write('GET / HTTP/1.1\r\n\r\n')
    await closed(garbage)
    const endless = connectTcp(port, '127.0.0.1')
    endless.on('error', () => {})
    endless.write(Buffer.concat([Buffer.from([22, 3, 1, 255, 255, 1, 255, 255, 255]), Buffer.alloc(70_000)]))
    await closed(endless)
    const gone = connectTcp(port, '127.0.0.1')
    gone.end(Buffer.from([22, 3]))
    await closed(gone.resume())
    expect((await firstWords(reference, ['imap'])).said).toMatch(/^\* OK/)
  })

  test('lets go of a client that says nothing for ten seconds', async () => {
    const clock = virtualClock()
    await using reference = await startReference({ clock })
    const silent = connectTcp(reference.ports.https, '127.0.0.1')
    await once(silent, 'connect')
    // The server has seen it once it answers somebody who came later.
    await firstWords(reference, ['imap'])
    const closed = once(silent.resume(), 'close')
    await clock.advance(10_001)
    await closed
  })
})

describe('decided otherwise, port 443', () => {
  test('is the web alone', async () => {
    await using reference = await start({ tls: { sharedPort: [] } })
    expect((await firstWords(reference, ['imap'])).said).toMatch(/NO_APPLICATION_PROTOCOL/)
    expect((await firstWords(reference, undefined)).said).toBe('HTTP/1.1')
  })

  test('confuses the services, prefers IMAP, or lets only one of them in', async () => {
    await using swapped = await start({
      tls: {
        sharedPort: [
          { offer: 'smtp', service: 'imaps' },
          { offer: 'imap', service: 'submissions' },
        ],
      },
    })
    expect((await firstWords(swapped, ['imap'])).said).toMatch(/^220 /)
    expect((await firstWords(swapped, ['smtp'])).said).toMatch(/^\* OK/)
    await using one = await start({ tls: { sharedPort: [{ offer: 'imap', service: 'imaps' }] } })
    expect((await firstWords(one, ['smtp', 'imap'])).said).toMatch(/^\* OK/)
    expect((await firstWords(one, ['smtp'])).said).toMatch(/NO_APPLICATION_PROTOCOL/)
  })
})
