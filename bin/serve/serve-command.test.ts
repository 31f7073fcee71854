import { Resolver } from 'node:dns/promises'
import { EventEmitter } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs `serve`; `use` gets the first text on stdout while the server is up, then ^C is pressed. */
async function serve(args: readonly string[], use: (text: string) => Promise<void>, isTTY = false) {
  const signals = new EventEmitter()
  let stdout = ''
  let stderr = ''
  let used: Promise<void> | undefined
  const exitCode = await main(['serve', ...args], {
    stdout: {
      isTTY,
      write(text) {
        stdout += text
        used ??= use(text).finally(() => signals.emit('SIGINT'))
      },
    },
    stderr: { write: (text) => (stderr += text) },
    env: {},
    cwd: folder,
    signals,
    exit: (code) => expect.unreachable(`exit ${code}`),
  })
  await used
  return { exitCode, stdout, stderr }
}

async function greeting(port: number, ca: string, servername: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, ca, servername })
  try {
    for await (const chunk of socket) return String(chunk)
    return ''
  } finally {
    socket.destroy()
  }
}

/** Says the lines one after another; all that came until the last was answered. */
async function imapsTalk(port: number, ca: string, lines: readonly string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', ca, servername: 'chat.test' })
  try {
    let text = ''
    const left = [...lines]
    let tag = '*'
    for await (const chunk of socket) {
      text += String(chunk)
      if (!text.includes(`${tag} OK`)) continue
      const line = left.shift()
      if (line === undefined) break
      tag = line.slice(0, 1)
      socket.write(`${line}\r\n`)
    }
    return text
  } finally {
    socket.destroy()
  }
}

describe('serve', () => {
  it('posts device tokens to the URL of --push', async () => {
    let tell = (_request: string) => {}
    const posted = new Promise<string>((resolve) => {
      tell = resolve
    })
    const service = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => response.end(() => tell(`${request.method} ${request.url} ${body}`)))
    })
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done))
    const { port } = service.address() as AddressInfo
    try {
      await serve(['--accounts', 'alice', '--push', `http://127.0.0.1:${port}/notify`], async (text) => {
        const { ports, ca, accounts } = JSON.parse(text)
        await imapsTalk(ports.imaps, ca, [
          `1 LOGIN ${accounts[0].address} ${accounts[0].password}`,
          '2 SETMETADATA INBOX (/private/devicetoken "a phone")',
          '3 SETMETADATA INBOX (/private/messagenew "")',
        ])
        expect(await posted).toBe('POST /notify a phone')
      })
    } finally {
      await new Promise((done) => service.close(done))
    }
  })

  it('writes one JSON line for programs, and stops at ^C', async () => {
    let caFile = ''
    const { exitCode, stdout, stderr } = await serve(
      ['--accounts', 'alice,bob', '--ready-file', 'ready.json'],
      async (text) => {
        const record = JSON.parse(text)
        caFile = record.caFile
        expect(record).toMatchObject({ ready: 'chatmail-check/serve/1', domains: ['chat.test'], address: '127.0.0.1' })
        expect(record.accounts.map(({ address }: { address: string }) => address)).toEqual([
          'alice@chat.test',
          'bob@chat.test',
        ])
        expect(record.accounts[0].dclogin).toMatch(/^dclogin:alice@chat\.test\?p=[\w%-]+&v=1&ih=127\.0\.0\.1&ip=\d+&/)
        expect(await readFile(join(folder, 'ready.json'), 'utf8')).toBe(text)
        expect(await greeting(record.ports.imaps, await readFile(record.caFile, 'utf8'), record.domains[0])).toMatch(
          /^\* OK/,
        )
      },
    )
    expect(exitCode).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toContain('alice@chat.test')
    await expect(stat(caFile)).rejects.toThrow('ENOENT')
  })

  it('shows text and a QR code on a terminal', async () => {
    const { stdout } = await serve([], async () => {}, true)
    expect(stdout).toContain('^C stops it.')
    expect(stdout).toMatch(/[▀▄█]{10}/)
  })

  it('keeps its CA and DKIM keys, and gives the same passwords, when told to', async () => {
    const seen: { ca: string; password: string; dkimKeys?: string }[] = []
    const dkimFile = join(folder, 'kept', 'dkim-keys.json')
    for (let round = 0; round < 2; round++) {
      await serve(['--state', 'kept', '--seed', '7', '--accounts', 'alice', '--quiet'], async (text) => {
        const record = JSON.parse(text)
        seen.push({ ca: await readFile(record.caFile, 'utf8'), password: record.accounts[0].password })
      })
      Object.assign(seen[round] ?? {}, { dkimKeys: await readFile(dkimFile, 'utf8') })
    }
    expect(seen[0]?.dkimKeys).toContain('BEGIN PRIVATE KEY')
    expect((await stat(dkimFile)).mode & 0o777).toBe(0o600)
    expect(seen[1]).toEqual(seen[0])
    expect((await stat(join(folder, 'kept', 'authority-key.pem'))).mode & 0o777).toBe(0o600)
  })

  it('serves several domains, and their zones by DNS', async () => {
    const args = ['--domain', 'a.test', '--domain', '_b.test', '--dns', '127.0.0.1:0', '--accounts', 'alice']
    await serve(args, async (text) => {
      const record = JSON.parse(text)
      expect(record.domains).toEqual(['a.test', '_b.test'])
      expect(record.accounts[0].address).toBe('alice@a.test')
      const resolver = new Resolver()
      resolver.setServers([record.dns])
      for (const domain of record.domains) expect(await resolver.resolve4(domain)).toEqual([record.address])
      expect(await resolver.resolveSrv('_imaps._tcp._b.test')).toMatchObject([{ port: record.ports.imaps }])
    })
  })

  it('keeps accounts, mail and CA with --data, for one server at a time', async () => {
    const seen: { ca: string; password: string }[] = []
    for (let round = 0; round < 2; round++) {
      await serve(['--data', 'relay', '--accounts', 'alice', '--quiet'], async (text) => {
        const record = JSON.parse(text)
        expect(record.data).toBe(join(folder, 'relay'))
        const ca = await readFile(record.caFile, 'utf8')
        const { password } = record.accounts[0]
        const message = 'Subject: kept\r\n\r\n'
        const kept = await imapsTalk(record.ports.imaps, ca, [
          `a LOGIN alice@chat.test ${password}`,
          'b STATUS INBOX (MESSAGES)',
          `c APPEND INBOX {${message.length}+}\r\n${message}`,
        ])
        expect(kept).toMatch(new RegExp(`MESSAGES ${round}\\)`))
        expect(kept).toContain('c OK')
        seen.push({ ca, password })
        const second = await serve(['--data', 'relay'], async () => {})
        expect([second.exitCode, second.stderr]).toEqual([2, expect.stringContaining('used by another process')])
      })
    }
    expect(seen[1]).toEqual(seen[0])
    expect((await stat(join(folder, 'relay'))).mode & 0o777).toBe(0o700)
  })

  it.for([
    [['--data', 'a', '--state', 'b'], '--state and --data together'],
    [['--ports', 'imapx=1'], 'unknown service of --ports "imapx"'],
    [['--ports', 'imaps=99999'], 'is not a port'],
    [['--listen', 'localhost'], 'is not an IP address'],
    [['--defect', 'accepts-cleartxt'], 'unknown defect'],
    [['--accounts', 'Al ice'], 'is not a user name'],
    [['--domain', 'https://chat.test/'], 'is not a host but a URL'],
    [['--dns', 'localhost:53'], 'is not an IP address with a port'],
    [['--peer-dns', '127.0.0.1:99999'], 'is not an IP address with a port'],
    [['--push', 'somewhere'], 'is no http or https URL'],
    [['--peer-ca', 'no-such-file'], '--peer-ca: cannot read no-such-file'],
    [['--variant', 'x'], 'is not a whole number'],
  ] as const)('exits 2 for %o', async ([args, said]) => {
    const { exitCode, stderr } = await serve(args, async () => {})
    expect(exitCode).toBe(2)
    expect(stderr).toContain(said)
  })
})
