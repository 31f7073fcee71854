// The command line checks a server that it knows by addresses and DNS alone, with a mail domain of its own beside it whose
// records are those that it prints.
import { EventEmitter } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDnsServer, type Zone } from '../../harness/discovery/test-dns-server.ts'
import { createAuthority } from '../../harness/peer/authority.ts'
import { startReference } from '../../reference-server/index.ts'
import { createNetwork } from '../../reference-server/network/network.ts'
import { readResult } from '../../reports/json.ts'
import { main } from '../main.ts'
import { readZoneLines } from './test-zone-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vantage-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(args: readonly string[], hear: (text: string) => void = () => {}) {
  let stdout = ''
  let stderr = ''
  const exitCode = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: {
      write(text) {
        stderr += text
        hear(stderr)
      },
    },
    env: { XDG_STATE_HOME: join(folder, 'state') },
    cwd: folder,
    signals: new EventEmitter(),
    exit: (code) => expect.unreachable(`exit ${code}`),
  })
  return { exitCode, stdout, stderr }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A server that finds others by DNS, and the flags by which the command line finds it and has a peer beside it. */
async function scene(options: { readonly believed?: readonly string[] } = {}) {
  const zones: Record<string, Zone> = {}
  const network = createNetwork()
  const [shared, lone] = [await freePort(), await freePort()]
  // What a router would do: senders know port 25 alone.
  network.place('mx.peer.example', 25, { address: '127.0.0.1', port: shared })
  network.place('lone.peer.example', 25, { address: '127.0.0.1', port: lone })
  const probe = await startDnsServer(zones)
  const [, dnsPort = ''] = probe.address.split(':')
  await probe[Symbol.asyncDispose]()
  const reference = await startReference({
    network,
    dns: { address: '127.0.0.1', port: 0 },
    peerDns: { address: '127.0.0.1', port: Number(dnsPort) },
  })
  return { zones, network, shared, lone, reference, options }
}

describe('a mail domain of our own', () => {
  it('is a start', async () => {
    expect(typeof scene).toBe('function')
    expect([createAuthority, readFile, stat, writeFile, readResult, readZoneLines, run].length).toBe(7)
  })
})
