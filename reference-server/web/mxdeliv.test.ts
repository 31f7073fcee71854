// Tests of mail handed over by HTTPS: the answers of port 25, by the status that tells another server what to do.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type RequestOptions, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { type Reference, startReference } from '../index.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { clear, signedBy } from '../test-mail/inbound-mail.ts'
import { keyRecord } from '../test-mail/signed-message.ts'

const run = promisify(execFile)
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

const author = 'someone@ext.test'
const signed = (mail = encryptedMessage({ from: author })) => signedBy('ext.test', mail)

let reference: Reference
beforeAll(async () => {
  reference = await withRules({})
})
afterAll(() => reference.close())

async function withRules(overrides: DeepPartial<Behaviour>): Promise<Reference> {
  const server = await startReference({ overrides })
  server.network.publish([keyRecord('ext.test'), { name: 'away.test', type: 'A', address: '192.0.2.9' }])
  return server
}

interface Asked extends RequestOptions {
  readonly from?: string
  readonly to?: readonly string[]
}

/** Status and body of the answer. */
function post(
  server: Reference,
  body: string,
  { from = author, to = [], ...options }: Asked = {},
): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: server.ports.https,
        ca: server.ca,
        servername: server.domain,
        path: '/mxdeliv',
        method: 'POST',
        agent: false,
        headers: [
          ...['Host', server.domain, 'Content-Length', `${Buffer.byteLength(body, 'latin1')}`, 'X-Mail-From', from],
          ...to.flatMap((one) => ['X-Mail-To', one]),
        ],
        ...options,
      },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve([response.statusCode ?? 0, text]))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body, 'latin1')
  })
}

const stored = (server: Reference, address: string) =>
  (server.accounts.find(address)?.store.inbox.messages ?? []).map(({ bytes }) => Buffer.from(bytes).toString('latin1'))

test('a message for several users arrives once each, with its dots', async () => {
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  const mail = signed(encryptedMessage({ from: author }).replace('--edge\r\n', '.dot\r\n--edge\r\n'))
  const body = mail.replace(/^\./gm, '..')
  const to = [alice.address, `<${bob.address.toUpperCase()}>`]
  expect(await post(reference, body, { to })).toEqual([200, '250 OK'])
  for (const { address } of [alice, bob]) {
    const [one = '', ...others] = stored(reference, address)
    expect(others).toEqual([])
    expect(one).toContain('Return-Path: <someone@ext.test>')
    expect(one.slice(one.indexOf('\r\n\r\n'))).toBe(mail.slice(mail.indexOf('\r\n\r\n')))
  }
  expect((await post(reference, body, { to: [alice.address], path: '/mxdeliv/' }))[0]).toBe(200)
})

describe('is answered', () => {
  test.each<[string, string, Asked, number, string]>([
    ['unsigned', encryptedMessage({ from: author }), {}, 400, '554 5.7.1 No DKIM signature found'],
    ['in clear', signed(clear(author)), {}, 400, '523 Encryption Needed: Invalid Unencrypted Mail'],
    ['a foreign recipient', signed(), { to: ['x@other.test'] }, 400, '454 4.7.1 <x@other.test>: Relay access denied'],
    ['no recipient', signed(), { to: [] }, 200, '250 OK'],
    ['an unknown recipient', signed(), { to: ['nobody123@chat.test'] }, 200, '250 OK'],
    ['the null sender', signed(), { from: '' }, 200, '250 OK'],
    ['a bad sender', signed(), { from: 'a b' }, 400, '501 5.1.7 Bad sender address syntax'],
    ['a bad recipient', signed(), { to: ['a b@chat.test'] }, 400, '501 5.1.3 Bad recipient address syntax'],
    ['without CRLF at its end', signed().slice(0, -2), {}, 400, '500 Invalid DATA'],
    ['with LF alone', signed().replaceAll('\r\n', '\n'), {}, 400, '500 Invalid DATA'],
    ['with a dot that would end DATA', `${signed()}.\r\nMAIL FROM:<x@y>\r\n`, {}, 400, '500 Invalid DATA'],
    ['empty', '', {}, 400, '500 Invalid DATA'],
    ['GET', '', { method: 'GET' }, 405, 'Method Not Allowed'],
    ['PUT', '', { method: 'PUT' }, 405, 'Method Not Allowed'],
  ])('%s', async (_name, body, asked, status, text) => {
    const bob = reference.accounts.create()
    expect(await post(reference, body, { to: [bob.address], ...asked })).toEqual([status, text])
    expect(stored(reference, bob.address)).toHaveLength(status === 200 && asked.to === undefined ? 1 : 0)
  })

  test('too large: with the reply of the mail system, or the page of the web server in front', async () => {
    const to = ['nobody123@chat.test']
    const large = signed(encryptedMessage({ from: author, headers: [`X-Long: ${'x'.repeat(6_000)}`] }))
    await using small = await withRules({ limits: { messageBytes: 5_000 } })
    expect(await post(small, large, { to })).toEqual([413, '552 Message exceeds maximum size'])
    expect((await post(small, signed(), { to }))[0]).toBe(200)
    await using front = await withRules({ inbound: { mxdeliv: { frontLimitBytes: 5_000 } } })
    const [status, text] = await post(front, large, { to })
    expect(status).toBe(413)
    expect(text).toContain('<html>')
  })

  test('more recipients than a head holds, so that the sender turns to SMTP', async () => {
    const to = (count: number) => Array.from({ length: count }, (_, at) => `nobody${at}@chat.test`)
    expect((await post(reference, signed(), { to: to(500) }))[0]).toBe(200)
    expect((await post(reference, signed(), { to: to(1_500) }))[0]).toBe(400)
  })

  test('recipients beyond the limit', async () => {
    await using server = await withRules({ limits: { recipients: 2 } })
    const to = ['a', 'b', 'c'].map((name) => `${name}@chat.test`)
    expect(await post(server, signed(), { to })).toEqual([400, '452 4.5.3 Error: too many recipients'])
  })
})

describe('wrong decisions show', () => {
  const unsigned = encryptedMessage({ from: author })
  const dotted = signed(encryptedMessage({ from: author }).replace('--edge\r\n', '.dot\r\n--edge\r\n'))
  test.each<[string, DeepPartial<Behaviour['inbound']['mxdeliv']>, string, number, number]>([
    ['not served', { served: false }, signed(), 405, 0],
    ['takes unsigned mail', { judges: 'all-but-dkim' }, unsigned, 200, 1],
    ['takes mail in clear', { judges: 'nothing' }, clear(author), 200, 1],
    ['calls a refusal a success', { refusalStatus: 200 }, unsigned, 200, 0],
    ['takes dots as they are', { dotStuffed: false }, dotted.replace(/^\./gm, '..'), 400, 0],
  ])('%s', async (_name, mxdeliv, body, status, count) => {
    await using server = await withRules({ inbound: { mxdeliv } })
    const bob = server.accounts.create()
    expect((await post(server, body, { to: [bob.address] }))[0]).toBe(status)
    expect(stored(server, bob.address)).toHaveLength(count)
  })

  test('relays, tells who exists, wants a recipient', async () => {
    await using server = await withRules({
      inbound: { relaysFor: 'everybody', tells: ['rcpt'], mxdeliv: { withoutRecipients: 'refuse' } },
    })
    expect((await post(server, signed(), { to: ['x@away.test'] }))[0]).toBe(200)
    expect(server.queue.entries.map(({ recipients }) => recipients)).toEqual([['x@away.test']])
    expect((await post(server, signed(), { to: ['nobody123@chat.test'] }))[1]).toMatch(/^550 5\.1\.1/)
    expect((await post(server, signed()))[0]).toBe(400)
  })
})

test('a fault strikes here and not at the pages', async () => {
  await using server = await startReference({ faults: [{ at: 'web:mxdeliv', kind: 'reply', times: 1, text: '503' }] })
  expect((await post(server, '', { path: '/', method: 'GET' }))[0]).toBe(200)
  expect((await post(server, ''))[0]).toBe(503)
  expect((await post(server, ''))[0]).toBe(400)
})

test.skipIf(!hasCurl)('curl hands over mail, also more than fits at once', async () => {
  const bob = reference.accounts.create()
  const folder = await mkdtemp(join(tmpdir(), 'mxdeliv-'))
  try {
    const [ca, file] = [join(folder, 'ca.pem'), join(folder, 'message.eml')]
    const { https: port } = reference.ports
    const curl = async (mail: string) => {
      await writeFile(file, mail, 'latin1')
      const { stdout } = await run('curl', [
        ...['--silent', '--show-error', '--max-time', '20', '--cacert', ca, '--data-binary', `@${file}`],
        ...[
          '--resolve',
          `chat.test:${port}:127.0.0.1`,
          '-H',
          `X-MAIL-FROM: ${author}`,
          '-H',
          `X-MAIL-TO: ${bob.address}`,
        ],
        ...['--write-out', ' %{http_code}', `https://chat.test:${port}/mxdeliv`],
      ])
      return stdout
    }
    await writeFile(ca, reference.ca)
    expect(await curl(signed())).toBe('250 OK 200')
    const large = encryptedMessage({ from: author }).replace(
      '--edge--',
      `${`${'x'.repeat(70)}\r\n`.repeat(60_000)}--edge--`,
    )
    expect(await curl(signed(large))).toBe('523 Encryption Needed: Invalid Unencrypted Mail 400')
    expect(stored(reference, bob.address)).toHaveLength(1)
  } finally {
    await rm(folder, { recursive: true })
  }
})
