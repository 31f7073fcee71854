// The command line checks a server that it knows by addresses and DNS alone, with a mail domain of its own beside it whose
// records are those that it prints.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDnsServer, type Zone } from '../../harness/discovery/test-dns-server.ts'
import { startFakeHost } from '../../harness/discovery/test-fake-host.ts'
import { readZoneLines } from '../../harness/discovery/test-zone-file.ts'
import { createAuthority } from '../../harness/peer/authority.ts'
import type { DefectId } from '../../reference-server/defects/index.ts'
import { startReference } from '../../reference-server/index.ts'
import { createNetwork, type Network } from '../../reference-server/network/network.ts'
import { readResult } from '../../reports/json.ts'
import { runMain } from '../test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vantage-'))
})
afterAll(() => rm(folder, { recursive: true }))

function run(args: readonly string[], hear: (said: string) => void = () => {}) {
  let said = ''
  return runMain(args, {
    cwd: folder,
    hear(text) {
      said += text
      hear(said)
    },
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A server that finds others by DNS, and the flags by which the command line finds it and has a mail domain beside it. */
async function openScene({ defects = [] }: { readonly defects?: readonly DefectId[] } = {}) {
  const zones: Record<string, Zone> = {}
  const [shared, lone] = [await freePort(), await freePort()]
  const own = createNetwork()
  // What a router would do: senders know port 25 alone.
  const ports25 = { mx: shared, lone, bare: lone }
  const network: Network = {
    ...own,
    async reach(name, port) {
      const [, where] = /(?:^|\.)(mx|lone|bare)\.peer\.example$/.exec(name) ?? []
      if (port !== 25 || where === undefined) return own.reach(name, port)
      return { address: '127.0.0.1', port: ports25[where as keyof typeof ports25] }
    },
  }
  let beyond: { readonly address: string; readonly port: number } | undefined
  const dns = await startDnsServer(zones, { beyond: () => beyond })
  const reference = await startReference({
    network,
    defects,
    dns: { address: '127.0.0.1', port: 0 },
    peerDns: { address: '127.0.0.1', port: Number(dns.address.split(':')[1]) },
    overrides: { limits: { burst: 200 } },
  })
  beyond = reference.dns
  const { ports } = reference
  await writeFile(join(folder, 'ca.pem'), reference.ca)
  const services = ['imaps', 'imap', 'submissions', 'submission', 'https', 'http', 'smtp'] as const
  const flags = [
    'chat.test',
    ...services.flatMap((service) => ['--connect', `${service}=127.0.0.1:${ports[service]}`]),
    ...['--ca', 'ca.pem', '--dns', dns.address, '--peer-domain', 'peer.example', '--peer-dkim-key', 'dkim.pem'],
    ...['--peer-listen', `127.0.0.1:${shared}`],
  ]
  return {
    zones,
    network,
    reference,
    flags,
    secondAddress: ['--peer-listen', `127.0.0.1:${lone}`],
    async [Symbol.asyncDispose]() {
      await reference.close()
      await dns[Symbol.asyncDispose]()
    },
  }
}

const federation = ['--only', 'inbound/*', '--only', 'federation/*', '--format', 'json', '--quiet']

/** Everything but what passed, as `check verdict: reason`. */
function others(text: string): readonly string[] {
  return readResult(text).findings.flatMap(({ check, verdict, reason }) =>
    verdict === 'pass' ? [] : [`${check} ${verdict}: ${reason}`],
  )
}

function passed(text: string): readonly string[] {
  return readResult(text).findings.flatMap(({ check, verdict }) => (verdict === 'pass' ? [check] : []))
}

/** Files with a certificate for all names that the peer shows, of an authority that the server believes. */
async function believed(network: Network): Promise<readonly string[]> {
  const authority = await createAuthority()
  const leaf = await authority.issue('good', 'mx.peer.example', 'lone.peer.example', '*.bare.peer.example')
  network.trust(authority.certificate)
  await writeFile(join(folder, 'cert.pem'), leaf.certificate)
  await writeFile(join(folder, 'key.pem'), leaf.key)
  return ['--peer-cert', 'cert.pem', '--peer-key', 'key.pem']
}

const clock = "skipped: needs power over the host's clock"

describe('a mail domain of our own', () => {
  it('writes to a live host and takes its mail, once the DNS says what was printed', async () => {
    await using scene = await openScene()
    const all = [...scene.flags, ...scene.secondAddress, ...(await believed(scene.network))]
    const plan = await run([...all, '--dry-run'])
    expect(plan.exitCode).toBe(0)
    expect((await stat(join(folder, 'dkim.pem'))).mode & 0o777).toBe(0o600)
    Object.assign(scene.zones, readZoneLines(plan.stdout))
    const { stdout, stderr } = await run([...all, ...federation])
    expect(stderr).toBe('')
    expect(others(stdout)).toEqual([
      'inbound/ends-mail-with-crlf-only skipped: intrusive: only on a host you operate (--i-operate HOST)',
      'federation/falls-back-to-smtp skipped: needs a name that is new to the server and has an MX record',
      'federation/refuses-unknown-authority-by-https skipped: needs port 443 beside port 25 at the second address of ours',
      `federation/delivers-when-up-again ${clock}`,
      `federation/tries-again-after-4xx ${clock}`,
      `federation/gives-up-in-time ${clock}`,
    ])
    expect(passed(stdout).length).toBeGreaterThan(45)
  }, 60_000)

  it('does with one address and a certificate of its own what can be done with them, and skips the rest', async () => {
    await using scene = await openScene()
    const seen: string[] = []
    // The zone appears while the run waits for it.
    const { stdout } = await run([...scene.flags, ...federation.filter((flag) => flag !== '--quiet')], (text) => {
      if (!text.includes('waiting') || seen.length > 0) return
      seen.push(text)
      Object.assign(scene.zones, readZoneLines(text))
    })
    expect(seen[0]).toMatch(/12 of 13 records|13 of 13 records/)
    expect(passed(stdout).filter((id) => id.startsWith('federation/'))).toEqual(['federation/reaches-private-names'])
    expect(passed(stdout).filter((id) => id.startsWith('inbound/')).length).toBeGreaterThan(20)
    const reason =
      'federation/delivers-elsewhere skipped: needs a certificate that other servers believe (--peer-cert, --peer-key)'
    expect(others(stdout)).toContain(reason)
    const bad = others(stdout).filter((line) => !/ skipped: /.test(line))
    expect(bad).toEqual([])
  }, 60_000)

  it('sees what a bad server does to it', async () => {
    await using scene = await openScene({ defects: ['sends-in-clear-if-need-be'] })
    const all = [...scene.flags, ...scene.secondAddress, ...(await believed(scene.network))]
    Object.assign(scene.zones, readZoneLines((await run([...all, '--dry-run'])).stdout))
    const only = ['--only', 'federation/requires-tls', '--fail-on', 'should', '--format', 'json', '--quiet']
    const { exitCode, stdout } = await run([...all, ...only])
    expect(exitCode).toBe(1)
    expect(others(stdout)).toEqual([expect.stringContaining('federation/requires-tls fail: what that server got')])
  }, 60_000)

  it('tells which records are missing, and ends undecided when they stay away', async () => {
    await using scene = await openScene()
    const { exitCode, stdout, stderr } = await run([...scene.flags, ...federation, '--wait', '1s'])
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/13 of 13 records of peer\.example are not in the DNS: mx\.peer\.example A, .* and 9 more/)
    expect(stderr).toContain('hint: publish what --dry-run shows')
  }, 30_000)

  it('says nothing to a host that asks to be left alone', async () => {
    const { certificate: cert, key } = await (await createAuthority()).issue('good', 'chat.test')
    await using host = await startFakeHost({
      leaf: { cert, key, sha256: '' },
      services: ['imaps', 'submissions', 'https', 'smtp'],
      pages: { '/.well-known/chatmail-check.txt': 'check: no\n' },
    })
    const connect = host.connect.flatMap((place) => ['--connect', place])
    const peer = ['--peer-domain', 'peer.example', '--peer-listen', '127.0.0.1:1', '--peer-dkim-key', 'dkim.pem']
    const { exitCode, stdout } = await run(['chat.test', ...connect, '--trust-presented', ...peer, ...federation])
    expect([exitCode, readResult(stdout).hosts[0]?.notes]).toEqual([3, ['chat.test asks not to be checked']])
    expect(host.heard.filter((line) => /peer\.example|MAIL|RCPT/.test(line))).toEqual([])
  })

  it.for([
    [['chat.test', '--peer-domain', 'peer.example'], 'needs --peer-domain, --peer-listen and --peer-dkim-key together'],
    [['@reference', ...peerFlags('peer.example', '127.0.0.1')], '--peer-domain is for live hosts'],
    [['chat.test', ...peerFlags('_peer.example', '127.0.0.1')], '_peer.example is no domain of the DNS'],
    [['chat.test', ...peerFlags('peer.example', 'mx.peer.example')], '"mx.peer.example" is not an IP address'],
    [
      ['chat.test', ...peerFlags('peer.example', '127.0.0.1'), '--peer-cert', 'x'],
      '--peer-cert and --peer-key go together',
    ],
    [['chat.test', '--expire-command', 'true'], '--expire-command cleans up a host that you operate'],
    [
      ['@reference', '--i-operate', '@reference', '--expire-command', 'true'],
      '--expire-command is for a single live host',
    ],
  ] as const)('exits 2 for %o', async ([args, said]) => {
    const { exitCode, stderr } = await run(args)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)])
  })
})

function peerFlags(domain: string, listen: string): readonly string[] {
  return ['--peer-domain', domain, '--peer-listen', listen, '--peer-dkim-key', 'dkim.pem']
}
