import { afterAll, beforeAll, expect, test } from 'vitest'
import { createResolver } from './resolver.ts'
import { type DnsServer, startDnsServer } from './test-dns-server.ts'

let dns: DnsServer

beforeAll(async () => {
  dns = await startDnsServer({
    'chat.example': {
      A: ['192.0.2.1', '192.0.2.2'],
      AAAA: ['2001:db8::1'],
      MX: [[10, 'chat.example']],
      TXT: [['v=spf1 ', 'a ~all'], ['other']],
      CAA: [
        [0, 'issue', 'letsencrypt.org'],
        [128, 'iodef', 'mailto:caa@chat.example'],
      ],
    },
    'null.example': { MX: [[0, '']] },
    'empty.example': {},
    '_imaps._tcp.chat.example': { SRV: [[0, 1, 993, 'chat.example']] },
    'broken.example': { trouble: 'SERVFAIL' },
    'silent.example': { trouble: 'silence' },
  })
})

afterAll(async () => await dns[Symbol.asyncDispose]())

test('a named server is asked for every kind of record', async () => {
  const resolver = createResolver({ server: dns.address })
  expect(await resolver.addresses('chat.example')).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1'])
  expect(await resolver.mx('chat.example')).toEqual([{ exchange: 'chat.example', preference: 10 }])
  expect(await resolver.mx('null.example')).toEqual([{ exchange: '', preference: 0 }])
  expect(await resolver.txt('chat.example')).toEqual(['v=spf1 a ~all', 'other'])
  expect(await resolver.srv('_imaps._tcp.chat.example')).toEqual([
    { name: 'chat.example', port: 993, priority: 0, weight: 1 },
  ])
  expect(await resolver.caa('chat.example')).toEqual([
    { critical: false, tag: 'issue', value: 'letsencrypt.org' },
    { critical: true, tag: 'iodef', value: 'mailto:caa@chat.example' },
  ])
})

test('the family filters addresses, literals and overrides too', async () => {
  const overrides = new Map([['own.example', ['127.0.0.1', '::1']]])
  const four = createResolver({ server: dns.address, family: 4, overrides })
  const six = createResolver({ server: dns.address, family: 6, overrides })
  expect(await four.addresses('chat.example')).toEqual(['192.0.2.1', '192.0.2.2'])
  expect(await six.addresses('chat.example')).toEqual(['2001:db8::1'])
  expect(await six.addresses('own.example')).toEqual(['::1'])
  expect(await six.addresses('192.0.2.1')).toEqual([])
})

test('an override is never asked for, however the name is written', async () => {
  const resolver = createResolver({ server: dns.address, overrides: new Map([['chat.example', ['127.0.0.1']]]) })
  const before = dns.questions.length
  expect(await resolver.addresses('Chat.Example.')).toEqual(['127.0.0.1'])
  expect(dns.questions.length).toBe(before)
})

test('a missing name and a missing record are empty answers', async () => {
  const resolver = createResolver({ server: dns.address })
  expect(await resolver.addresses('nowhere.example')).toEqual([])
  expect(await resolver.addresses('empty.example')).toEqual([])
  expect(await resolver.mx('empty.example')).toEqual([])
  expect(await resolver.txt('nowhere.example')).toEqual([])
})

test('a failing server is trouble on the way, not an empty answer', async () => {
  const resolver = createResolver({ server: dns.address })
  const wanted = { code: 'unreachable', stage: 'DNS', detail: 'ESERVFAIL' }
  await expect(resolver.addresses('broken.example')).rejects.toMatchObject(wanted)
  await expect(resolver.mx('broken.example')).rejects.toMatchObject(wanted)
})

test('a silent server ends by the deadline', async () => {
  const resolver = createResolver({ server: dns.address, timeout: 250 })
  await expect(resolver.txt('silent.example')).rejects.toMatchObject({ code: 'unreachable', detail: 'ETIMEOUT' })
})

test('a question ends with the signal', async () => {
  const resolver = createResolver({ server: dns.address })
  const signal = AbortSignal.timeout(30)
  await expect(resolver.txt('silent.example', signal)).rejects.toMatchObject({ code: 'aborted' })
  await expect(resolver.addresses('chat.example', AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
})

test('the system knows localhost', async () => {
  expect(await createResolver({ family: 4 }).addresses('localhost')).toEqual(['127.0.0.1'])
})
