// A server that knows others by DNS alone, and the command line with a mail domain of its own beside it, at addresses and ports as
// on the Internet. Run by `namespace.sh run`, which gives it standard ports; prints one JSON line of what the checks said.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { startDnsServer, type Zone } from '../../harness/discovery/test-dns-server.ts'
import { readZoneLines } from '../../harness/discovery/test-zone-file.ts'
import { createAuthority } from '../../harness/peer/authority.ts'

const launcher = path.join(import.meta.dirname, '..', '..', 'bin', 'chatmail-check.js')
const relay = '127.0.0.2'
const dnsOfPeer = '127.0.0.4'

interface Finding {
  readonly check: string
  readonly verdict: string
  readonly reason?: string
}

/** Resolves with the CA when the server is ready. */
async function serve(): Promise<{ readonly child: ChildProcess; readonly ca: string }> {
  const dns = ['--dns', `${relay}:53`, '--peer-dns', `${dnsOfPeer}:53`, '--peer-ca', 'peer-ca.pem']
  const args = ['serve', '--domain', 'relay.test', '--listen', relay, '--ports', 'standard', ...dns, '--quiet']
  const child = spawn(process.execPath, [launcher, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)))
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), gone])
  gone.catch(() => {})
  return { child, ca: JSON.parse(String(line)).ca }
}

function check(...args: readonly string[]): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, XDG_STATE_HOME: folder }, maxBuffer: 64 * 1024 * 1024 }
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, 'relay.test', ...args], options, (_error, stdout) => resolve(stdout))
  })
}

const folder = await mkdtemp(path.join(tmpdir(), 'vantage-'))
const zones: Record<string, Zone> = {}
const dns = await startDnsServer(zones, {
  at: { address: dnsOfPeer, port: 53 },
  beyond: () => ({ address: relay, port: 53 }),
})
const authority = await createAuthority()
const leaf = await authority.issue('good', 'mx.peer.test', 'lone.peer.test', '*.bare.peer.test')
await writeFile(path.join(folder, 'peer-ca.pem'), authority.certificate)
await writeFile(path.join(folder, 'cert.pem'), leaf.certificate)
await writeFile(path.join(folder, 'key.pem'), leaf.key)
const { child, ca } = await serve()
try {
  await writeFile(path.join(folder, 'ca.pem'), ca)
  const flags = [
    ...['--ca', 'ca.pem', '--dns', dnsOfPeer, '--peer-domain', 'peer.test', '--peer-dkim-key', 'dkim.pem'],
    ...['--peer-listen', '127.0.0.5', '--peer-listen', '127.0.0.6', '--peer-cert', 'cert.pem', '--peer-key', 'key.pem'],
  ]
  Object.assign(zones, readZoneLines(await check(...flags, '--dry-run')))
  const only = ['--only', 'inbound/*', '--only', 'federation/*', '--format', 'json', '--quiet']
  const { findings, observations } = JSON.parse(await check(...flags, ...only))
  const others = (findings as readonly Finding[]).filter(({ verdict }) => verdict !== 'pass')
  console.log(
    JSON.stringify({
      passed: findings.length - others.length,
      others: others.map(({ check, verdict, reason }) => `${check} ${verdict}: ${reason}`),
      seen: Object.fromEntries(observations.map(({ id, value }: { id: string; value: unknown }) => [id, value])),
    }),
  )
} finally {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  await dns[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
}
