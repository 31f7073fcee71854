// Flags that say how a host is reached: judged before anything else, and said to be of no use where no host is named.
import { parseConnects, parseDnsServer, parseResolves } from '../harness/discovery/reach.ts'
import { demandOneTrust } from '../harness/host/trust.ts'
import type { Io } from './io.ts'
import type { CheckOptions } from './options.ts'
import type { Target } from './target.ts'

type Reaching = Pick<
  CheckOptions,
  'resolve' | 'connect' | 'dns' | 'ca' | 'pin' | 'trustPresented' | 'family' | 'accounts' | 'fresh'
>

/** Throws TargetError for a value that cannot be read, whether or not a host is named that it is about. */
export function demandReaching({ resolve, connect, dns, ca, pin, trustPresented }: Reaching): void {
  parseResolves(resolve)
  parseConnects(connect)
  if (dns !== undefined) parseDnsServer(dns)
  demandOneTrust({ ca, pin, trustPresented })
}

/** One line for the flags that change nothing, because nothing but the reference server is asked. */
export function tellUnused(targets: readonly Target[], options: Reaching, io: Io): void {
  if (targets.some(({ kind }) => kind === 'host')) return
  const given = [
    ...(options.resolve.length > 0 ? ['--resolve'] : []),
    ...(options.connect.length > 0 ? ['--connect'] : []),
    ...(options.dns === undefined ? [] : ['--dns']),
    ...(options.ca.length > 0 ? ['--ca'] : []),
    ...(options.pin === undefined ? [] : ['--pin']),
    ...(options.trustPresented ? ['--trust-presented'] : []),
    ...(options.family === undefined ? [] : [`-${options.family}`]),
    ...(options.accounts === undefined ? [] : ['--accounts']),
    ...(options.fresh ? ['--fresh'] : []),
  ]
  if (given.length === 0) return
  io.stderr.write(
    `${given.join(', ')}: of no use here, because the reference server runs in this program. Name a HOST.\n`,
  )
}
