// Tests of the name server, asked by Node's resolver, by dig, and by peers that mean no good.
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { decode, encode } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conformingZone } from '../behaviour/zone.ts'
import { startReference } from '../index.ts'
import { type DnsServer, startDnsServer } from './dns-server.ts'
import { createNetwork } from './network.ts'
import { publishZone } from './zone.ts'

const longText = `v=DKIM1;k=rsa;p=${'A'.repeat(500)};s=email;t=s`

async function start(): Promise<DnsServer & { readonly resolver: Resolver }> {
  const network = createNetwork()
  const zone = { ...conformingZone, addresses: ['127.0.0.1', '::1'] }
  publishZone(network, 'chat.test', zone, { imaps: 993, imap: 143, submissions: 465, submission: 587 })
  network.publish([{ name: 'dkim._domainkey.chat.test', type: 'TXT', text: longText }])
  network.publish(
    Array.from({ length: 100 }, (_, at) => ({ name: 'many.chat.test', type: 'A', address: `127.0.1.${at}` }) as const),
  )
  network.fail('broken.chat.test')
  const server = await startDnsServer({ network, address: '127.0.0.1', port: 0 })
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${server.at.port}`])
  return { ...server, resolver }
}

describe("Node's resolver", () => {
  test('finds every kind of record, whatever the case of the name', async () => {
    await using server = await start()
    const { resolver } = server
    expect(await resolver.resolve4('CHAT.test')).toEqual(['127.0.0.1'])
    expect(await resolver.resolve6('chat.test')).toEqual(['::1'])
    expect(await resolver.resolve4('www.chat.test')).toEqual(['127.0.0.1'])
    expect(await resolver.resolveCname('mta-sts.chat.test')).toEqual(['chat.test'])
    expect(await resolver.resolveMx('chat.test')).toMatchObject([{ exchange: 'chat.test', priority: 10 }])
    expect(await resolver.resolveTxt('_dmarc.chat.test')).toEqual([['v=DMARC1;p=reject;adkim=s;aspf=s']])
    expect(await resolver.resolveSrv('_submissions._tcp.chat.test')).toMatchObject([
      { name: 'chat.test', port: 465, priority: 0, weight: 1 },
    ])
    expect(await resolver.resolveCaa('chat.test')).toMatchObject([{ critical: 0, issue: 'letsencrypt.org' }])
    expect(await resolver.resolveNs('chat.test')).toEqual(['chat.test'])
    expect(await resolver.resolveSoa('chat.test')).toMatchObject({ nsname: 'chat.test', minttl: 0 })
  })

  test('gets long texts in strings of 255 octets, and many records by TCP', async () => {
    await using server = await start()
    const [strings] = await server.resolver.resolveTxt('dkim._domainkey.chat.test')
    expect(strings?.map((one) => one.length)).toEqual([255, 255, longText.length - 510])
    expect(strings?.join('')).toBe(longText)
    expect(await server.resolver.resolve4('many.chat.test')).toHaveLength(100)
  })

  test('learns what is not there, and what fails', async () => {
    await using server = await start()
    const { resolver } = server
    await expect(resolver.resolve4('nobody.chat.test')).rejects.toMatchObject({ code: 'ENOTFOUND' })
    await expect(resolver.resolve4('elsewhere.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
    await expect(resolver.resolve4('_tcp.chat.test')).rejects.toMatchObject({ code: 'ENODATA' })
    await expect(resolver.resolvePtr('chat.test')).rejects.toMatchObject({ code: 'ENODATA' })
    await expect(resolver.resolveMx('broken.chat.test')).rejects.toMatchObject({ code: 'ESERVFAIL' })
    await expect(resolver.resolveAny('chat.test')).rejects.toMatchObject({ code: 'EREFUSED' })
  })
})

test('serves the zones of a running server', async () => {
  await using reference = await startReference({ domains: ['one.test', 'two.test'] })
  await using server = await startDnsServer({ network: reference.network, address: '127.0.0.1', port: 0 })
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${server.at.port}`])
  for (const domain of reference.domains) {
    expect(await resolver.resolveMx(domain)).toMatchObject([{ exchange: domain }])
    expect(await resolver.resolveSrv(`_imaps._tcp.${domain}`)).toMatchObject([{ port: reference.ports.imaps }])
  }
})

describe.skipIf(!existsSync('/usr/bin/dig'))('dig (Debian: bind9-dnsutils)', () => {
  const dig = async (server: DnsServer, ...args: readonly string[]) =>
    (await promisify(execFile)('dig', ['@127.0.0.1', '-p', `${server.at.port}`, '+time=2', '+tries=1', ...args])).stdout

  test('reads replies with and without EDNS, by UDP and TCP', async () => {
    await using server = await start()
    expect(await dig(server, '+short', 'chat.test', 'MX')).toBe('10 chat.test.\n')
    expect(await dig(server, '+short', '+tcp', '+noedns', 'www.chat.test')).toBe('chat.test.\n127.0.0.1\n')
    expect(await dig(server, '+short', 'chat.test', 'CAA')).toBe('0 issue "letsencrypt.org"\n')
    const truncated = await dig(server, '+noedns', '+ignore', 'many.chat.test')
    expect(truncated).toMatch(/flags: qr aa tc rd/)
    expect(truncated).toMatch(/ANSWER: 0/)
    expect((await dig(server, '+short', 'many.chat.test')).trimEnd().split('\n')).toHaveLength(100)
  })

  test('sees the start of authority beside a no, and refusals', async () => {
    await using server = await start()
    const none = await dig(server, 'nobody.chat.test')
    expect(none).toMatch(/status: NXDOMAIN/)
    expect(none).toMatch(/^chat\.test\.\s+0\s+IN\s+SOA/m)
    expect(await dig(server, 'chat.test', 'HTTPS')).toMatch(/status: NOERROR[\s\S]*ANSWER: 0[\s\S]*SOA/)
    expect(await dig(server, 'chat.test', 'ANY', '+notcp')).toMatch(/status: REFUSED/)
    expect(await dig(server, '-c', 'CH', 'version.bind', 'TXT')).toMatch(/status: REFUSED/)
    expect(await dig(server, '+edns=1', '+noednsneg', 'chat.test')).toMatch(/status: BADVERS/)
    expect(await dig(server, '+opcode=notify', 'chat.test')).toMatch(/status: NOTIMP/)
  })
})

describe('peers that mean no good', () => {
  /** What comes back for these octets by UDP; a real question after it shows when nothing did. */
  async function exchange(server: DnsServer, octets: Buffer): Promise<Buffer | undefined> {
    const socket = createSocket('udp4')
    try {
      socket.send(octets, server.at.port, '127.0.0.1')
      socket.send(encode({ id: 7, questions: [{ name: 'chat.test', type: 'MX' }] }), server.at.port, '127.0.0.1')
      const replies: Buffer[] = []
      for await (const [message] of messages(socket)) {
        replies.push(message)
        if (message.readUInt16BE(0) === 7) break
      }
      return replies.length > 1 ? replies[0] : undefined
    } finally {
      socket.close()
    }
  }
  async function* messages(socket: ReturnType<typeof createSocket>) {
    const queue: [Buffer][] = []
    let wake = () => {}
    socket.on('message', (message) => {
      queue.push([message])
      wake()
    })
    for (;;) {
      const next = queue.shift()
      if (next !== undefined) yield next
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  test('get a format error or nothing', async () => {
    await using server = await start()
    expect(await exchange(server, Buffer.alloc(0))).toBeUndefined()
    expect(await exchange(server, Buffer.alloc(5, 255))).toBeUndefined()
    const response = encode({ type: 'response', id: 9, questions: [{ name: 'chat.test', type: 'A' }] })
    expect(await exchange(server, response)).toBeUndefined()
    const many = encode({ id: 9, questions: Array(3).fill({ name: 'chat.test', type: 'A' }) })
    expect(decode((await exchange(server, many)) ?? Buffer.alloc(0))).toMatchObject({ id: 9, rcode: 'FORMERR' })
    const loop = Buffer.from('0009010000010000000000000161c00c00010001', 'hex')
    expect(decode((await exchange(server, loop)) ?? Buffer.alloc(0))).toMatchObject({ id: 9, rcode: 'FORMERR' })
  })

  test('find a server that still answers, whatever octets they send', async () => {
    await using server = await start()
    const real = encode({ id: 9, questions: [{ name: 'www.chat.test', type: 'TXT' }] })
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.nat(real.length), async (noise, at) => {
        await exchange(server, Buffer.concat([real.subarray(0, at), noise]))
      }),
      { numRuns: 150 },
    )
    expect(await server.resolver.resolveMx('chat.test')).toHaveLength(1)
  })

  test('are cut off when they send endless messages or too many by TCP', async () => {
    await using server = await start()
    const endless = connect(server.at.port, '127.0.0.1').on('error', () => {})
    endless.write(Buffer.concat([Buffer.from([255, 255]), Buffer.alloc(100)]))
    await new Promise((resolve) => endless.once('close', resolve))
    const eager = connect(server.at.port, '127.0.0.1').on('error', () => {})
    const one = encode({ id: 1, questions: [{ name: 'chat.test', type: 'A' }] })
    eager.write(Buffer.concat(Array(5_000).fill(Buffer.concat([Buffer.from([0, one.length]), one]))))
    await new Promise((resolve) => eager.once('close', resolve))
    const slow = connect(server.at.port, '127.0.0.1')
    for (const octet of [0, one.length, ...one]) slow.write(Buffer.from([octet]))
    const [reply] = await once(slow, 'data')
    expect(decode(reply.subarray(2)).answers).toHaveLength(1)
    slow.destroy()
  })
})
