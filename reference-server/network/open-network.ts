// The network a server starts in: one of this process, wider when a name server beyond is given, and served by DNS when
// asked for. Used by startReference.
import type { DnsServer } from './dns-server.ts'
import { createNetwork, type Network, type Place } from './network.ts'

/** Fields are those of ReferenceOptions. */
export async function openNetwork(options: {
  readonly network?: Network | undefined
  readonly dns?: Place | undefined
  readonly peerDns?: Place | undefined
}): Promise<{ readonly network: Network; readonly dnsServer: DnsServer | undefined }> {
  const own = options.network ?? createNetwork()
  const network =
    options.peerDns === undefined
      ? own
      : (await import('./wider-network.ts')).widerNetwork(own, { dns: options.peerDns })
  // Only our own zones: two servers that ask each other would else ask for ever.
  const dnsServer =
    options.dns === undefined
      ? undefined
      : await (await import('./dns-server.ts')).startDnsServer({ network: own, ...options.dns })
  return { network, dnsServer }
}
