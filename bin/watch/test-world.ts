// Reference servers at loopback addresses that a name server of our own tells: they can die, and come back elsewhere. For tests.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DnsServer, startDnsServer, type Zone } from '../../harness/discovery/test-dns-server.ts'
import { type Reference, startReference } from '../../reference-server/index.ts'

type Options = NonNullable<Parameters<typeof startReference>[0]>

export interface World extends AsyncDisposable {
  /** For files; gone afterwards. */
  readonly folder: string
  /** For `--dns`. */
  readonly dns: string
  /** For `--ca`: the file of the one authority of all servers. */
  readonly ca: string
  readonly zones: Record<string, Zone>
  /** Starts a server, or ends the one of that name and starts another. */
  serve(domain: string, listen: string, options?: Options): Promise<Reference>
  /** The name still leads there, and nobody listens. */
  kill(domain: string): Promise<void>
}

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'watch-'))
  const zones: Record<string, Zone> = {}
  const dns: DnsServer = await startDnsServer(zones)
  const servers = new Map<string, Reference>()
  const ca = join(folder, 'ca.pem')
  let authority: Pick<Options, 'certificates'> = {}
  const kill = async (domain: string) => {
    await servers.get(domain)?.close()
    servers.delete(domain)
  }
  return {
    folder,
    dns: dns.address,
    ca,
    zones,
    kill,
    async serve(domain, listen, options = {}) {
      await kill(domain)
      const server = await startReference({ ...options, ...authority, domains: [domain], listen })
      authority = { certificates: server.certificates }
      await writeFile(ca, server.ca)
      servers.set(domain, server)
      zones[domain] = { A: [listen] }
      for (const service of ['imaps', 'submissions'] as const) {
        const port = server.host().endpoints[service]?.port ?? 0
        zones[`_${service}._tcp.${domain}`] = { SRV: [[0, 0, port, domain]] }
      }
      return server
    },
    async [Symbol.asyncDispose]() {
      for (const domain of [...servers.keys()]) await kill(domain)
      await dns[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
