// The control over HTTP, as a test suite in another language uses it: every route, and who is kept out.
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Reference, startReference } from '../index.ts'
import { encryptedMessage, plainMessage } from '../test-mail/encrypted-message.ts'
import { openSession, submit } from '../test-mail/line-client.ts'
import { recordShape } from './record-shape.ts'
import { type Control, startControl } from './server.ts'

let reference: Reference
let control: Control
let stops: number

beforeEach(async () => {
  stops = 0
  reference = await startReference({ domains: ['chat.test', 'second.test'] })
  control = await startControl(reference, {
    stop: () => {
      stops += 1
    },
  })
})

afterEach(async () => {
  await control.close()
  await reference.close()
})

interface Called {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
  readonly body: any
}

async function call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Called> {
  const raw = typeof body === 'string'
  const response = await fetch(control.url + path, {
    method,
    headers: { Authorization: `Bearer ${control.token}` },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type') === 'application/json'
  return { status: response.status, body: isJson ? JSON.parse(text) : text }
}

describe('accounts and messages', () => {
  it('makes, shows and removes accounts', async () => {
    const made = await call('POST', '/accounts', { address: 'Alice1@second.test', password: 'sesame-sesame' })
    expect(made).toMatchObject({ status: 201, body: { address: 'alice1@second.test', password: 'sesame-sesame' } })
    expect(made.body.dclogin).toContain('alice1@second.test?p=sesame-sesame&v=1')
    await (await openSession(reference, made.body))[Symbol.asyncDispose]()
    const random = await call('POST', '/accounts')
    expect(random.body.address).toMatch(/^[a-z0-9]{9}@chat\.test$/)
    expect((await call('GET', '/accounts')).body.accounts).toHaveLength(2)
    expect((await call('GET', '/accounts/alice1%40second.test')).body).toEqual({
      address: 'alice1@second.test',
      messages: 0,
      bytes: 0,
    })
    expect((await call('DELETE', '/accounts/alice1@second.test')).status).toBe(204)
    expect((await call('GET', '/accounts/alice1@second.test')).status).toBe(404)
    expect((await call('POST', '/accounts', { address: random.body.address })).body.code).toBe('account-exists')
    expect((await call('POST', '/accounts', { address: 'a@elsewhere.test' })).body.code).toBe('foreign-domain')
    expect((await call('POST', '/accounts', { adress: 'a@chat.test' })).body.code).toBe('not-understood')
  })

  it('stores, lists, reads and removes messages', async () => {
    reference.accounts.create({ address: 'alice@chat.test', password: 'sesame' })
    const base = '/accounts/alice@chat.test/messages'
    const text = 'Subject: one\nX-Long: a\n b\nMessage-ID: <1@x>\n\nhello\n'
    const stored = await call('POST', `${base}?flag=%5CSeen&flag=$Custom&mailbox=Notes&internal_date=1000`, text)
    expect(stored).toMatchObject({
      status: 201,
      body: { uid: 1, messageId: '<1@x>', flags: ['\\Seen', '$Custom'], internalDate: 1000 },
    })
    expect(stored.body.headers).toContainEqual({ name: 'X-Long', value: 'a b' })
    expect((await call('GET', base)).body).toEqual({ complete: false, messages: [] })
    expect((await call('GET', `${base}?mailbox=Notes`)).body.messages).toEqual([stored.body])
    expect((await call('GET', `${base}/1?mailbox=Notes`)).body).toBe(text.replaceAll('\n', '\r\n'))
    expect((await call('DELETE', `${base}/1?mailbox=Notes`)).status).toBe(204)
    expect((await call('GET', `${base}/1?mailbox=Notes`)).status).toBe(404)
    expect((await call('GET', `${base}?mailbox=None`)).body.code).toBe('no-such-thing')
    expect((await call('POST', base)).body.code).toBe('no-message')
  })

  it('waits for a message that a client sends, by Message-ID and by number', async () => {
    const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
    const base = `/accounts/${bob.address}/messages?wait=10`
    const byId = call('GET', `${base}&message_id=%3C2@x%3E`)
    const byCount = call('GET', `${base}&count=2`)
    const later = call('GET', `${base}&after_uid=1`)
    await using client = await openSession(reference, alice)
    for (const messageId of ['<1@x>', '<2@x>']) {
      await submit(client, alice.address, [bob.address], encryptedMessage({ from: alice.address, messageId }))
    }
    for (const answer of [byId, byCount]) {
      expect((await answer).body).toMatchObject({
        complete: true,
        messages: [{ messageId: '<1@x>' }, { messageId: '<2@x>' }],
      })
    }
    expect((await later).body).toMatchObject({ complete: true, messages: [{ uid: 2 }] })
    expect((await call('GET', `${base.replace('10', '0.05')}&count=3`)).body).toMatchObject({ complete: false })
  })

  it('submits as a user, with the verdict that a client would get', async () => {
    const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
    const path = `/submissions?from=${alice.address}&to=${bob.address}`
    expect((await call('POST', path, plainMessage(alice.address))).body).toMatchObject({
      accepted: false,
      reply: expect.stringMatching(/^523/),
    })
    expect((await call('POST', path, encryptedMessage({ from: alice.address }))).body.accepted).toBe(true)
    expect(reference.messages(bob.address)).toHaveLength(1)
    expect((await call('POST', '/submissions?from=no@chat.test&to=a@b', 'x: y\n')).status).toBe(404)
  })
})

describe('mail from elsewhere', () => {
  it('is signed by its domain and judged as on port 25', async () => {
    const { address } = reference.accounts.create()
    const path = `/injections?from=carol@elsewhere.example&to=${address}`
    const encrypted = encryptedMessage({ from: 'carol@elsewhere.example', messageId: '<e@x>' })
    expect((await call('POST', path, encrypted)).body).toMatchObject({
      accepted: true,
      reply: expect.stringMatching(/^250/),
    })
    expect((await call('POST', `${path}&sign=false`, encrypted)).body).toMatchObject({
      accepted: false,
      reply: expect.stringContaining('DKIM'),
    })
    const forged = encryptedMessage({ from: 'dave@other.example' })
    expect((await call('POST', path, forged)).body).toMatchObject({ accepted: false })
    const clear = plainMessage('carol@elsewhere.example')
    expect((await call('POST', path, clear)).body).toMatchObject({
      accepted: false,
      reply: expect.stringMatching(/^523/),
    })
    expect((await call('POST', `${path}&judge=false`, clear)).body.accepted).toBe(true)
    expect((await call('POST', '/injections?from=a@b.example&to=x@y.example', encrypted)).body).toMatchObject({
      accepted: false,
      reply: expect.stringMatching(/^[45]54/),
    })
    const [first, second, ...others] = reference.messages(address)
    expect(first?.messageId).toBe('<e@x>')
    expect(Buffer.from(second?.raw ?? []).toString()).toContain('\r\nHello.\r\n')
    expect(others).toEqual([])
    expect((await call('POST', `/injections?from=a@second.test&to=${address}`, clear)).body.code).toBe('own-domain')
  })
})

describe('mail to elsewhere', () => {
  it('shows what waits for a server that does not answer, and tries it again', async () => {
    const { address } = reference.accounts.create()
    // A port that nobody listens on.
    const place = reference.network.place('down.example', 25, { address: '127.0.0.1', port: 1 })
    const records = reference.network.publish([{ name: 'down.example', type: 'A', address: '127.0.0.1' }])
    await call('POST', `/submissions?from=${address}&to=carol@down.example`, encryptedMessage({ from: address }))
    const { body } = await call('POST', '/queue/flush')
    expect(body.queue).toMatchObject([{ sender: address, recipients: ['carol@down.example'], domain: 'down.example' }])
    expect(body.queue[0].tries).toBeGreaterThan(0)
    expect((await call('GET', '/queue')).body.queue).toHaveLength(1)
    place()
    records()
  })
})

describe('time and trouble', () => {
  it('moves the clock, and the clean-up follows', async () => {
    const { address } = reference.accounts.create()
    reference.store(address, 'Subject: old\n\n')
    const before = (await call('GET', '/clock')).body.now
    const { body } = await call('POST', '/clock', { advance: 21 * 86_400 })
    expect(body.now - before).toBeGreaterThanOrEqual(21 * 86_400_000)
    expect((await call('POST', '/expire')).status).toBe(204)
    expect(reference.messages(address)).toEqual([])
    expect((await call('POST', '/clock', { advance: -1 })).status).toBe(400)
  })

  it('schedules faults, which strike as often as told', async () => {
    const fault = { at: 'smtp:rcpt', kind: 'reply', text: '451 4.3.0 Later', times: 2 }
    expect((await call('POST', '/faults', fault)).status).toBe(201)
    const alice = reference.accounts.create()
    await using client = await openSession(reference, alice)
    const send = () => submit(client, alice.address, [alice.address], encryptedMessage({ from: alice.address }))
    expect(await send()).toBe('451 4.3.0 Later')
    expect((await call('GET', '/faults')).body.faults).toEqual([{ ...fault, times: 1 }])
    expect((await call('DELETE', '/faults')).status).toBe(204)
    expect(await send()).toBe('250 OK')
    expect((await call('POST', '/faults', { ...fault, text: 'two\r\nlines' })).status).toBe(400)
  })

  it('puts defects and decisions in and takes them out, also for open sessions', async () => {
    const alice = reference.accounts.create()
    await using client = await openSession(reference, alice)
    const send = () => submit(client, alice.address, [alice.address], plainMessage(alice.address))
    expect(
      (await call('PUT', '/behaviour', { defects: ['accepts-cleartext'] })).body.behaviour.encryption.enforced,
    ).toBe(false)
    expect(await send()).toBe('250 OK')
    const reply = '523 Nothing in clear'
    await call('PUT', '/behaviour', { overrides: { encryption: { reply } } })
    expect(await send()).toBe(reply)
    expect((await call('DELETE', '/behaviour')).status).toBe(204)
    expect(await send()).toMatch(/^523 (?!Nothing)/)
  })

  it('says which decisions were taken at the start', async () => {
    const overrides = { tls: { issuer: 'stranger' }, encryption: { enforced: false } }
    expect(await call('PUT', '/behaviour', { overrides })).toMatchObject({
      status: 409,
      body: { code: 'needs-restart', decisions: ['tls.issuer'] },
    })
    expect(reference.behaviour.encryption.enforced).toBe(true)
    const unknown = await call('PUT', '/behaviour', { overrides: { encryption: { enforcd: false } } })
    expect(unknown.body).toMatchObject({ code: 'unknown-decision', message: expect.stringContaining('enforcd') })
    expect((await call('PUT', '/behaviour', { defects: ['toString'] })).body.code).toBe('unknown-defect')
  })
})

describe('state and journal', () => {
  it('goes back to a snapshot, and to the start', async () => {
    const { address } = reference.accounts.create()
    reference.markStart()
    reference.store(address, 'Subject: one\n\n')
    expect((await call('PUT', '/snapshots/one')).status).toBe(204)
    reference.store(address, 'Subject: two\n\n')
    const other = reference.accounts.create()
    expect((await call('POST', '/snapshots/one/restore')).status).toBe(204)
    expect(reference.accounts.find(other.address)).toBeUndefined()
    expect(reference.messages(address)).toHaveLength(1)
    expect((await call('GET', '/snapshots')).body).toEqual({ snapshots: ['one'] })
    await call('POST', '/faults', { at: 'imap:login', kind: 'drop', times: 1 })
    await call('PUT', '/behaviour', { defects: ['accepts-cleartext'] })
    expect((await call('POST', '/reset')).status).toBe(204)
    expect(reference.messages(address)).toEqual([])
    expect(reference.faults.waiting).toEqual([])
    expect(reference.behaviour.encryption.enforced).toBe(true)
    expect((await call('DELETE', '/snapshots/one')).status).toBe(204)
    expect((await call('POST', '/snapshots/one/restore')).status).toBe(404)
  })

  it('lists the journal and follows it', async () => {
    const first = (await call('GET', '/journal')).body.events
    expect(first[0]).toMatchObject({ number: 1, area: 'server', text: 'started for chat.test, second.test' })
    const headers = { Authorization: `Bearer ${control.token}` }
    const asked = request(`${control.url}/journal/stream?since=${first.at(-1).number}`, { headers }).end()
    const [input] = await once(asked, 'response')
    reference.accounts.create({ address: 'alice@chat.test', password: 'sesame' })
    const [line] = await once(input, 'data')
    expect(JSON.parse(line)).toMatchObject({ number: first.at(-1).number + 1, text: 'created alice@chat.test' })
    input.on('error', () => {})
    asked.on('error', () => {})
    asked.destroy()
    expect((await call('GET', `/journal?since=${first.at(-1).number}`)).body.events).toHaveLength(1)
  })

  it('tells the record, and stops', async () => {
    const { body } = await call('GET', '/')
    expect(() => recordShape.parse(body)).not.toThrow()
    expect(body).toMatchObject({ domains: ['chat.test', 'second.test'], ca: reference.ca })
    expect(await call('POST', '/stop')).toEqual({ status: 202, body: { stopping: true } })
    await expect.poll(() => stops).toBe(1)
  })
})

describe('who is kept out', () => {
  const ask = (headers: Record<string, string>, path = '/accounts') =>
    new Promise<number | undefined>((resolve, reject) => {
      request(control.url + path, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })

  it.for([
    ['without a token', {}, 401],
    ['with a wrong token', { Authorization: 'Bearer wrong' }, 401],
    ['by a name that DNS led here', { Host: 'evil.example', Authorization: 'right' }, 403],
    ['from a web page', { Origin: 'http://evil.example', Authorization: 'right' }, 403],
    ['by localhost', { Host: 'localhost:1', Authorization: 'right' }, 200],
  ] as const)('%s: %o gives %i', async ([, headers, status]) => {
    const given: Record<string, string> = { ...headers }
    if (given.Authorization === 'right') given.Authorization = `Bearer ${control.token}`
    expect(await ask(given)).toBe(status)
  })

  it('answers 404, 405 and 413', async () => {
    expect((await call('GET', '/nothing')).body.code).toBe('no-route')
    expect((await call('PATCH', '/accounts')).status).toBe(405)
    expect((await call('POST', '/accounts', 'x'.repeat(1_100_000))).status).toBe(413)
    expect((await call('POST', '/accounts', '{')).body.code).toBe('no-json')
  })

  it.for([
    ['garbage', '\0\x01\x02 garbage\r\n\r\n'],
    ['an endless header', `GET / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}`],
    ['two Host fields', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['a path that cannot be decoded', 'GET /accounts/%ff%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  ] as const)('closes the connection for %s, and goes on', async ([, bytes]) => {
    const socket = connect({ port: Number(new URL(control.url).port), host: '127.0.0.1' })
    socket.on('error', () => {})
    socket.resume()
    socket.write(bytes)
    await once(socket, 'close')
    expect((await call('GET', '/clock')).status).toBe(200)
  })

  it('ends waiting requests when it closes', async () => {
    const { address } = reference.accounts.create()
    const waiting = call('GET', `/accounts/${address}/messages?wait=300`).then(
      () => 'answered',
      () => 'ended',
    )
    await expect.poll(() => call('GET', '/accounts').then(({ status }) => status)).toBe(200)
    await control.close()
    expect(['answered', 'ended']).toContain(await waiting)
  })
})
