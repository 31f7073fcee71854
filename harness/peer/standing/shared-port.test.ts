// The port that all exchanges of a live peer share, used by nodemailer, which knows nothing of ours.
import { connect, createServer } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Transcript } from '../../clients/transcript.ts'
import type { Answer } from '../arrival.ts'
import { createAuthority } from '../authority.ts'
import { openSharedPort, type SharedPort, type Tenant } from './shared-port.ts'

let port = 0
let shared: SharedPort
let ca = ''
beforeEach(async () => {
  const authority = await createAuthority()
  ca = authority.certificate
  const leaf = await authority.issue('good', 'mx.peer.test')
  port = await freePort()
  shared = await openSharedPort({ address: '127.0.0.1', port, name: 'mx.peer.test', leaf })
})
afterEach(() => shared[Symbol.asyncDispose]())

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

function tenantOf(domain: string, answer: Answer = () => undefined): Tenant {
  return { domain, answer, transcript: new Transcript(), arrivals: [], visits: [] }
}

const mailer = (pool = false) =>
  createTransport({
    host: '127.0.0.1',
    port,
    pool,
    maxConnections: 1,
    requireTLS: true,
    tls: { ca, servername: 'mx.peer.test' },
  })

const message = (...to: readonly string[]) => ({ from: 'alice@chat.test', to: [...to], subject: 'x', text: 'y' })

it('gives each domain its own recipients of one message, and a transcript with all that came before', async () => {
  const [one, two] = [tenantOf('one.test'), tenantOf('two.test')]
  shared.admit(one)
  shared.admit(two)
  await mailer().sendMail(message('a@one.test', 'b@two.test', 'c@one.test'))
  expect(one.arrivals).toMatchObject([{ from: 'alice@chat.test', to: ['a@one.test', 'c@one.test'], tls: 'TLSv1.3' }])
  expect(two.arrivals).toMatchObject([{ to: ['b@two.test'] }])
  expect([one.visits, two.visits]).toMatchObject([[{ tls: 'done' }], [{ tls: 'done' }]])
  const said = two.transcript.lines.map(({ text }) => text)
  expect(said.slice(0, 2)).toEqual([
    'a connection to port 25 of mx.peer.test',
    '220 mx.peer.test ESMTP peer of chatmail-check',
  ])
  expect(said.indexOf('STARTTLS')).toBeGreaterThan(0)
})

it('keeps messages of one connection apart', async () => {
  const [one, two] = [tenantOf('one.test'), tenantOf('two.test')]
  shared.admit(one)
  shared.admit(two)
  const pooled = mailer(true)
  await pooled.sendMail(message('a@one.test'))
  await pooled.sendMail(message('b@two.test'))
  pooled.close()
  expect([one.arrivals.length, two.arrivals.length]).toEqual([1, 1])
})

it('refuses as each domain says, and whoever is not there, or not there any more', async () => {
  const full = tenantOf('full.test', (stage) => (stage === 'rcpt' ? '452 4.2.2 full' : undefined))
  const picky = tenantOf('picky.test', (stage) => (stage === 'data' ? '554 5.7.1 not this' : undefined))
  const gone = tenantOf('gone.test')
  for (const tenant of [full, picky]) shared.admit(tenant)
  shared.admit(gone)()
  await expect(mailer().sendMail(message('a@full.test'))).rejects.toMatchObject({ responseCode: 452 })
  await expect(mailer().sendMail(message('a@picky.test'))).rejects.toMatchObject({ responseCode: 554 })
  await expect(mailer().sendMail(message('a@gone.test'))).rejects.toMatchObject({ responseCode: 550 })
  await expect(mailer().sendMail(message('a@elsewhere.test'))).rejects.toMatchObject({ responseCode: 550 })
  expect([full, picky, gone].flatMap(({ arrivals }) => arrivals)).toEqual([])
  expect([full.visits.length, gone.visits.length]).toEqual([1, 0])
})

it.each([
  ['a line without end', 'x'.repeat(10_000)],
  ['recipients without end', `EHLO x\r\nMAIL FROM:<>\r\n${'RCPT TO:<a@nobody.test>\r\n'.repeat(20_000)}`],
])('survives %s', async (_name, garbage) => {
  const one = tenantOf('one.test')
  shared.admit(one)
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(garbage))
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.resume()
  })
  await mailer().sendMail(message('a@one.test'))
  expect(one.arrivals).toHaveLength(1)
})
