// A trace of a server that nobody here wrote: it must name the half second of Debian's Dovecot and a filter that is slow
// between RCPT and DATA, and find our messages, and no others, in the server's own log.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Trace, trace as traceSchema } from '../../harness/result/trace.ts'
import { renderTrace } from '../../reports/trace.ts'
import { type PlainMail, startPlainMail, whyNoPlainMail } from './plain-mail.ts'

const launcher = path.resolve(import.meta.dirname, '../../bin/chatmail-check.js')
const run = promisify(execFile)
const why = await whyNoPlainMail()
if (why !== undefined) console.log(`skipped: ${why}`)

/** Postfix asks it at DATA, and waits. */
async function slowPolicy(ms: number): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (asked) => {
      if (asked.includes('\n\n')) setTimeout(() => socket.write('action=dunno\n\n'), ms)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

describe.skipIf(why !== undefined)('a trace of an ordinary mail server', { timeout: 60_000 }, () => {
  let server: PlainMail
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'trace-plain-mail-'))
    const started = await startPlainMail()
    if ('skip' in started) throw new Error(started.skip)
    server = started
  }, 120_000)

  afterAll(async () => {
    await server?.close()
    if (folder) await rm(folder, { recursive: true })
  }, 60_000)

  async function trace(...flags: readonly string[]): Promise<Trace> {
    const places = Object.entries(server.ports).flatMap(([service, port]) => [
      '--connect',
      `${service}=${server.address}:${port}`,
    ])
    const ends = [`alice@${server.domain}`, `bob@${server.domain}`]
    const { stdout } = await run(
      process.execPath,
      [
        ...[launcher, 'trace', ...ends, '--resolve', `${server.domain}=${server.address}`, ...places],
        ...['--ca', server.caFile, '--accounts', server.accountsFile, '--quiet', '--format', 'json', ...flags],
      ],
      { env: { ...process.env, XDG_STATE_HOME: path.join(folder, 'state') } },
    )
    return traceSchema.parse(JSON.parse(stdout))
  }

  test('knows the half second of its Dovecot, and shows what its logs say of each message', async () => {
    const logs = ['postfix.log', 'dovecot.log'].flatMap((name) => [
      '--server-log',
      `tail -n 0 -F ${path.join(server.folder, 'log', name)}`,
    ])
    const found = await trace('--count', '5', ...logs)
    expect(found.messages.map(({ outcome }) => outcome)).toEqual(Array(5).fill('arrived'))
    expect(found.diagnosis.advice.map(({ id }) => id)).toContain('dovecot-notify-delay')
    expect(found.diagnosis.slowest).toMatchObject({ stage: 'notify', slow: true })
    for (const { log } of found.messages) {
      const [stored, delivered] = log.toSorted((a, b) => a.source.localeCompare(b.source))
      expect(stored).toMatchObject({ source: 'dovecot', text: 'saved mail to INBOX' })
      expect(delivered).toMatchObject({ program: 'postfix/lmtp', text: /^sent to .*dovecot-lmtp/ })
      expect(delivered?.delays).toHaveLength(4)
    }
    const written = await readFile(path.join(server.folder, 'log', 'postfix.log'), 'utf8')
    for (const { messageId } of found.messages) expect(written).toContain(`message-id=${messageId}`)
  })

  test('names a filter that takes two seconds between RCPT and DATA in its third line', async () => {
    const policy = await slowPolicy(2_000)
    const { port } = policy.address() as AddressInfo
    const configuration = path.join(server.folder, 'postfix')
    await appendFile(
      path.join(configuration, 'main.cf'),
      `smtpd_data_restrictions = check_policy_service inet:127.0.0.1:${port}\n`,
    )
    await run('postfix', ['-c', configuration, 'reload'])
    const found = await trace('--count', '3')
    policy.close()
    const third = renderTrace(found, { color: false, width: 80 }).split('\n')[2]
    expect(third).toMatch(/^ {2}SLOW {2}DATA \(after RCPT, until 354\): p50 2/)
  })
})
