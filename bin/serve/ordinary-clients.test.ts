// Clients nobody here wrote do their ordinary job against a `serve` process: swaks, openssl, neomutt, curl, imapflow, nodemailer.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { encryptedMessage, plainMessage } from '../../reference-server/test-mail/encrypted-message.ts'
import { type Served, startServe } from './test-process.ts'

const run = promisify(execFile)

/** Other people's programs on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

/** Without the program, or with one that cannot do TLS, its tests are skipped: it is no fault of the server. */
async function there(program: string, args: readonly string[], able: RegExp): Promise<boolean> {
  return await run(program, args).then(
    ({ stdout }) => able.test(stdout),
    () => false,
  )
}

const has = {
  swaks: await there('swaks', ['--support'], /=== TLS supported/),
  openssl: await there('openssl', ['version'], /^OpenSSL [1-9]/),
  curl: await there('curl', ['--version'], /\bimaps\b.*\bsmtps\b/s),
  neomutt: (await there('neomutt', ['-v'], /NeoMutt/)) && (await there('script', ['--version'], /script/)),
}

const [alice, bob] = ['alice@chat.test', 'bob@chat.test']
let served: Served
let folder: string
let count = 0

beforeAll(async () => {
  served = await startServe('--accounts', 'alice,bob', '--control', '127.0.0.1:0')
  folder = await mkdtemp(join(tmpdir(), 'clients-'))
})

afterAll(async () => {
  await served?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

function password(address: string): string {
  return served.record.accounts.find((account) => account.address === address)?.password ?? ''
}

/** An encrypted message of Alice in a file. */
async function letter(): Promise<{ id: string; path: string; text: string }> {
  const id = `<client-${++count}@localhost>`
  const path = join(folder, `${count}.eml`)
  const text = encryptedMessage({ from: alice, messageId: id })
  await writeFile(path, text)
  return { id, path, text }
}

/** Waits until it is in the mailbox of its reader. */
async function arrives(id: string, reader = bob): Promise<void> {
  const { url, token } = served.record.control ?? {}
  const query = new URLSearchParams({ wait: '30', message_id: id })
  const headers = { Authorization: `Bearer ${token}` }
  const answer = await fetch(`${url}/accounts/${reader}/messages?${query}`, { headers })
  expect(await answer.json()).toMatchObject({ complete: true })
}

describe.skipIf(!has.swaks)('swaks (needs libnet-ssleay-perl)', () => {
  const swaks = (service: 'submission' | 'submissions', data: string) =>
    run('swaks', [
      ...['--server', '127.0.0.1', '--port', `${served.record.ports[service]}`],
      ...[service === 'submission' ? '--tls' : '--tls-on-connect', '--tls-verify', '--tls-sni', 'chat.test'],
      ...['--tls-ca-path', served.record.caFile, '--helo', '[127.0.0.1]', '--timeout', '30'],
      ...['--auth', 'PLAIN', '--auth-user', alice, '--auth-password', password(alice)],
      ...['--from', alice, '--to', bob, '--data', `@${data}`],
    ])

  test.each(['submission', 'submissions'] as const)('sends over %s', async (service) => {
    const { id, path } = await letter()
    await swaks(service, path)
    await arrives(id)
  })

  test('hears why a message in clear is refused', async () => {
    const path = join(folder, 'clear.eml')
    await writeFile(path, plainMessage(alice))
    await expect(swaks('submissions', path)).rejects.toMatchObject({ stdout: expect.stringContaining('<~* 523 ') })
  })
})

describe.skipIf(!has.openssl)('openssl s_client', () => {
  /** What is said until the server hangs up. Lines wait for nothing: pipelining. */
  const talk = async (service: keyof Served['record']['ports'], lines: readonly string[], ...args: string[]) => {
    const child = run('openssl', [
      ...['s_client', '-connect', `127.0.0.1:${served.record.ports[service]}`, '-servername', 'chat.test'],
      ...['-CAfile', served.record.caFile, '-verify_return_error', '-verify_hostname', 'chat.test'],
      ...['-quiet', '-crlf', ...args],
    ])
    child.child.stdin?.end(lines.map((line) => `${line}\n`).join(''))
    return (await child).stdout
  }
  const login = () => [`a LOGIN ${bob} ${password(bob)}`, 'b SELECT INBOX', 'c LOGOUT']

  test.each([
    ['imaps', []],
    ['imap', ['-starttls', 'imap']],
    ['https', ['-alpn', 'imap']],
  ] as const)('logs in to IMAP on %s', async (service, args) => {
    const said = await talk(service, login(), ...args)
    expect(said).toMatch(/^a OK [\s\S]*^b OK \[READ-WRITE\][\s\S]*^c OK /m)
  })

  test.each([
    ['submissions', []],
    ['submission', ['-starttls', 'smtp']],
    ['https', ['-alpn', 'smtp']],
  ] as const)('logs in to SMTP on %s', async (service, args) => {
    const token = Buffer.from(`\0${alice}\0${password(alice)}`).toString('base64')
    const said = await talk(service, ['EHLO [127.0.0.1]', `AUTH PLAIN ${token}`, 'QUIT'], ...args)
    expect(said).toMatch(/^235 [\s\S]*^221 /m)
  })

  test('gets the web page', async () => {
    const said = await talk('https', ['GET / HTTP/1.1', 'Host: chat.test', 'Connection: close', ''])
    expect(said).toMatch(/^HTTP\/1\.1 200 /)
  })
})

describe.skipIf(!has.curl)('curl', () => {
  const curl = async (service: 'https' | 'imaps' | 'submissions', path: string, ...args: readonly string[]) => {
    const port = served.record.ports[service]
    const scheme = service === 'submissions' ? 'smtps' : service
    const { stdout } = await run('curl', [
      ...['-sS', '--max-time', '30', '--cacert', served.record.caFile, '--resolve', `chat.test:${port}:127.0.0.1`],
      ...[...args, `${scheme}://chat.test:${port}${path}`],
    ])
    return stdout
  }

  test('makes an account, sends with it and reads its mail', async () => {
    const { email, password: secret } = JSON.parse(await curl('https', '/new', '-X', 'POST'))
    const path = join(folder, 'curl.eml')
    await writeFile(path, encryptedMessage({ from: email, messageId: '<curl@localhost>' }))
    const user = ['--user', `${email}:${secret}`]
    const envelope = ['--mail-from', email, '--mail-rcpt', email, '--upload-file', path]
    await curl('submissions', '/client.example.org', ...user, ...envelope)
    await arrives('<curl@localhost>', email)
    expect(await curl('imaps', '/INBOX;MAILINDEX=1', ...user)).toContain('Message-ID: <curl@localhost>\r\n')
  })
})

describe.skipIf(!has.neomutt)('neomutt (needs script of bsdutils)', () => {
  const settings = () => [
    `set ssl_ca_certificates_file="${served.record.caFile}"`,
    // It is asked for by address.
    'set ssl_verify_host=no',
    ...['set ssl_force_tls=yes', 'set header_cache=""', 'set crypt_use_gpgme=no', 'set copy=no'],
    ...[`set imap_user="${alice}"`, `set imap_pass="${password(alice)}"`],
    ...[`set smtp_url="smtps://${alice}@127.0.0.1:${served.record.ports.submissions}"`],
    ...[`set smtp_pass="${password(alice)}"`, 'set smtp_authenticators="plain"', 'set hostname=client.example.org'],
    ...[`set from="${alice}"`, 'set use_envelope_from=yes', 'set confirm_append=no', 'set quit=yes', 'set bounce=yes'],
    ...['set wait_key=no', 'set certificate_file=""'],
  ]

  test('reads INBOX, saves it to a file, and resends a message', async () => {
    const { id, text } = await letter()
    const { url, token } = served.record.control ?? {}
    const headers = { Authorization: `Bearer ${token}` }
    await fetch(`${url}/accounts/${alice}/messages`, { method: 'POST', headers, body: text })
    const saved = join(folder, 'saved.mbox')
    const keys = `<tag-pattern>~A<enter><tag-prefix><copy-message>${saved}<enter><untag-pattern>~A<enter>`
    const resend = `<last-entry><bounce-message>${bob}<enter><quit>`
    const file = join(folder, 'neomuttrc')
    await writeFile(file, [...settings(), `push "${keys}${resend}"`, ''].join('\n'))
    const command = `neomutt -n -F ${file} -f imaps://127.0.0.1:${served.record.ports.imaps}/INBOX`
    const env = { ...process.env, HOME: folder, TERM: 'vt100' }
    await run('script', ['-qec', command, '/dev/null'], { env, timeout: 50_000 })
    expect(await readFile(saved, 'utf8')).toContain(`Message-ID: ${id}`)
    await arrives(id)
  })

  test('says that a message in clear could not be sent', async () => {
    const file = join(folder, 'batchrc')
    await writeFile(file, [...settings(), ''].join('\n'))
    const sending = run('neomutt', ['-n', '-F', file, '-s', 'Hello', bob], { env: { ...process.env, HOME: folder } })
    sending.child.stdin?.end('In clear.\n')
    await expect(sending).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('523') })
  })
})

test('nodemailer sends, imapflow is told, fetches and flags', async () => {
  const { ports, ca } = served.record
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port: ports.imaps, secure: true, servername: 'chat.test', tls: { ca }, logger: false },
    auth: { user: bob, pass: password(bob) },
  })
  client.on('error', () => {})
  await client.connect()
  try {
    const { exists } = await client.mailboxOpen('INBOX')
    const told = new Promise((resolve) => client.once('exists', resolve))
    const idle = client.idle()
    const transport = createTransport({
      ...{ host: '127.0.0.1', port: ports.submissions, secure: true, name: '[127.0.0.1]' },
      ...{ auth: { user: alice, pass: password(alice) }, tls: { ca, servername: 'chat.test' } },
    })
    const { id, text } = await letter()
    await transport.sendMail({ envelope: { from: alice, to: [bob] }, raw: text })
    transport.close()
    await told
    await client.noop()
    await idle
    const message = await client.fetchOne(`${exists + 1}`, { envelope: true })
    expect(message ? message.envelope?.messageId : undefined).toBe(id)
    expect(await client.messageFlagsAdd(`${exists + 1}`, ['\\Seen'])).toBe(true)
    await client.logout()
  } finally {
    client.close()
  }
})
