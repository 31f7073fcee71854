import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { describe, expect, test } from 'vitest'
import { WireError } from '../host/wire-error.ts'
import { openSmtp } from './smtp.ts'
import { issue } from './test-certificates.ts'
import { type Line, scriptedPeer } from './test-scripted-peer.ts'
import { Transcript } from './transcript.ts'

/** The npm smtp-server: somebody else's reading of the RFC. */
async function smtpServer(options: SMTPServerOptions = {}) {
  const received: string[] = []
  const { pem, key } = await issue('_x.test', { names: ['_x.test'] })
  const server = new SMTPServer({
    cert: pem,
    key,
    lenientAddressParsing: true,
    authOptional: true,
    disableReverseLookup: true,
    onAuth: (auth, _, done) =>
      auth.password === 'right-secret' ? done(null, { user: auth.username }) : done(new Error('no such password')),
    onRcptTo: ({ address }, _, done) => done(address.startsWith('nobody') ? new Error('no such user') : null),
    onData: (stream, _, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString())
        done()
      })
    },
    ...options,
  } as SMTPServerOptions)
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const connect = (security: 'tls' | 'starttls' | 'none', transcript?: Transcript) => ({
    endpoint: { service: 'submission', security, name: '_x.test', address: '127.0.0.1', port } as const,
    trust: { mode: 'presented' } as const,
    timing: { connect: 2000, reply: 2000 },
    transcript,
  })
  return {
    received,
    connect,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const bytes = Buffer.from('Subject: [...]\r\n\r\n.a dot\r\n..two\r\n.\r\nend\r\n')
const envelope = { from: 'a@_x.test', to: ['b@_x.test'] }
const manners = ['alternate', 'pipelining'] as const

describe('an SMTP session with npm smtp-server', () => {
  test.each(['tls', 'starttls', 'none'] as const)('over %s: login, messages, quit', async (security) => {
    await using server = await smtpServer(security === 'tls' ? { secure: true } : {})
    await using client = await openSmtp(server.connect(security))
    expect(client.secure).toBe(security !== 'none')
    expect(client.greeting.code).toBe(220)
    expect(client.extensions.has('PIPELINING')).toBe(true)
    if (client.secure) {
      expect(await client.authPlain('a@_x.test', 'wrong')).toMatchObject({ code: 535 })
      expect(await client.authPlain('a@_x.test', 'right-secret')).toMatchObject({ code: 235 })
    }
    for (const manner of manners) {
      const outcome = await client.send({ envelope, bytes }, manner)
      expect(outcome).toMatchObject({ accepted: true, stage: 'body', reply: { code: 250 } })
      const { started, mail = 0, rcpt = 0, data = 0, body = 0, ended } = outcome.times
      expect([started, mail, rcpt, data, body, ended]).toEqual(
        [started, mail, rcpt, data, body, ended].sort((a, b) => a - b),
      )
    }
    expect(server.received).toEqual([bytes.toString(), bytes.toString()])
    expect((await client.quit())?.code).toBe(221)
    expect(client.closed).toBe(true)
  })

  test.each(manners)('a refused recipient is a value, and the session stays usable (%s)', async (manner) => {
    await using server = await smtpServer()
    await using client = await openSmtp(server.connect('none'))
    const refused = await client.send({ envelope: { from: 'a@x.test', to: ['nobody@x.test'] }, bytes }, manner)
    expect(refused).toMatchObject({ accepted: false, stage: 'RCPT', reply: { code: 550 } })
    const partly = await client.send(
      { envelope: { from: 'a@x.test', to: ['nobody@x.test', 'b@x.test'] }, bytes },
      manner,
    )
    expect(partly.accepted).toBe(true)
    expect(partly.recipients.map(({ reply }) => reply.code)).toEqual([550, 250])
    expect(server.received).toHaveLength(1)
  })

  test('a large message goes through, and one over the limit is refused', async () => {
    await using server = await smtpServer({ size: 3_000_000 })
    await using client = await openSmtp(server.connect('starttls'))
    const large = Buffer.concat([bytes, Buffer.alloc(2_000_000, 'x'.repeat(76).concat('\r\n'))])
    expect(await client.send({ envelope, bytes: large })).toMatchObject({ accepted: true })
    expect(server.received[0]?.length).toBeGreaterThanOrEqual(large.length)
    const mailParameters = ['SIZE=3000001']
    expect(await client.send({ envelope: { ...envelope, mailParameters }, bytes })).toMatchObject({
      accepted: false,
      stage: 'MAIL',
      reply: { code: 552 },
    })
  })

  test('raw commands, wrong order and unknown words are answered like any other', async () => {
    await using server = await smtpServer()
    await using client = await openSmtp({ ...server.connect('none'), raw: true })
    expect(client.extensions.size).toBe(0)
    expect((await client.command('DATA')).code).toBe(503)
    expect((await client.ehlo('x.test')).code).toBe(250)
    const replies = await client.pipeline(['NOOP', 'BOGUS', 'RSET'])
    expect(replies.map(({ code }) => code)).toEqual([250, 500, 250])
    client.write('NO')
    client.write('OP\r\n')
    expect((await client.reply()).code).toBe(250)
    expect(await client.replyWithin(30)).toBeUndefined()
    expect((await client.reset()).code).toBe(250)
  })

  test('the transcript shows the conversation and no secret', async () => {
    const transcript = new Transcript()
    await using server = await smtpServer()
    await using client = await openSmtp(server.connect('starttls', transcript))
    expect((await client.command('AUTH LOGIN')).code).toBe(334)
    expect((await client.command('bW9yZS1zZWNyZXRz')).code).toBe(334)
    await client.command('bW9yZS1zZWNyZXRz')
    await client.authPlain('a@_x.test', 'right-secret')
    await client.send({ envelope, bytes })
    const text = transcript.lines.map(({ direction, text }) => `${direction} ${text}`).join('\n')
    expect(text).not.toMatch(/secret|c2VjcmV0|bW9yZS1zZWNyZXRz|a dot/)
    expect(text).toContain('> AUTH PLAIN ***')
    expect(text).toContain('> Subject: [...]\n> <23 octets of body>')
    expect(transcript.lines.every(({ at }, i, all) => i === 0 || at >= (all[i - 1]?.at ?? 0))).toBe(true)
  })
})

const toStage: Record<string, (line: Line) => Promise<void>> = {
  greeting: async () => {},
  EHLO: async (line) => {
    line.send('220 hi\r\n')
    await line.hear(/EHLO [^\n]*\n/)
  },
  MAIL: async (line) => {
    await toStage.EHLO?.(line)
    line.send('250-hi\r\n250 PIPELINING\r\n')
    await line.hear(/MAIL [^\n]*\n/)
  },
  RCPT: async (line) => {
    await toStage.MAIL?.(line)
    line.send('250 ok\r\n')
    await line.hear(/RCPT [^\n]*\n/)
  },
  DATA: async (line) => {
    await toStage.RCPT?.(line)
    line.send('250 ok\r\n')
    await line.hear(/DATA\r\n/)
  },
  body: async (line) => {
    await toStage.DATA?.(line)
    line.send('354 go\r\n')
    await line.hear(/\r\n\.\r\n/)
  },
}

const trouble: [string, (line: Line) => void, string][] = [
  ['says nothing', () => {}, 'timeout'],
  ['closes', (line) => line.socket.end(), 'closed'],
  ['resets', (line) => line.socket.resetAndDestroy(), 'reset'],
  ['sends garbage', (line) => line.send('\x00\x01 what\r\n'), 'protocol'],
  ['sends a line without end', (line) => line.send('2'.repeat(100_000)), 'too-long'],
  ['sends a reply without end', (line) => line.send('250-x\r\n'.repeat(5000)), 'too-long'],
  ['drips an octet at a time', (line) => void setInterval(() => line.send('2'), 20).unref(), 'timeout'],
]

describe('an SMTP peer that misbehaves', () => {
  const matrix = Object.keys(toStage).flatMap((stage) =>
    trouble.map(([what, act, code]) => [stage, what, act, code] as const),
  )

  test.concurrent.each(matrix)('at %s %s: ends in time with a typed error', async (stage, _, act, code) => {
    await using peer = await scriptedPeer(async (line) => {
      await toStage[stage]?.(line)
      act(line)
    })
    const options = peer.options('submission')
    if (stage === 'greeting' || stage === 'EHLO') {
      const error = await openSmtp(options).catch((cause) => cause)
      expect(error).toMatchObject({ name: 'WireError', code })
      // A reset can overtake the connect.
      expect(['connect', stage]).toContain(error.stage)
      return
    }
    await using client = await openSmtp(options)
    const outcome = await client.send({ envelope, bytes })
    expect(outcome.error).toBeInstanceOf(WireError)
    expect(outcome).toMatchObject({ accepted: false, stage, error: { code, stage } })
    expect(outcome.reply?.code ?? 0).not.toBe(354)
    expect(client.closed).toBe(true)
    expect((await client.send({ envelope, bytes })).error).toBe(client.error)
  })

  test('a refusal before hanging up is the outcome', async () => {
    await using peer = await scriptedPeer(async (line) => {
      await toStage.RCPT?.(line)
      line.send('450 4.7.1: Too much mail\r\n')
      line.socket.end()
    })
    await using client = await openSmtp(peer.options('submission'))
    const outcome = await client.send({ envelope, bytes })
    expect(outcome).toMatchObject({ accepted: false, stage: 'RCPT', reply: { code: 450, enhanced: '4.7.1' } })
    expect(outcome.error).toBeUndefined()
  })

  test('one that refuses MAIL and still says 354 to a pipelined DATA is given an empty message', async () => {
    await using peer = await scriptedPeer(async (line) => {
      await toStage.MAIL?.(line)
      line.send('550 no\r\n503 no\r\n354 go\r\n')
      await line.hear(/\.\r\n/)
      line.send('554 no valid recipients\r\n')
      await line.hear(/NOOP\r\n/)
      line.send('250 still here\r\n')
    })
    await using client = await openSmtp(peer.options('submission'))
    expect(await client.send({ envelope, bytes }, 'pipelining')).toMatchObject({
      stage: 'MAIL',
      reply: { code: 550 },
    })
    expect((await client.command('NOOP')).code).toBe(250)
    expect(peer.heard()).not.toContain('a dot')
  })

  test('a peer that stops reading in the middle of a large message is given up', async () => {
    await using peer = await scriptedPeer(async (line) => {
      await toStage.DATA?.(line)
      line.send('354 go\r\n')
      line.socket.pause()
    })
    await using client = await openSmtp(peer.options('submission'))
    const outcome = await client.send({ envelope, bytes: Buffer.alloc(30_000_000, 'x') })
    expect(outcome).toMatchObject({ accepted: false, stage: 'body', error: { code: 'timeout' } })
  })

  test('a refusal to greet is told with its code', async () => {
    await using peer = await scriptedPeer((line) => line.send('421 too many connections\r\n'))
    await expect(openSmtp(peer.options('submission'))).rejects.toMatchObject({
      code: 'protocol',
      stage: 'greeting',
      detail: '421',
    })
    await using client = await openSmtp({ ...peer.options('submission'), raw: true })
    expect(client.greeting.code).toBe(421)
  })
})
