// A mail domain of our own, by --peer-domain: what its DNS must say, the wait until it does, and the ports that take its mail.

import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parsePlace } from '../../harness/discovery/reach.ts'
import { parseHostName } from '../../harness/host/host-name.ts'
import type { Resolver } from '../../harness/host/resolver.ts'
import { readBelieved } from '../../harness/peer/standing/certificate.ts'
import { openDkimKey } from '../../harness/peer/standing/dkim-key.ts'
import {
  openStandingPeer,
  type StandingPeer,
  type StandingPeerOptions,
  type StandingPlace,
} from '../../harness/peer/standing/standing-peer.ts'
import { untilVisible } from '../../harness/peer/standing/visible.ts'
import { standingZone, type ZoneRecord, zoneLine } from '../../harness/peer/standing/zone.ts'
import type { PeerFlags } from '../options.ts'
import { readTextFile } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'

/** Before anything of it is visible to others. */
export interface Vantage {
  readonly options: StandingPeerOptions
  readonly records: readonly ZoneRecord[]
  /** The key was made just now, so that its record cannot be there yet. */
  readonly keyMade: boolean
}

export interface OpeningOptions {
  readonly resolver: Resolver
  /** Milliseconds. */
  readonly waitMs: number | undefined
  readonly signal: AbortSignal
  readonly say: (text: string) => void
}

const defaultWaitMs = 60_000

/** Reads flags and files, and makes the signing key where there is none. Throws UsageError and TargetError. */
export async function prepareVantage(flags: PeerFlags, cwd: string): Promise<Vantage> {
  const { kind, name: domain } = parseHostName(flags.domain)
  if (kind !== 'domain') {
    throw new UsageError(`--peer-domain: ${flags.domain} is no domain of the DNS`, 'take one below a domain of yours')
  }
  const [shared, lone] = flags.listen.map(placeOf)
  if (shared === undefined) throw new Error('flags were read with an address to listen at')
  const certificate =
    flags.certificate === undefined || flags.key === undefined
      ? undefined
      : readBelieved(
          await readTextFile(flags.certificate, cwd, '--peer-cert'),
          await readTextFile(flags.key, cwd, '--peer-key'),
        )
  const { made, ...keys } = await openDkimKey(resolve(cwd, flags.dkimKey))
  return {
    options: { domain, keys, shared, lone, certificate },
    records: standingZone({ domain, shared: shared.address, lone: lone?.address, keys }),
    keyMade: made,
  }
}

/** Text for people: lines that a zone file takes. */
export function describeVantage({ options, records }: Vantage): string {
  const head = `What the DNS must say of ${options.domain}, so that ${options.domain} can write and be written to:`
  return [head, ...records.map((record) => `  ${zoneLine(record)}`)].join('\n')
}

/** Waits for the DNS, then listens. */
export async function openVantage(vantage: Vantage, to: OpeningOptions): Promise<StandingPeer> {
  const { options, records } = vantage
  let shown = false
  await untilVisible({
    domain: options.domain,
    records,
    resolver: to.resolver,
    waitMs: to.waitMs ?? defaultWaitMs,
    signal: to.signal,
    onProgress(text) {
      if (!shown) to.say(describeVantage(vantage))
      shown = true
      to.say(text)
    },
  })
  return await openStandingPeer(options)
}

function placeOf(text: string): StandingPlace {
  const place = parsePlace(text)
  if (place === undefined || isIP(place.host) === 0) {
    throw new UsageError(`--peer-listen: "${text}" is not an IP address`, 'write 192.0.2.1 or [2001:db8::1]:2525')
  }
  return { address: place.host, port: place.port ?? 25 }
}
