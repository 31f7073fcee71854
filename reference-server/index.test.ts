// Tests of the whole reference server: start, host, faults, defects, expiry, and a message from submission to IDLE.
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { conforming } from './behaviour/index.ts'
import { defects } from './defects/index.ts'
import { startReference } from './index.ts'
import { describeReference } from './serve.ts'
import { encryptedMessage, plainMessage } from './test-mail/encrypted-message.ts'
import { openLines, openSession, submit } from './test-mail/line-client.ts'

test('a host carries everything a check needs', async () => {
  await using reference = await startReference({ domains: ['chat.test', 'second.test'] })
  const host = reference.host()
  expect(host.domain).toBe('chat.test')
  expect(Object.keys(host.endpoints).sort()).toEqual([
    'http',
    'https',
    'imap',
    'imaps',
    'smtp',
    'submission',
    'submissions',
  ])
  expect(host.endpoints.imaps).toMatchObject({ name: 'chat.test', address: '127.0.0.1', port: reference.ports.imaps })
  expect(host.trust.ca).toEqual([reference.ca])
  expect(await host.resolver.addresses('WWW.chat.test.')).toEqual(['127.0.0.1'])
  expect(await host.resolver.mx('second.test')).toEqual([{ exchange: 'second.test', preference: 10 }])
  expect(await host.resolver.txt('_mta-sts.chat.test')).toEqual(['v=STSv1; id=202601010000'])
  expect(await host.resolver.srv('_imaps._tcp.chat.test')).toMatchObject([{ port: reference.ports.imaps }])
  expect(await host.resolver.addresses('elsewhere.test')).toEqual([])
  expect(reference.host('second.test').domain).toBe('second.test')
})

test('a certificate authority can be kept over starts', async () => {
  const first = await startReference()
  await first.close()
  await using second = await startReference({ certificates: first.certificates })
  expect(second.ca).toBe(first.ca)
  await using client = await openLines(second, 'submissions')
  expect(await client.ask('NOOP')).toMatch(/^250/)
})

test('a message reaches an idling client within milliseconds of its submission', async () => {
  await using reference = await startReference()
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  const imap = connectTls({ port: reference.ports.imaps, ca: reference.ca, servername: 'chat.test' })
  const seen = watch(imap)
  imap.write(`a LOGIN "${bob.address}" "${bob.password}"\r\nb SELECT INBOX\r\nc IDLE\r\n`)
  await seen(/^\+ /m)
  await using client = await openSession(reference, alice)
  const started = performance.now()
  expect(await submit(client, alice.address, [bob.address], encryptedMessage({ from: alice.address }))).toBe('250 OK')
  await seen(/^\* 1 EXISTS/m)
  expect(performance.now() - started).toBeLessThan(500)
  imap.destroy()
})

test('a defect changes what it says and nothing else', async () => {
  await using reference = await startReference({ defects: ['accepts-cleartext'] })
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  await using client = await openSession(reference, alice)
  expect(await submit(client, alice.address, [bob.address], plainMessage(alice.address))).toBe('250 OK')
  expect(reference.behaviour).toEqual({
    ...conforming(),
    encryption: { ...conforming().encryption, enforced: false },
  })
})

test('every defect changes the conforming behaviour', async () => {
  for (const id of Object.keys(defects) as (keyof typeof defects)[]) {
    await using reference = await startReference({ defects: [id] })
    expect(reference.behaviour, id).not.toEqual(conforming())
  }
}, 90_000)

test('an unknown defect is refused', async () => {
  await expect(startReference({ defects: ['no-such-thing' as 'accepts-cleartext'] })).rejects.toThrow('no-such-thing')
})

test('a refused message is delivered all the same where the behaviour says so', async () => {
  await using reference = await startReference({ overrides: { submission: { deliversRefused: true } } })
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  await using client = await openSession(reference, alice)
  expect(await submit(client, alice.address, [bob.address], plainMessage(alice.address))).toMatch(/^523/)
  expect(reference.accounts.find(bob.address)?.store.inbox.messages).toHaveLength(1)
})

test('faults strike as often as ordered and are announced in the journal', async () => {
  await using reference = await startReference({
    faults: [
      { at: 'smtp:rcpt', kind: 'reply', text: '451 4.3.0 Try again', times: 1 },
      { at: 'smtp:noop', kind: 'drop', times: 1 },
    ],
  })
  const alice = reference.accounts.create()
  await using client = await openSession(reference, alice)
  const message = encryptedMessage({ from: alice.address })
  expect(await submit(client, alice.address, [alice.address], message)).toBe('451 4.3.0 Try again')
  expect(await submit(client, alice.address, [alice.address], message)).toBe('250 OK')
  client.write('NOOP\r\n')
  await client.closed
  expect(reference.journal.events.filter((event) => event.area === 'fault')).toHaveLength(2)
})

test('the expiry job removes what is older than promised, by INTERNALDATE, and keeps the rest', async () => {
  await using reference = await startReference()
  const alice = reference.accounts.create()
  const inbox = reference.accounts.find(alice.address)?.store.inbox
  const host = reference.host()
  const now = reference.clock.now()
  const day = 86_400_000
  for (const age of [22, 19, 0])
    inbox?.append(Buffer.from(`Subject: ${age}\r\n\r\n`), { internalDate: now - age * day })
  await host.powers.expire?.()
  expect(inbox?.messages.map((message) => Buffer.from(message.bytes).toString().trim())).toEqual([
    'Subject: 19',
    'Subject: 0',
  ])
  await host.powers.clock?.advance(2 * day)
  await host.powers.expire?.()
  expect(inbox?.messages).toHaveLength(1)
  await host.powers.clock?.advance(90 * day)
  await host.powers.expire?.()
  expect(reference.accounts.list()).toEqual([])
})

test('the description names addresses, the invite and login links with the real ports', async () => {
  await using reference = await startReference()
  const alice = reference.accounts.create({ address: 'alice1234@chat.test', password: 'a&b=c d+e?' })
  const description = JSON.parse(JSON.stringify(describeReference(reference, { accounts: [alice] })))
  expect(description.invite).toBe('DCACCOUNT:https://chat.test/new')
  expect(description.addresses.imaps).toBe(`127.0.0.1:${reference.ports.imaps}`)
  const url = new URL(description.accounts[0].dclogin)
  expect(url.pathname).toBe('alice1234@chat.test')
  expect(url.searchParams.get('p')).toBe('a&b=c d+e?')
  expect(url.searchParams.get('sp')).toBe(`${reference.ports.submissions}`)
})

/** Resolves once what the server sent so far matches. */
function watch(socket: TLSSocket): (pattern: RegExp) => Promise<void> {
  let text = ''
  let wake: (() => void) | undefined
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    wake?.()
  })
  return async (pattern) => {
    while (!pattern.test(text)) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}
