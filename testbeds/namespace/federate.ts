// Two servers that know each other by DNS alone, each a process at an address of its own, and Delta Chat core on both.
// Run by `namespace.sh run`, which gives it standard ports; prints one JSON line of what arrived.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startCore } from './core.ts'

const launcher = path.join(import.meta.dirname, '..', '..', 'bin', 'chatmail-check.js')

interface Place {
  readonly domain: string
  readonly address: string
}

const here: Place = { domain: '_here.test', address: '127.0.0.2' }
const there: Place = { domain: '_there.test', address: '127.0.0.3' }

/** Resolves when the server is ready. */
async function serve({ domain, address }: Place, peer: Place): Promise<ChildProcess> {
  const dns = ['--dns', `${address}:53`, '--peer-dns', `${peer.address}:53`]
  const args = ['serve', '--domain', domain, '--listen', address, '--ports', 'standard', ...dns, '--quiet']
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)))
  await Promise.race([once(child.stdout, 'data'), gone])
  gone.catch(() => {})
  return child
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** The name server of this namespace knows neither of them: the link names the address. */
function link({ domain, address }: Place): string {
  return `dclogin:person001@${domain}?p=correct-horse-battery&v=1&ih=${address}&sh=${address}&ic=3`
}

const folder = await mkdtemp(path.join(tmpdir(), 'federate-'))
const servers = [await serve(here, there), await serve(there, here)]
const core = startCore(folder)
try {
  const alice = await core.account(link(here))
  const bob = await core.account(link(there))
  const texts = [await core.chat(alice, bob, 'over there'), await core.chat(bob, alice, 'and back')]
  console.log(JSON.stringify({ texts }))
} finally {
  await core.close()
  await Promise.all(servers.map(end))
  await rm(folder, { recursive: true, force: true })
}
