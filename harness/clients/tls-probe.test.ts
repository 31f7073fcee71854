import { createServer as createPlain } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Service } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import type { ConnectOptions } from './connect-options.ts'
import { type Issued, issue } from './test-certificates.ts'
import { scriptedPeer } from './test-scripted-peer.ts'
import { lookAtTls, offerTls } from './tls-probe.ts'

let root: Issued
let expired: Issued

beforeAll(async () => {
  root = await issue('root', { authority: true })
  expired = await issue('leaf', { issuer: root, names: ['chat.test'], days: [-30, -1] })
})

const legacy = { version: 'TLS 1.1', suites: [0xc009, 0xc00a] } as const
const unencrypted = { version: 'TLS 1.2', suites: [0xc006] } as const

async function greeting(options: TlsOptions) {
  const listener = createServer({ cert: expired.pem, key: expired.key, ...options }, (socket) => {
    socket.on('error', () => {})
    socket.on('data', () => socket.write('250 hello\r\n'))
    socket.write('220 hello\r\n')
  })
  listener.on('tlsClientError', (_error, socket) => socket.destroy())
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    options: place(port),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void listener.close(() => resolve())),
  }
}

function place(port: number, service: Service = 'submissions', security: 'tls' | 'starttls' = 'tls'): ConnectOptions {
  return {
    endpoint: { service, security, name: 'chat.test', address: '127.0.0.1', port },
    trust: { mode: 'ca', ca: [root.pem] },
    timing: { connect: 1_000, reply: 500 },
  }
}

describe('a look at TLS', () => {
  test('shows a certificate that nobody would go on with, and what is wrong with it', async () => {
    await using server = await greeting({})
    const facts = await lookAtTls(server.options)
    expect(facts).toMatchObject({
      protocol: 'TLSv1.3',
      authorized: false,
      authorizationError: 'CERT_HAS_EXPIRED',
      nameMatches: true,
    })
  })
})

describe('an offer of an old version', () => {
  test('is agreed to by a server of that time', async () => {
    await using server = await greeting({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' })
    expect(await offerTls(server.options, legacy)).toMatchObject({ kind: 'agrees', version: 'TLS 1.1' })
  })

  test('gets a fatal alert from one of today, and a hang-up from others', async () => {
    await using server = await greeting({})
    expect(await offerTls(server.options, legacy)).toEqual({ kind: 'refuses', alert: 70 })
    const rude = createPlain((socket) => socket.once('data', () => socket.end()))
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
    const address = rude.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await offerTls(place(port), legacy)).toEqual({ kind: 'closes' })
    await new Promise<void>((resolve) => void rude.close(() => resolve()))
  })
})

test('an offer of a suite without encryption is agreed to where that is allowed', async () => {
  await using server = await greeting({ maxVersion: 'TLSv1.2', ciphers: 'eNULL@SECLEVEL=0' })
  expect(await offerTls(server.options, unencrypted)).toEqual({ kind: 'agrees', version: 'TLS 1.2', suite: 0xc006 })
})

describe('an offer after STARTTLS', () => {
  test('is made where IMAP and SMTP expect it', async () => {
    const alert = Uint8Array.of(21, 3, 1, 0, 2, 2, 40)
    await using imap = await scriptedPeer(async (line) => {
      line.send('* OK hello\r\n')
      await line.hear(/a STARTTLS\r\n/)
      line.send('* CAPABILITY IMAP4rev1\r\na OK begin\r\n')
      await line.hear(/^\x16\x03\x01/)
      line.send(alert)
    })
    expect(await offerTls(place(imap.port, 'imap', 'starttls'), legacy)).toEqual({ kind: 'refuses', alert: 40 })
    await using smtp = await scriptedPeer(async (line) => {
      line.send('220-hello\r\n220 again\r\n')
      await line.hear(/EHLO \[127\.0\.0\.1\]\r\n/)
      line.send('250-chat.test\r\n250 STARTTLS\r\n')
      await line.hear(/STARTTLS\r\n/)
      line.send('220 go on\r\n')
      await line.hear(/^\x16\x03\x01/)
      line.send(alert)
    })
    expect(await offerTls(place(smtp.port, 'smtp', 'starttls'), legacy)).toEqual({ kind: 'refuses', alert: 40 })
  })

  test('is no answer where STARTTLS is refused, nothing comes, or what comes is no TLS', async () => {
    await using refusing = await scriptedPeer(async (line) => {
      line.send('220 hello\r\n')
      await line.hear(/EHLO .*\r\n/)
      line.send('250 chat.test\r\n')
      await line.hear(/STARTTLS\r\n/)
      line.send('454 4.7.0 not now\r\n')
    })
    const failure = async (port: number, service: Service, security: 'tls' | 'starttls') => {
      const answer = await offerTls(place(port, service, security), legacy).catch((error: unknown) => error)
      return answer instanceof WireError ? `${answer.code} at ${answer.stage}` : answer
    }
    expect(await failure(refusing.port, 'submission', 'starttls')).toBe('protocol at STARTTLS')
    await using silent = await scriptedPeer(() => {})
    expect(await failure(silent.port, 'imaps', 'tls')).toBe('timeout at TLS')
    await using web = await scriptedPeer((line) => line.send('HTTP/1.1 400 Bad Request\r\n\r\n'))
    expect(await failure(web.port, 'https', 'tls')).toBe('protocol at TLS')
  })
})
