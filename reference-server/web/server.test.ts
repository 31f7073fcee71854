// Tests of the web side over real sockets.
import { request as requestHttp } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { connect as connectTls } from 'node:tls'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { type Reference, startReference } from '../index.ts'

interface Response {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

function get(reference: Reference, path: string, options: RequestOptions = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const secure = {
      ca: reference.ca,
      servername: reference.domain,
      host: '127.0.0.1',
      port: reference.ports.https,
      headers: { host: reference.domain },
      path,
      agent: false,
      ...options,
    }
    const send = options.port === reference.ports.http ? requestHttp : request
    const outgoing = send(secure, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

const start = (web: DeepPartial<Behaviour> = {}) => startReference({ overrides: web })
const post = { method: 'POST' }

describe('/new', () => {
  test('POST proposes other credentials each time, and they work', async () => {
    for (const variant of [0, 1, 2, 3, 4]) {
      await using reference = await startReference({ variant })
      const seen = new Set<string>()
      for (let i = 0; i < 3; i++) {
        const { status, headers, body } = await get(reference, '/new', post)
        expect(status).toBe(200)
        expect(headers['content-type']).toMatch(/^application\/json/)
        const { email, password } = JSON.parse(body.toString())
        expect(email).toMatch(/^[a-z0-9]{9}@chat\.test$/)
        expect(password.length).toBeGreaterThan(9)
        expect(await reference.accounts.authenticate(email, password, 'imap')).toBeDefined()
        seen.add(email).add(password)
      }
      expect(seen.size).toBe(6)
    }
  })

  test('GET sends browsers to the app, the old path works, so do absolute request targets', async () => {
    await using reference = await start()
    const redirect = await get(reference, '/new')
    expect(redirect.status).toBe(301)
    expect(redirect.headers.location).toBe('dcaccount:https://chat.test/new')
    expect((await get(reference, '/cgi-bin/newemail.py', post)).status).toBe(200)
    expect((await get(reference, 'https://chat.test/new', post)).status).toBe(200)
  })

  test('proposals make no account by themselves, unless the server does so', async () => {
    for (const createsAccount of [false, true]) {
      await using reference = await start({ web: { new: { createsAccount } } })
      await get(reference, '/new', post)
      expect(reference.accounts.list()).toHaveLength(createsAccount ? 1 : 0)
    }
  })

  test('a broken one repeats itself, asks for more, or answers with a page', async () => {
    await using same = await start({ web: { new: { sameEachTime: true } } })
    const [one, two] = [await get(same, '/new', post), await get(same, '/new', post)]
    expect(one.body).toEqual(two.body)
    await using asking = await start({ web: { new: { requiresToken: true } } })
    expect((await get(asking, '/new', post)).status).toBe(403)
    await using form = await start({ web: { new: { form: 'form' } } })
    expect((await get(form, '/new', post)).headers['content-type']).toMatch(/^text\/html/)
  })
})

describe('pages', () => {
  test('the landing page shows the invite as link and QR code, and loads nothing from elsewhere', async () => {
    await using reference = await start()
    const page = (await get(reference, '/')).body.toString()
    expect(page).toContain('href="DCACCOUNT:https://chat.test/new"')
    expect(page).toContain('href="privacy.html"')
    expect(page).not.toMatch(/<script|src="https?:/)
    const picture = /src="([^"]+\.png)"/.exec(page)?.[1]
    const png = PNG.sync.read((await get(reference, `/${picture}`)).body)
    const decode = jsqr as unknown as typeof jsqr.default
    expect(decode(new Uint8ClampedArray(png.data), png.width, png.height)?.data).toBe('DCACCOUNT:https://chat.test/new')
  })

  test('the privacy page states retention and contact', async () => {
    await using reference = await start()
    const page = (await get(reference, '/privacy.html')).body.toString()
    expect(page).toMatch(/deleted unconditionally 20 days/)
    expect(page).toContain('mailto:')
  })

  test('robots are sent away, unknown paths and metrics are not found', async () => {
    await using reference = await start()
    expect((await get(reference, '/robots.txt')).body.toString()).toContain('Disallow: /')
    for (const path of ['/metrics', '/nothing', '/constructor', '/../etc/passwd']) {
      expect((await get(reference, path)).status).toBe(404)
    }
  })

  test('www. and plain HTTP redirect to the domain', async () => {
    await using reference = await start()
    const www = await get(reference, '/info.html', { headers: { host: 'www.chat.test' } })
    expect([www.status, www.headers.location]).toEqual([301, 'https://chat.test/info.html'])
    const http = await get(reference, '/x?y', { port: reference.ports.http })
    expect([http.status, http.headers.location]).toEqual([301, 'https://chat.test/x?y'])
  })

  test('the MTA-STS policy and autoconfig name what is really there', async () => {
    await using reference = await start()
    const policy = await get(reference, '/.well-known/mta-sts.txt', { headers: { host: 'mta-sts.chat.test' } })
    expect(policy.body.toString().split('\r\n')).toContain('mx: chat.test')
    const xml = (await get(reference, '/.well-known/autoconfig/mail/config-v1.1.xml')).body.toString()
    for (const service of ['imaps', 'imap', 'submissions', 'submission'] as const) {
      expect(xml).toContain(`<port>${reference.ports[service]}</port>`)
    }
  })

  test('autoconfig lists the shared port last, for both protocols, where there is one', async () => {
    const listed = async (tls: DeepPartial<Behaviour>['tls'], autoconfig = {}) => {
      await using reference = await start({ tls, web: { autoconfig: { listsStandardPorts: true, ...autoconfig } } })
      const xml = (await get(reference, '/.well-known/autoconfig/mail/config-v1.1.xml')).body.toString()
      return [...xml.matchAll(/<port>(\d+)<\/port>\s*<socketType>(\w+)/g)].map(([, port, type]) => `${port} ${type}`)
    }
    const own = { imap: ['993 SSL', '143 STARTTLS'], smtp: ['465 SSL', '587 STARTTLS'] }
    expect(await listed({})).toEqual([...own.imap, '443 SSL', ...own.smtp, '443 SSL'])
    expect(await listed({ sharedPort: [] })).toEqual([...own.imap, ...own.smtp])
    expect(await listed({}, { listsSharedPort: 'never' })).toEqual([...own.imap, ...own.smtp])
    expect(await listed({ sharedPort: [] }, { listsSharedPort: 'always' })).toContain('443 SSL')
  })
})

test('the web takes TLS 1.2, the mail ports do not', async () => {
  await using reference = await start()
  const tries = (service: 'https' | 'submissions' | 'imaps') =>
    new Promise<string>((resolve) => {
      const socket = connectTls({
        port: reference.ports[service],
        ca: reference.ca,
        servername: 'chat.test',
        maxVersion: 'TLSv1.2',
      })
      socket.once('secureConnect', () => {
        resolve('connected')
        socket.destroy()
      })
      socket.once('error', () => resolve('refused'))
      socket.once('close', () => resolve('refused'))
    })
  expect(await tries('https')).toBe('connected')
  expect(await tries('submissions')).toBe('refused')
  expect(await tries('imaps')).toBe('refused')
})
