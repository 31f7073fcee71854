// Tests of servers that no public authority vouches for: names that begin with `_`, and addresses.
import { X509Certificate } from 'node:crypto'
import { type RequestOptions, request } from 'node:https'
import { connect } from 'node:tls'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import { type Reference, type ReferenceOptions, startReference } from '../index.ts'

interface Response {
  readonly status: number | undefined
  readonly location: string | undefined
  readonly cache: string | undefined
  readonly body: string
}

function ask(reference: Reference, path: string, options: RequestOptions = {}): Promise<Response> {
  const name = reference.domain.replace(/[[\]]/g, '')
  return new Promise((resolve, reject) => {
    const where = { host: '127.0.0.1', port: reference.ports.https, agent: false, rejectUnauthorized: false }
    const outgoing = request({ ...where, headers: { host: name }, path, ...options }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk) => (body += chunk))
      const { location, 'cache-control': cache } = response.headers
      response.on('end', () => resolve({ status: response.statusCode, location, cache, body }))
    })
    outgoing.on('error', reject).end()
  })
}

const post = { method: 'POST' }

const start = (web: DeepPartial<Behaviour['web']> = {}, options: ReferenceOptions = {}) =>
  startReference({ domains: ['_chat.test'], overrides: { web }, ...options })

function decodeQr(page: string): string | undefined {
  const png = PNG.sync.read(Buffer.from(/data:image\/png;base64,([^"]+)/.exec(page)?.[1] ?? '', 'base64'))
  const decode = jsqr as unknown as typeof jsqr.default
  return decode(new Uint8ClampedArray(png.data), png.width, png.height)?.data
}

async function certificate(reference: Reference): Promise<X509Certificate> {
  const socket = connect({ host: '127.0.0.1', port: reference.ports.imaps, rejectUnauthorized: false })
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  const { raw } = socket.getPeerCertificate()
  socket.destroy()
  return new X509Certificate(raw)
}

describe('/new', () => {
  test('gives a login link beside the proposal, to GET as to POST', async () => {
    await using reference = await start()
    for (const options of [{}, post]) {
      const { status, body } = await ask(reference, '/new', options)
      expect(status).toBe(200)
      const { email, password, dclogin_url: link } = JSON.parse(body)
      expect(email).toMatch(/^[a-z0-9]{9}@_chat\.test$/)
      const [, user, query = ''] = /^dclogin:([^?]+)\?(.*)$/.exec(link) ?? []
      expect(user).toBe(email)
      expect(Object.fromEntries(new URLSearchParams(query))).toEqual({ p: password, v: '1', ic: '3' })
      expect(link).toMatch(/^[\x21-\x7e]+$/)
      expect(await reference.accounts.authenticate(email, password, 'imap')).toBeDefined()
    }
  })

  test('names the hosts of an address, which nothing can be looked up by', async () => {
    await using reference = await start({}, { domains: ['[127.0.0.1]'] })
    const { email, dclogin_url: link } = JSON.parse((await ask(reference, '/new', post)).body)
    expect(email).toMatch(/^[a-z0-9]{9}@\[127\.0\.0\.1\]$/)
    expect(link).toMatch(/^dclogin:[a-z0-9]{9}@\[127\.0\.0\.1\]\?p=[^&]+&v=1&ih=127\.0\.0\.1&sh=127\.0\.0\.1&ic=3$/)
  })

  test('answers six at once and then two a second, to each client; its old path as often as asked', async () => {
    const clock = virtualClock()
    await using reference = await start({}, { clock })
    const burst = async (path: string, localAddress: string) => {
      const statuses = []
      for (let i = 0; i < 8; i++) statuses.push((await ask(reference, path, { ...post, localAddress })).status)
      return statuses
    }
    expect(await burst('/new', '127.0.0.1')).toEqual([200, 200, 200, 200, 200, 200, 503, 503])
    expect((await ask(reference, '/new', { ...post, localAddress: '127.0.0.2' })).status).toBe(200)
    await clock.advance(1_000)
    expect((await burst('/new', '127.0.0.1')).filter((status) => status === 200)).toHaveLength(2)
    expect(new Set(await burst('/cgi-bin/newemail.py', '127.0.0.1'))).toEqual(new Set([200]))
  })

  test('decided otherwise, limits everybody together, nobody, or names that are not private', async () => {
    const statuses = async (change: DeepPartial<Behaviour['web']['new']['clientLimit']>, domain = '_chat.test') => {
      const options = { domains: [domain], clock: virtualClock() }
      await using reference = await start({ new: { clientLimit: change } }, options)
      const found = []
      for (let i = 0; i < 8; i++) {
        found.push((await ask(reference, '/new', { ...post, localAddress: `127.0.0.${1 + (i % 2)}` })).status)
      }
      return found.filter((status) => status === 503).length
    }
    expect(await statuses({})).toBe(0)
    expect(await statuses({ key: 'everybody' })).toBe(2)
    expect(await statuses({ burst: 0 })).toBe(6)
    expect(await statuses({ perSecond: 0, key: 'everybody' })).toBe(0)
    expect(await statuses({ key: 'everybody' }, 'chat.test')).toBe(0)
    expect(await statuses({ key: 'everybody', on: 'always' }, 'chat.test')).toBe(2)
  })

  test('decided otherwise, redirects, refuses, or keeps or adds the login link', async () => {
    await using redirecting = await start({ new: { getOnPrivateName: 'redirect' } })
    expect(await ask(redirecting, '/new')).toMatchObject({ status: 301, location: 'dcaccount:https://_chat.test/new' })
    await using refusing = await start({ new: { getOnPrivateName: 'refuse', loginLink: 'never' } })
    expect((await ask(refusing, '/new')).status).toBe(405)
    expect(JSON.parse((await ask(refusing, '/new', post)).body)).not.toHaveProperty('dclogin_url')
    await using adding = await start({ new: { loginLink: 'always' } }, { domains: ['chat.test'] })
    expect(JSON.parse((await ask(adding, '/new', post)).body).dclogin_url).toMatch(/^dclogin:.*@chat\.test/)
    await using prefix = await start({ new: { matchesPrefix: true } })
    expect((await ask(prefix, '/newxyz', post)).status).toBe(200)
  })
})

describe('the front page', () => {
  test('shows a login link that works, and the same as a QR code, without a script', async () => {
    await using reference = await start()
    const { body, cache } = await ask(reference, '/')
    const link = /href="(dclogin:[^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(decodeQr(body)).toBe(link)
    expect(body).not.toMatch(/<script/)
    expect(cache).toBe('no-store')
    const [, email = '', password = ''] = /^dclogin:([^?]+)\?p=([^&]+)/.exec(link) ?? []
    expect(await reference.accounts.authenticate(email, decodeURIComponent(password), 'imap')).toBeDefined()
    expect((await ask(reference, '/')).body).not.toBe(body)
  })

  test('decided otherwise, leaves it to a script, or invites as public names do', async () => {
    await using scripted = await start({ privateInvite: 'script' })
    expect((await ask(scripted, '/')).body).toContain('<script src="dclogin.js">')
    expect((await ask(scripted, '/dclogin.js')).body).toContain('dclogin_url')
    await using inviting = await start({ privateInvite: 'invite' })
    const { body } = await ask(inviting, '/')
    expect(body).toContain('href="DCACCOUNT:https://_chat.test/new"')
    expect((await ask(inviting, '/dclogin.js')).status).toBe(404)
    expect((await ask(inviting, '/qr-chatmail-invite-_chat.test.png')).status).toBe(200)
  })
})

describe('the certificate', () => {
  test('is signed by itself for a hundred years, and bears the names', async () => {
    await using reference = await start()
    const shown = await certificate(reference)
    expect(shown.verify(shown.publicKey)).toBe(true)
    expect(shown.ca).toBe(false)
    expect(shown.subject).toBe('CN=_chat.test')
    expect(shown.subjectAltName).toBe('DNS:_chat.test, DNS:www._chat.test, DNS:mta-sts._chat.test')
    expect(shown.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
    expect((shown.validToDate.getTime() - Date.now()) / 86_400_000).toBeGreaterThan(36_000)
    expect(reference.ca.trim()).toBe(shown.toString().trim())
    expect(reference.host().trust).toEqual({ mode: 'name-only' })
  })

  test('of an address bears it as a name, or, decided otherwise, as what it is', async () => {
    const domains = ['[127.0.0.1]']
    await using reference = await startReference({ domains })
    expect((await certificate(reference)).subjectAltName).toMatch(/^DNS:127\.0\.0\.1,/)
    expect(reference.host().trust).toEqual({ mode: 'presented' })
    expect(reference.host().endpoints.imaps?.name).toBe('127.0.0.1')
    await using other = await startReference({ domains, overrides: { tls: { literalsAs: 'ip' } } })
    expect((await certificate(other)).subjectAltName).toMatch(/^IP Address:127\.0\.0\.1,/)
  })

  test('comes from the authority where a public name is served as well, or where it is so decided', async () => {
    await using mixed = await startReference({ domains: ['_chat.test', 'chat.test'] })
    const authority = new X509Certificate(mixed.ca)
    expect((await certificate(mixed)).verify(authority.publicKey)).toBe(true)
    await using decided = await start({}, { overrides: { tls: { selfSignsPrivateNames: false } } })
    expect((await certificate(decided)).verify(new X509Certificate(decided.ca).publicKey)).toBe(true)
  })
})

describe('the Host field', () => {
  test('finds the domain among several, and a strange one is never repeated', async () => {
    await using reference = await start({}, { domains: ['a.test', 'b.a.test', '[127.0.0.1]'] })
    const redirect = async (host: string) => (await ask(reference, '/x', { headers: { host } })).location
    expect(await redirect('www.a.test')).toBe('https://a.test/x')
    expect(await redirect('WWW.B.A.test:443')).toBe('https://b.a.test/x')
    expect(await redirect('www.evil.example')).toBeUndefined()
    const invite = async (host: string) =>
      /CCOUNT:([^"]+)/.exec((await ask(reference, '/', { headers: { host } })).body)
    expect((await invite('evil.example'))?.[1]).toBe('https://a.test/new')
    expect((await invite('"><script>.b.a.test'))?.[1]).toBe('https://a.test/new')
    expect((await ask(reference, '/', { headers: { host: '127.0.0.1' } })).body).toContain('&amp;ih=127.0.0.1')
  })
})
