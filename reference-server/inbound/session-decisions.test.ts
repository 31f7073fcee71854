// Tests that each wrong decision about a session on port 25 shows.
import { expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { startReference } from '../index.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { openLines, openRelay, submit } from '../test-mail/line-client.ts'
import { keyRecord, signMessage } from '../test-mail/signed-message.ts'

const author = 'someone@ext.test'
const signed = () => signMessage(encryptedMessage({ from: author }), { domain: 'ext.test' })
const withRules = (inbound: DeepPartial<Behaviour['inbound']>) => startReference({ overrides: { inbound } })

test('mail in clear connections', async () => {
  await using server = await withRules({ session: { requiresTls: false } })
  server.network.publish([keyRecord('ext.test')])
  const bob = server.accounts.create()
  await using client = await openLines(server, 'smtp')
  await client.ask('EHLO mx.ext.test')
  expect(await submit(client, author, [bob.address], signed())).toBe('250 OK')
})

test('no STARTTLS, short names, a bare line feed that ends a message', async () => {
  const session = { offersStartTls: false, requiresTls: false, requiresFullName: true, bareLfEndsData: true }
  await using server = await withRules({ session, bareLineEnds: 'kept' })
  server.network.publish([keyRecord('ext.test')])
  const bob = server.accounts.create()
  await using client = await openLines(server, 'smtp')
  expect(await client.ask('EHLO mx')).not.toContain('STARTTLS')
  expect(await client.ask('STARTTLS')).toMatch(/^500/)
  expect(await submit(client, author, [bob.address], signed())).toMatch(/^504/)
  await client.ask('RSET')
  await client.ask('EHLO mx.ext.test')
  await client.ask(`MAIL FROM:<${author}>`)
  await client.ask(`RCPT TO:<${bob.address}>`)
  await client.ask('DATA')
  client.write(`${signed().slice(0, -2)}\n.\nNOOP\r\n`)
  await client.reply()
  expect(await client.reply()).toBe('250 2.0.0 Ok')
})

test.each(['vrfy', 'expn', 'etrn', 'rcpt'] as const)('%s that tells who exists', async (command) => {
  await using server = await withRules({ tells: [command] })
  const bob = server.accounts.create()
  await using client = await openRelay(server)
  const ask = async (address: string) => {
    await client.ask('RSET')
    await client.ask(`MAIL FROM:<${author}>`)
    return await client.ask(command === 'rcpt' ? `RCPT TO:<${address}>` : `${command} <${address}>`)
  }
  expect(await ask(bob.address)).toMatch(/^250/)
  expect(await ask('nobody123@chat.test')).toMatch(/^550 5\.1\.1/)
})

test('nobody listens', async () => {
  await using server = await withRules({ listens: false })
  expect(await server.network.reach('chat.test', 25)).toBeUndefined()
  await expect(openLines(server, 'smtp')).rejects.toThrow()
})
