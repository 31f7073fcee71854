// The reference server in the process of the tests, with node:test: no HTTP, no waiting for a port.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startReference } from 'chatmail-check/server'

let relay
before(async () => {
  relay = await startReference()
})
after(() => relay.close())

test('mail from elsewhere arrives, and is gone three weeks later', async () => {
  const alice = relay.accounts.create()
  await relay.inject({
    from: 'carol@elsewhere.example',
    to: [alice.address],
    message: 'From: carol@elsewhere.example\nSubject: Hi\n\nHello.\n',
    judge: false,
  })
  const { complete } = await relay.waitForMail(alice.address, { signal: AbortSignal.timeout(5_000) })
  assert.equal(complete, true)

  await relay.clock.advance(21 * 86_400_000)
  assert.equal(relay.messages(alice.address).length, 0)
})

test('a client copes with a server that is busy once', async () => {
  relay.faults.schedule({ at: 'smtp:rcpt', kind: 'reply', text: '451 4.3.0 Try again later', times: 1 })
  // Here your client sends to 127.0.0.1, relay.ports.submissions; it trusts relay.ca and tries again.
  relay.reset()
  assert.deepEqual(relay.faults.waiting, [])
})
