// Reports between two reference servers: signed, they reach the author; unsigned, the other side refuses them.
import { expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { type Reference, startReference } from '../index.ts'
import { createNetwork } from '../network/network.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { openSession, submit } from '../test-mail/line-client.ts'

/** What an author at one server finds in the mailbox after writing to nobody at the other. */
async function reportsFor(there: DeepPartial<Behaviour>): Promise<readonly string[]> {
  const network = createNetwork()
  await using a = await startReference({ network, domains: ['a.test'] })
  await using b = await startReference({ network, domains: ['b.test'], overrides: there })
  const alice = a.accounts.create()
  await using client = await openSession(a, alice)
  const mail = encryptedMessage({ from: alice.address })
  expect(await submit(client, alice.address, ['nobody123@b.test'], mail)).toBe('250 OK')
  await a.queue.idle()
  await b.queue.idle()
  expect([...a.queue.entries, ...b.queue.entries]).toEqual([])
  return inbox(a, alice.address)
}

function inbox(server: Reference, address: string): readonly string[] {
  const messages = server.accounts.find(address)?.store.inbox.messages ?? []
  return messages.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
}

test('a user whom the other server does not know gives a report, by HTTPS and by SMTP', async () => {
  for (const https of ['first', 'never'] as const) {
    const [report] = await reportsFor({ outbound: { transport: { https } } })
    expect(report).toMatch(/^From: MAILER-DAEMON@b\.test/m)
    expect(report).toContain('Final-Recipient: rfc822; nobody123@b.test')
    expect(report).toContain("550 5.1.1 <nobody123@b.test> User doesn't exist")
  }
})

test('a report without signature does not get through', async () => {
  expect(await reportsFor({ dkim: { signsBounces: false } })).toEqual([])
})

test('a server that names another domain, another key, or other bytes gets nothing through at all', async () => {
  const wrongs: readonly DeepPartial<Behaviour['dkim']>[] = [
    { domain: 'mail.{domain}' },
    { published: 'other' },
    { bodyHash: 'other-line-ends' },
    { signs: false },
  ]
  for (const dkim of wrongs) {
    const network = createNetwork()
    await using a = await startReference({ network, domains: ['a.test'], overrides: { dkim } })
    await using b = await startReference({ network, domains: ['b.test'] })
    const [alice, bob] = [a.accounts.create(), b.accounts.create()]
    await using client = await openSession(a, alice)
    await submit(client, alice.address, [bob.address], encryptedMessage({ from: alice.address }))
    await a.queue.idle()
    expect(inbox(b, bob.address)).toEqual([])
    expect(inbox(a, alice.address)[0]).toMatch(/Diagnostic-Code: smtp; 554 5\.7\.1 .*\(forwarded from b\.test\)/)
  }
})

test('a server of another network is trusted when its authority is given', async () => {
  const [here, there] = [createNetwork(), createNetwork()]
  await using b = await startReference({ network: there, domains: ['b.test'] })
  for (const peerCa of [[], [b.ca]]) {
    await using a = await startReference({ network: here, domains: ['a.test'], peerCa })
    for (const service of ['smtp', 'https'] as const) {
      here.place('b.test', service === 'smtp' ? 25 : 443, { address: '127.0.0.1', port: b.ports[service] })
    }
    const leave = [here.publish([{ name: 'b.test', type: 'A', address: '127.0.0.1' }])]
    const record = await a.dkimKeys.record('rsa-sha256', 'a.test')
    if (record !== undefined) leave.push(there.publish([record]))
    const [alice, bob] = [a.accounts.create(), b.accounts.create()]
    await using client = await openSession(a, alice)
    await submit(client, alice.address, [bob.address], encryptedMessage({ from: alice.address }))
    await a.queue.idle()
    expect(inbox(b, bob.address)).toHaveLength(peerCa.length)
    expect(a.queue.entries).toHaveLength(1 - peerCa.length)
    for (const one of leave) one()
  }
})
