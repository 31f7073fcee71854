// A mail exchange of the peer, seen by people who know nothing of ours: nodemailer, node:https, and sockets that behave badly.
import { generateKeyPairSync } from 'node:crypto'
import { request } from 'node:https'
import { connect } from 'node:net'
import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { Transcript } from '../clients/transcript.ts'
import type { PeerRecord } from '../host/host.ts'
import { verifyDkim } from '../mail/verify-dkim.ts'
import { createAuthority } from './authority.ts'
import { type ExchangeOptions, openExchange } from './exchange.ts'

const from = 'alice@chat.test'

async function open(options: ExchangeOptions = {}) {
  const records: PeerRecord[] = []
  const places = new Map<string, number>()
  const authority = await createAuthority()
  const transcript = new Transcript()
  const power = {
    domain: 'peer.test',
    publish: async (more: readonly PeerRecord[]) => void records.push(...more),
    place: (name: string, port: number, at: { readonly port: number }) => {
      places.set(`${name} ${port}`, at.port)
      return () => void places.delete(`${name} ${port}`)
    },
    trust: async () => {},
  }
  const exchange = await openExchange({ power, authority, label: 'x1', keys: [], transcript }, options)
  const port = (number: number) => places.get(`${exchange.name} ${number}`) ?? 0
  const send = (data: object = {}) =>
    createTransport({
      host: '127.0.0.1',
      port: port(25),
      requireTLS: options.clear !== true,
      ignoreTLS: options.clear === true,
      tls: { ca: authority.certificate, servername: exchange.name },
    }).sendMail({ from, to: exchange.address('bob'), subject: 'dots', text: '.one\n..two\n.\nend', ...data })
  return {
    exchange,
    records,
    port,
    send,
    transcript,
    authority,
    ...{ [Symbol.asyncDispose]: () => exchange[Symbol.asyncDispose]() },
  }
}

describe('a mail exchange', () => {
  it('takes what nodemailer sends, and tells what it saw', async () => {
    await using s = await open()
    const { messageId } = await s.send()
    expect(s.exchange.arrivals).toMatchObject([
      { via: 'smtp', from, to: ['bob@x1.peer.test'], messageId, tls: 'TLSv1.3' },
    ])
    expect(Buffer.from(s.exchange.arrivals[0]?.bytes ?? []).toString()).toContain('\r\n.one\r\n..two\r\n.\r\nend')
    expect(s.exchange.visits).toMatchObject([{ via: 'smtp', tls: 'done' }])
    expect(s.records).toContainEqual({ type: 'MX', name: 'x1.peer.test', exchange: 'mx.x1.peer.test', preference: 10 })
  })

  it.each([
    ['stranger', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['self', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('shows a certificate that is wrong in one way: %s', async (certificate, code) => {
    await using s = await open({ certificate })
    const error = await s.send().catch((reason: Error) => reason)
    const cause = error as NodeJS.ErrnoException
    expect([cause.code, cause.message].join(' ')).toMatch(
      new RegExp(`${code}|altnames|expired|self.signed|unable to verify`),
    )
    expect(s.exchange.arrivals).toEqual([])
    expect(s.exchange.visits[0]).toMatchObject({ tls: expect.stringMatching(/failed|done/) })
  })

  it('offers no TLS when told so, and refuses when told so', async () => {
    await using clear = await open({ clear: true })
    await clear.send()
    expect(clear.exchange.arrivals).toMatchObject([{ tls: undefined }])
    await using full = await open({ answer: (stage) => (stage === 'rcpt' ? '452 4.2.2 full' : undefined) })
    await expect(full.send()).rejects.toMatchObject({ responseCode: 452 })
    expect(full.exchange.arrivals).toEqual([])
  })

  it('takes mail by POST to /mxdeliv', async () => {
    await using s = await open({ https: 'mxdeliv' })
    const post = (path: string, body: string, headers: Record<string, string | string[]> = {}) =>
      new Promise<number>((resolve, reject) => {
        const call = request({
          host: '127.0.0.1',
          port: s.port(443),
          path,
          method: 'POST',
          headers: { 'X-MAIL-FROM': from, 'X-MAIL-TO': ['a@x1.peer.test', 'b@x1.peer.test'], ...headers },
          ca: s.authority.certificate,
          servername: s.exchange.name,
        })
        call.once('response', (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        })
        call.once('error', reject)
        call.end(body)
      })
    expect(await post('/mxdeliv', 'Message-ID: <1@chat.test>\r\n\r\n..one\r\n')).toBe(200)
    expect(await post('/else', 'x\r\n')).toBe(404)
    expect(await post('/mxdeliv', '')).toBe(400)
    expect(s.exchange.arrivals).toMatchObject([
      { via: 'https', from, to: ['a@x1.peer.test', 'b@x1.peer.test'], messageId: '<1@chat.test>' },
    ])
    expect(Buffer.from(s.exchange.arrivals[0]?.bytes ?? []).toString()).toMatch(/\r\n\.one\r\n$/)
  })

  it.each([
    ['a line without end', 'x'.repeat(10_000)],
    ['TLS where none is expected', '\x16\x03\x01\x02\x00\x01\x00\r\n'.repeat(100)],
    ['more commands than anybody needs', 'NOOP\r\n'.repeat(20_000)],
  ])('survives %s', async (_name, garbage) => {
    await using s = await open()
    await new Promise<void>((resolve) => {
      const socket = connect(s.port(25), '127.0.0.1', () => socket.write(garbage, 'latin1'))
      socket.on('error', () => {})
      socket.on('close', () => resolve())
      socket.resume()
      socket.end()
    })
    await s.send()
    expect(s.exchange.arrivals).toHaveLength(1)
  })

  it('is down when told so, and up again', async () => {
    await using s = await open()
    s.exchange.down()
    expect(s.port(25)).toBe(0)
    s.exchange.up()
    await s.send()
    expect(s.exchange.arrivals).toHaveLength(1)
  })

  it('verifies what nodemailer signs', async () => {
    await using s = await open()
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    await s.send({ dkim: { domainName: 'chat.test', keySelector: 'mail', privateKey: pem } })
    const bytes = s.exchange.arrivals[0]?.bytes ?? new Uint8Array()
    const data = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const verify = (message: Uint8Array, record: readonly string[]) =>
      verifyDkim(message, { txt: async () => record, now: Date.now() })
    const record = [`v=DKIM1; k=rsa; p=${data}`]
    expect(await verify(bytes, record)).toMatchObject([
      { domain: 'chat.test', selector: 'mail', good: true, bits: 1024, limited: false, lifetime: undefined },
    ])
    const changed = Buffer.from(Buffer.from(bytes).toString('latin1').replace('end', 'fin'), 'latin1')
    expect(await verify(changed, record)).toMatchObject([{ good: false, flaw: expect.stringContaining('body') }])
    expect(await verify(bytes, [])).toMatchObject([{ good: false }])
    expect(await verify(Buffer.from('From: a@b\r\n\r\nx\r\n'), record)).toEqual([])
  })
})
