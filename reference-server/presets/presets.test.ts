// Tests of the presets: each choice is one, and clients meet it on the wire.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Behaviour, conforming, merge } from '../behaviour/index.ts'
import { startReference } from '../index.ts'
import { encryptedMessage, plainMessage } from '../test-mail/encrypted-message.ts'
import { openLines, openSession } from '../test-mail/line-client.ts'
import { likePreset, type PresetId, presets } from './index.ts'

const names = Object.keys(presets) as PresetId[]

describe.each(names)('like %s', (id) => {
  test('every choice says something else than the conforming server', () => {
    const plain = conforming()
    const idle = presets[id].choices.filter(
      ({ behaviour }) => JSON.stringify(merge<Behaviour>(plain, behaviour)) === JSON.stringify(plain),
    )
    expect(idle.map(({ says }) => says)).toEqual([])
  })

  test('every choice is said once', () => {
    const says = presets[id].choices.map((choice) => choice.says)
    expect(new Set(says).size).toBe(says.length)
  })

  test('starts at its own domain, and a variant fills in what it leaves open', async () => {
    await using reference = await startReference({ like: id, variant: 3 })
    expect(reference.domain).toBe(presets[id].domain)
    expect(reference.behaviour).toEqual(likePreset(conforming(3), id))
  })
})

const patient = { submission: { authFailureDelayMs: 0 }, imap: { login: { authFailureDelayMs: 0 } } }

test('the relay of February 2025 lets cleartext pass at home, and names whom it may not go to', async () => {
  await using reference = await startReference({ like: 'relay-2025-02' })
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  await using client = await openSession(reference, alice)
  const send = async (to: string) => {
    await client.ask(`MAIL FROM:<${alice.address}>`)
    await client.ask(`RCPT TO:<${bob.address}>`)
    await client.ask(`RCPT TO:<${to}>`)
    await client.ask('DATA')
    return client.ask(`${plainMessage(alice.address)}\r\n.`)
  }
  expect(await send(alice.address)).toBe('250 OK')
  expect(await send('somebody@elsewhere.test')).toBe('500 Invalid unencrypted mail to <somebody@elsewhere.test>')
})

test('relay 1.9 takes 61 messages at once, and writes as Python does', async () => {
  await using reference = await startReference({ like: 'relay-1.9' })
  const alice = reference.accounts.create()
  await using client = await openSession(reference, alice)
  await client.ask(`MAIL FROM:<${alice.address}>`)
  await client.ask(`RCPT TO:<${alice.address}>`)
  await client.ask('DATA')
  expect(await client.ask(`${encryptedMessage({ from: 'x@elsewhere.test' })}\r\n.`)).toBe(
    `500 Invalid FROM <'x@elsewhere.test'> for <'${alice.address}'>`,
  )
  let rcpt = ''
  let taken = 1
  for (; taken < 100; taken++) {
    await client.ask(`MAIL FROM:<${alice.address}>`)
    rcpt = await client.ask(`RCPT TO:<${alice.address}>`)
    if (!rcpt.startsWith('250')) break
    await client.ask('RSET')
  }
  expect({ taken, rcpt }).toEqual({ taken: 61, rcpt: `450 4.7.1: Too much mail from ${alice.address}` })
})

test('madmail refuses strangers at MAIL, and takes other mail without STARTTLS', async () => {
  await using reference = await startReference({ like: 'madmail', overrides: patient })
  await using stranger = await openLines(reference, 'submissions')
  await stranger.ask('EHLO [127.0.0.1]')
  expect(await stranger.ask('MAIL FROM:<somebody@chat.test>')).toBe('530 5.7.0 Authentication required')
  expect(await stranger.ask('VRFY somebody')).toBe('502 5.5.1 Command not implemented')
  await using server = await openLines(reference, 'smtp')
  await server.ask('EHLO elsewhere.test')
  expect(await server.ask('MAIL FROM:<x@elsewhere.test>')).toMatch(/^250/)
})

test('the self-signed relay is believed by its name', async () => {
  await using reference = await startReference({ like: 'relay-1.12-selfsigned' })
  expect(reference.host()).toMatchObject({ domain: '_chat.test', trust: { mode: 'name-only' } })
})

test('the guide has a row for each', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../docs/reference-server.md'), 'utf8')
  for (const id of names) expect(guide).toContain(`| \`${id}\` | ${presets[id].title} |`)
})
