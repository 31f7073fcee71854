import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createHttp, type HttpOptions } from './http.ts'
import { issue } from './test-certificates.ts'
import { type Line, scriptedPeer } from './test-scripted-peer.ts'
import { Transcript } from './transcript.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function web(answer: Answer) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const onUpgrade = (take: (request: IncomingMessage, socket: Duplex) => void) => server.on('upgrade', take)
  return { http: client(port), port, onUpgrade, [Symbol.asyncDispose]: async () => void server.close() }
}

function client(port: number, more: Partial<HttpOptions> = {}) {
  return createHttp({
    locate: async (url) => ({ service: 'http', security: 'none', name: url.hostname, address: '127.0.0.1', port }),
    trust: { mode: 'system' },
    timing: { connect: 500, reply: 400 },
    ...more,
  })
}

const echo: Answer = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    response.setHeader('Set-Cookie', ['a=1', 'b=2'])
    const { method, url, headers } = request
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }))
  })
}

describe('the HTTP client', () => {
  test('sends what it is told and gives what comes', async () => {
    await using server = await web(echo)
    const response = await server.http.request('http://chat.test:8080/new?a=1', {
      method: 'POST',
      body: 'héllo',
      headers: { X: 'y' },
    })
    expect(response).toMatchObject({
      status: 200,
      url: 'http://chat.test:8080/new?a=1',
      redirects: [],
      setCookies: ['a=1', 'b=2'],
      headers: { 'set-cookie': 'a=1, b=2' },
    })
    expect(response.json()).toMatchObject({
      method: 'POST',
      url: '/new?a=1',
      body: 'héllo',
      headers: { host: 'chat.test:8080', 'content-length': '6', x: 'y' },
    })
    expect(response.duration).toBeGreaterThan(0)
    const absolute = await server.http.request('http://chat.test/new', { method: 'POST', absoluteForm: true })
    expect(absolute.json()).toMatchObject({ url: 'http://chat.test/new', headers: { 'content-length': '0' } })
  })

  test('speaks TLS where the endpoint says so, with the same trust as everybody', async () => {
    const authority = await issue('root', { authority: true })
    const leaf = await issue('leaf', { issuer: authority, names: ['chat.test'] })
    const server = createSecure({ cert: leaf.pem, key: leaf.key }, (_, response) => response.end('hi'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const locate: HttpOptions['locate'] = async (url) => ({
      service: 'https',
      security: 'tls',
      name: url.hostname,
      address: '127.0.0.1',
      port,
    })
    const trusting = client(port, { locate, trust: { mode: 'ca', ca: [authority.pem] } })
    const response = await trusting.request('https://chat.test/')
    expect(response.text()).toBe('hi')
    expect(response.tls).toMatchObject({ protocol: 'TLSv1.3', authorized: true, chainLength: 1 })
    await expect(trusting.request('https://other.test/')).rejects.toMatchObject({ code: 'certificate' })
    await expect(client(port, { locate }).request('https://chat.test/')).rejects.toMatchObject({ code: 'certificate' })
    server.close()
  })

  test('follows redirects only when asked, and never to another scheme', async () => {
    await using server = await web((request, response) => {
      if (request.url === '/') response.writeHead(302, { Location: '/next' })
      else if (request.url === '/next') response.writeHead(307, { Location: 'http://b.test/app' })
      else if (request.url === '/app') response.writeHead(301, { Location: 'dcaccount:https://b.test/new' })
      response.end(request.method)
    })
    expect(await server.http.request('http://a.test/')).toMatchObject({ status: 302, redirects: [] })
    const end = await server.http.request('http://a.test/', { follow: 5, method: 'POST', body: 'x' })
    expect(end).toMatchObject({
      status: 301,
      url: 'http://b.test/app',
      redirects: ['http://a.test/', 'http://a.test/next'],
    })
    expect(end.text()).toBe('GET')
    expect(await server.http.request('http://a.test/', { follow: 1 })).toMatchObject({ status: 307 })
  })

  test('asks to go on with another protocol, and takes either answer', async () => {
    await using server = await web((request, response) => {
      response.writeHead(400).end(`${request.headers.connection} ${request.headers.upgrade}`)
    })
    const refused = await server.http.request('http://a.test/', { upgrade: 'websocket' })
    expect([refused.status, refused.text()]).toEqual([400, 'Upgrade websocket'])
    server.onUpgrade((request, socket) => {
      const head = `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\n\r\n`
      socket.write(`${head}octets of that protocol`)
    })
    const agreed = await server.http.request('http://a.test/', { upgrade: 'iroh derp http' })
    expect(agreed).toMatchObject({ status: 101, headers: { upgrade: 'iroh derp http' } })
    expect(agreed.bytes).toHaveLength(0)
  })

  test('reads no more than it is allowed', async () => {
    await using server = await web((_, response) => response.end(Buffer.alloc(100_000)))
    await expect(server.http.request('http://a.test/', { maxBytes: 50_000 })).rejects.toMatchObject({
      code: 'too-long',
    })
    expect((await server.http.request('http://a.test/', { maxBytes: 100_000 })).bytes).toHaveLength(100_000)
  })

  test('a body that is not JSON is a WireError when read as such', async () => {
    await using server = await web((_, response) => response.end('<html>'))
    const response = await server.http.request('http://a.test/')
    expect(() => response.json()).toThrow(expect.objectContaining({ name: 'WireError', code: 'protocol' }))
  })

  test('the transcript has the head and no body', async () => {
    const transcript = new Transcript()
    await using server = await web((_, response) => response.end('{"password":"geheim"}'))
    await client(server.port, { transcript }).request('http://a.test/new', { method: 'POST' })
    const text = transcript.lines.map((line) => `${line.direction} ${line.text}`).join('\n')
    expect(text).toContain('> POST /new HTTP/1.1\n< HTTP/1.1 200 OK')
    expect(text).toContain('- <21 octets of body>')
    expect(text).not.toContain('geheim')
  })
})

describe('a web server that misbehaves', () => {
  const head = 'HTTP/1.1 200 OK\r\n'
  const hostile: [string, (line: Line) => void, string][] = [
    ['says nothing', () => {}, 'timeout'],
    ['closes', (line) => line.socket.end(), 'closed'],
    ['resets', (line) => line.socket.resetAndDestroy(), 'reset'],
    ['speaks another protocol', (line) => line.send('* OK IMAP4rev1 ready\r\n'), 'protocol'],
    ['sends a header without end', (line) => line.send(`${head}X: ${'x'.repeat(200_000)}`), 'too-long'],
    ['closes inside the body', (line) => line.socket.end(`${head}Content-Length: 10\r\n\r\nabc`), 'closed'],
    ['sends a broken chunk', (line) => line.send(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`), 'protocol'],
    ['stops inside the body', (line) => line.send(`${head}Content-Length: 10\r\n\r\nabc`), 'timeout'],
    [
      'drips',
      (line) => {
        line.send(head)
        setInterval(() => line.send('X: y\r\n'), 50).unref()
      },
      'timeout',
    ],
  ]

  test.each(hostile)('%s: the request ends in time with a typed error', async (_, act, code) => {
    await using peer = await scriptedPeer(async (line) => {
      await line.hear(/\r\n\r\n/)
      act(line)
    })
    await expect(client(peer.port).request('http://a.test/')).rejects.toMatchObject({ name: 'WireError', code })
  })

  test('a body ended by closing is whole', async () => {
    await using peer = await scriptedPeer(async (line) => {
      await line.hear(/\r\n\r\n/)
      line.socket.end(`${head}\r\nabc`)
    })
    expect((await client(peer.port).request('http://a.test/')).text()).toBe('abc')
  })

  test('what is no web address is refused before anything is sent', async () => {
    for (const url of ['dcaccount:chat.test', 'nonsense']) {
      await expect(client(1).request(url)).rejects.toMatchObject({ code: 'protocol', detail: 'ERR_INVALID_URL' })
    }
  })
})
