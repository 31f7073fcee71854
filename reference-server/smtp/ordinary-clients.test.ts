// Clients nobody here wrote do their ordinary job: nodemailer over both ports, curl over smtps.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { startReference } from '../index.ts'
import { encryptedMessage, plainMessage } from '../test-mail/encrypted-message.ts'

const run = promisify(execFile)
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

test.each([true, false])('nodemailer sends, and hears why it may not (TLS from the start: %s)', async (secure) => {
  for (const variant of [0, 1, 2, 3, 4]) {
    await using reference = await startReference({ variant })
    const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
    const transport = createTransport({
      host: '127.0.0.1',
      port: secure ? reference.ports.submissions : reference.ports.submission,
      secure,
      requireTLS: !secure,
      name: '[127.0.0.1]',
      auth: { user: alice.address, pass: alice.password },
      tls: { ca: [reference.ca], servername: reference.domain },
    })
    const envelope = { from: alice.address, to: [bob.address, alice.address] }
    const sent = await transport.sendMail({ envelope, raw: encryptedMessage({ from: alice.address }) })
    expect(sent.accepted).toHaveLength(2)
    expect(reference.accounts.find(bob.address)?.store.inbox.messages).toHaveLength(1)
    const refused = transport.sendMail({ envelope, raw: plainMessage(alice.address) })
    await expect(refused).rejects.toMatchObject({ responseCode: 523 })
    transport.close()
  }
})

test.skipIf(!hasCurl)('curl sends over smtps', async () => {
  await using reference = await startReference()
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  const folder = await mkdtemp(join(tmpdir(), 'reference-'))
  try {
    await writeFile(join(folder, 'ca.pem'), reference.ca)
    await writeFile(join(folder, 'message.eml'), encryptedMessage({ from: alice.address }))
    const port = reference.ports.submissions
    await run('curl', [
      ...['--silent', '--show-error', '--max-time', '10', '--cacert', join(folder, 'ca.pem')],
      ...['--resolve', `chat.test:${port}:127.0.0.1`, '--user', `${alice.address}:${alice.password}`],
      ...['--mail-from', alice.address, '--mail-rcpt', bob.address, '--upload-file', join(folder, 'message.eml')],
      `smtps://chat.test:${port}/client.example.org`,
    ])
    expect(reference.accounts.find(bob.address)?.store.inbox.messages).toHaveLength(1)
  } finally {
    await rm(folder, { recursive: true })
  }
})
