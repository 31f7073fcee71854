import { createHash } from 'node:crypto'
import { createServer as createPlain } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Trust } from '../host/host.ts'
import { type ConnectOptions, openSocket } from './connect.ts'
import { openImap } from './imap.ts'
import { openSmtp } from './smtp.ts'
import { type Issued, issue } from './test-certificates.ts'
import { scriptedPeer } from './test-scripted-peer.ts'

let root: Issued
let intermediate: Issued
let leaf: Issued

beforeAll(async () => {
  root = await issue('root', { authority: true })
  intermediate = await issue('intermediate', { issuer: root, authority: true })
  leaf = await issue('leaf', { issuer: intermediate, names: ['chat.test', '_dc.test', '127.0.0.1'] })
})

const hash = (issued: Issued) => createHash('sha256').update(Buffer.from(issued.certificate.rawData)).digest('hex')

/** A TLS server that greets; tells what it saw of the client. */
async function server(options: TlsOptions) {
  const seen: { servername: string | false; alpn: string | false; sent: number }[] = []
  const listener = createServer(options, (socket) => {
    const entry = { servername: socket.servername ?? false, alpn: socket.alpnProtocol || false, sent: 0 } as const
    const mine = { ...entry }
    seen.push(mine)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      mine.sent += chunk.length
    })
    socket.write('220 hello\r\n')
  })
  listener.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const connect = (name: string, trust: Trust, more: Partial<ConnectOptions> = {}): ConnectOptions => ({
    endpoint: { service: 'submissions', security: 'tls', name, address: '127.0.0.1', port },
    trust,
    timing: { connect: 1000, reply: 500 },
    ...more,
  })
  return {
    seen,
    connect,
    port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => listener.close(() => resolve())),
  }
}

const chainOf = () => ({ cert: `${leaf.pem}\n${intermediate.pem}\n`, key: leaf.key })

describe('trust', () => {
  test('ca: the right root and name are trusted, and the facts are told', async () => {
    await using tls = await server(chainOf())
    await using socket = await openSocket(tls.connect('chat.test', { mode: 'ca', ca: [root.pem] }))
    expect(await socket.readLine()).toBe('220 hello')
    expect(socket.tls).toMatchObject({
      protocol: 'TLSv1.3',
      authorized: true,
      nameMatches: true,
      servername: 'chat.test',
      alpn: false,
      chainLength: 2,
    })
    const [shown, above] = socket.tls?.chain ?? []
    expect(shown).toMatchObject({
      subject: 'CN=leaf',
      issuer: 'CN=intermediate',
      subjectAltNames: ['DNS:chat.test', 'DNS:_dc.test', 'IP Address:127.0.0.1'],
      fingerprint256: hash(leaf),
      keyType: 'ec',
      keyBits: 256,
      isAuthority: false,
    })
    expect(above).toMatchObject({ subject: 'CN=intermediate', isAuthority: true })
    expect(socket.times.tls).toBeGreaterThan(0)
    expect(tls.seen).toMatchObject([{ servername: 'chat.test' }])
  })

  const cases: [string, () => Trust, string, string | undefined][] = [
    [
      'system: an unknown root',
      () => ({ mode: 'system' }),
      'chat.test',
      'SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY',
    ],
    ['ca: another name', () => ({ mode: 'ca', ca: [root.pem] }), 'other.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['ca: an IP literal in the SAN', () => ({ mode: 'ca', ca: [root.pem] }), '[127.0.0.1]', undefined],
    ['ca: no root at all', () => ({ mode: 'ca', ca: [] }), 'chat.test', 'UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY'],
    ['name-only: any chain, the name right', () => ({ mode: 'name-only' }), '_dc.test', undefined],
    ['name-only: any chain, the name wrong', () => ({ mode: 'name-only' }), '_no.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [
      'pin: the right leaf under any name',
      () => ({
        mode: 'pin',
        pin: hash(leaf)
          .toUpperCase()
          .replace(/(..)(?=.)/g, '$1:'),
      }),
      'x.test',
      undefined,
    ],
    ['pin: another certificate', () => ({ mode: 'pin', pin: hash(root) }), 'chat.test', 'PIN_MISMATCH'],
    ['pin: none given', () => ({ mode: 'pin' }), 'chat.test', 'PIN_MISMATCH'],
    ['presented: anything', () => ({ mode: 'presented' }), 'x.test', undefined],
  ]

  test.each(cases)('%s', async (_, trust, name, refusal) => {
    await using tls = await server(chainOf())
    const opening = openSocket(tls.connect(name, trust()))
    if (refusal === undefined) {
      await using socket = await opening
      expect(await socket.readLine()).toBe('220 hello')
    } else {
      const error = await opening.catch((cause) => cause)
      expect(error).toMatchObject({ name: 'WireError', code: 'certificate', stage: 'TLS' })
      expect(error.detail).toMatch(new RegExp(refusal))
      expect(tls.seen.every(({ sent }) => sent === 0)).toBe(true)
    }
  })

  test('an expired certificate says so', async () => {
    const old = await issue('old', { issuer: root, names: ['chat.test'], days: [-30, -1] })
    await using tls = await server({ cert: old.pem, key: old.key })
    await expect(openSocket(tls.connect('chat.test', { mode: 'ca', ca: [root.pem] }))).rejects.toMatchObject({
      code: 'certificate',
      detail: 'CERT_HAS_EXPIRED',
    })
    await using pinned = await openSocket(tls.connect('chat.test', { mode: 'pin', pin: hash(old) }))
    expect(pinned.tls?.authorized).toBe(false)
  })

  test('a name in the subject alone is no name', async () => {
    const bare = await issue('chat.test', { issuer: root })
    await using tls = await server({ cert: bare.pem, key: bare.key })
    await expect(openSocket(tls.connect('chat.test', { mode: 'ca', ca: [root.pem] }))).rejects.toMatchObject({
      detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })
})

describe('the handshake', () => {
  test('sends ALPN and any server name it is told to, and none for an IP literal', async () => {
    await using tls = await server({ ...chainOf(), ALPNProtocols: ['smtp'] })
    const trust: Trust = { mode: 'presented' }
    await using one = await openSocket(tls.connect('chat.test', trust, { alpn: ['imap', 'smtp'] }))
    await using two = await openSocket(tls.connect('chat.test', trust, { servername: 'front.test' }))
    await using three = await openSocket(tls.connect('chat.test', trust, { servername: false }))
    await using four = await openSocket(tls.connect('127.0.0.1', trust))
    for (const socket of [one, two, three, four]) await socket.readLine()
    expect(one.tls?.alpn).toBe('smtp')
    expect(tls.seen.map(({ servername }) => servername)).toEqual(['chat.test', 'front.test', false, false])
  })

  test('a version the server refuses is a tls error', async () => {
    await using tls = await server({ ...chainOf(), minVersion: 'TLSv1.3' })
    await expect(
      openSocket(tls.connect('chat.test', { mode: 'presented' }, { maxVersion: 'TLSv1.2' })),
    ).rejects.toMatchObject({ code: 'tls', stage: 'TLS', detail: expect.stringContaining('PROTOCOL_VERSION') })
  })

  const hostile: [string, (socket: import('node:net').Socket) => void, string][] = [
    ['a plain-text server', (socket) => socket.write('220 hello\r\n'), 'tls'],
    ['a silent server', () => {}, 'timeout'],
    ['a server that closes', (socket) => socket.end(), 'closed'],
    ['a server that resets', (socket) => socket.on('data', () => socket.resetAndDestroy()), 'reset'],
  ]
  test.each(hostile)('%s ends it in time', async (_, act, code) => {
    const listener = createPlain((socket) => {
      socket.on('error', () => {})
      act(socket)
    })
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const { port } = listener.address() as { port: number }
    await expect(
      openSocket({
        endpoint: { service: 'imaps', security: 'tls', name: 'chat.test', address: '127.0.0.1', port },
        trust: { mode: 'presented' },
        timing: { connect: 300, reply: 300 },
      }),
    ).rejects.toMatchObject({ code, stage: 'TLS' })
    listener.close()
  })

  test('nobody listening is refused, and an aborted signal stops at once', async () => {
    const spare = createPlain()
    await new Promise<void>((resolve) => spare.listen(0, '127.0.0.1', resolve))
    const { port } = spare.address() as { port: number }
    await new Promise((resolve) => spare.close(resolve))
    const options = {
      endpoint: { service: 'imaps', security: 'tls', name: 'chat.test', address: '127.0.0.1', port },
      trust: { mode: 'presented' },
      timing: { connect: 300, reply: 300 },
    } as const
    let tries = 0
    await expect(openSocket({ ...options, onConnect: () => tries++ })).rejects.toMatchObject({
      code: 'refused',
      stage: 'connect',
      detail: 'ECONNREFUSED',
    })
    expect(tries).toBe(1)
    await expect(openSocket({ ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  })
})

describe('STARTTLS with plain text behind the reply is an injection', () => {
  test('in SMTP', async () => {
    await using peer = await scriptedPeer(async (line) => {
      line.send('220 hi\r\n')
      await line.hear(/EHLO/)
      line.send('250-hi\r\n250 STARTTLS\r\n')
      await line.hear(/STARTTLS/)
      line.send('220 go\r\n250 you are the victim\r\n')
    })
    await expect(openSmtp(peer.options('submission', { security: 'starttls' }))).rejects.toMatchObject({
      code: 'protocol',
      stage: 'STARTTLS',
      detail: 'STARTTLS_INJECTION',
    })
  })

  test('in IMAP', async () => {
    await using peer = await scriptedPeer(async (line) => {
      line.send('* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n')
      await line.hear(/STARTTLS/)
      line.send('a1 OK go\r\n* CAPABILITY IMAP4rev1 EVIL\r\n')
    })
    await expect(openImap(peer.options('imap', { security: 'starttls' }))).rejects.toMatchObject({
      code: 'protocol',
      stage: 'STARTTLS',
      detail: 'STARTTLS_INJECTION',
    })
  })

  test('and a server that does not offer it is told so', async () => {
    await using smtp = await scriptedPeer(async (line) => {
      line.send('220 hi\r\n')
      await line.hear(/EHLO/)
      line.send('250 hi\r\n')
    })
    await using imap = await scriptedPeer((line) => line.send('* OK [CAPABILITY IMAP4rev1] hi\r\n'))
    const wanted = { code: 'protocol', stage: 'STARTTLS', detail: 'NOT_OFFERED' }
    await expect(openSmtp(smtp.options('submission', { security: 'starttls' }))).rejects.toMatchObject(wanted)
    await expect(openImap(imap.options('imap', { security: 'starttls' }))).rejects.toMatchObject(wanted)
  })
})
