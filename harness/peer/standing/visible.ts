// Waits until the DNS says what a live peer needs, for a bounded time, and tells what is still missing.
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Resolver } from '../../host/resolver.ts'
import { TargetError } from '../../host/target-error.ts'
import { WireError } from '../../host/wire-error.ts'
import type { ZoneRecord } from './zone.ts'

export interface VisibleOptions {
  readonly domain: string
  readonly records: readonly ZoneRecord[]
  readonly resolver: Resolver
  /** Milliseconds. */
  readonly waitMs: number
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
}

/** Milliseconds between two looks: at first, and at most. */
const pause = { first: 500, most: 10_000 }
/** Records named in one line of text. */
const named = 4

/** Throws TargetError `peer-dns` when the time is over, `aborted` when told to stop. */
export async function untilVisible(options: VisibleOptions): Promise<void> {
  const { domain, records, waitMs, signal, onProgress } = options
  const end = performance.now() + waitMs
  let missing = records
  for (let wait = pause.first; ; wait = Math.min(wait * 2, pause.most)) {
    const seen = await Promise.all(missing.map((record) => isVisible(record, options)))
    missing = missing.filter((_, at) => !seen[at])
    if (missing.length === 0) return
    const left = end - performance.now()
    const which = `${missing.length} of ${records.length} records of ${domain} are not in the DNS: ${listed(missing)}`
    if (signal.aborted) throw new TargetError('aborted', `told to stop while waiting for the DNS of ${domain}`)
    if (left <= 0) {
      throw new TargetError('peer-dns', which, {
        hint: 'publish what --dry-run shows and try again; --wait 10m waits longer, since resolvers remember a no',
      })
    }
    onProgress(`${which}; waiting, ${Math.ceil(left / 1_000)} s left`)
    await delay(Math.min(wait, left), undefined, { signal }).catch(() => undefined)
  }
}

function listed(records: readonly ZoneRecord[]): string {
  const names = records.slice(0, named).map(({ name, type }) => `${name} ${type}`)
  return records.length > named ? `${names.join(', ')} and ${records.length - named} more` : names.join(', ')
}

/** Trouble of a name server is a no for now. */
async function isVisible(record: ZoneRecord, { resolver, signal }: VisibleOptions): Promise<boolean> {
  // A name that nobody has asked for yet shows the wildcard itself.
  const name = record.name.replace('*', `see-${randomBytes(4).toString('hex')}`)
  try {
    switch (record.type) {
      case 'MX':
        return (await resolver.mx(name, signal)).some(
          ({ exchange, preference }) => plain(exchange) === plain(record.exchange) && preference === record.preference,
        )
      case 'TXT':
        return (await resolver.txt(name, signal)).some((text) =>
          record.begins === undefined ? bare(text) === bare(record.text) : text.startsWith(record.begins),
        )
      default: {
        const addresses = await resolver.addresses(name, signal)
        return record.any ? addresses.length > 0 : addresses.includes(record.address)
      }
    }
  } catch (error) {
    if (error instanceof WireError) return false
    throw error
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

function bare(text: string): string {
  return text.replace(/\s+/g, '').replace(/;$/, '')
}
