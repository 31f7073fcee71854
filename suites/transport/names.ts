// What DNS has of a host: its mail exchanges, and names beside and above its own. Used by the checks of this folder.
import type { CheckContext } from '../../harness/check/types.ts'
import type { MxRecord } from '../../harness/host/resolver.ts'

/** An answer of DNS; its trouble is never the host's fault. */
export async function fromDns<T>(t: CheckContext, question: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await question
  } catch (error) {
    if (t.signal.aborted) throw error
    return t.inconclusive(`DNS gave no answer: ${error instanceof Error ? error.message : error}`)
  }
}

/** Whether a name has an address; not where the network has one for names that nobody has. */
export async function exists(t: CheckContext, name: string): Promise<boolean> {
  const ask = (one: string) => fromDns(t, t.host.resolver.addresses(one, t.signal))
  const [found, invented] = [await ask(name), await ask('no-such-host.invalid')]
  if (invented.length > 0) t.inconclusive('the name servers of this network have an address for every name')
  return found.length > 0
}

/** MX records, most wanted first. */
export async function exchangesOf(t: CheckContext): Promise<readonly MxRecord[]> {
  const records = await fromDns(t, t.host.resolver.mx(t.host.domain, t.signal))
  return [...records]
    .map(({ exchange, preference }) => ({ exchange: plainName(exchange), preference }))
    .sort((a, b) => a.preference - b.preference)
}

/** The name itself and those above it, but for the topmost. */
export function namesUpward(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, at) => labels.slice(at).join('.'))
}

/** Lower case, without the final dot: empty for the root, which as an exchange means "takes no mail" (RFC 7505). */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
