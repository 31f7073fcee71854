// What other mail servers ask of a client beside a signature: SPF, a name that leads back, patience. A chatmail server
// asks for none of it; each is a decision that a careless operator takes. Used by the relay role.
import type { InboundBehaviour } from '../behaviour/inbound.ts'
import type { Clock } from '../clock.ts'
import type { Network } from '../network/network.ts'
import type { RateLimit } from '../rate-limit.ts'

interface Asked {
  /** IP address. */
  readonly client: string
  readonly heloName: string
  readonly sender: string
  readonly recipient: string
}

const mostTriplets = 10_000

export function createDemands(options: {
  readonly inbound: () => InboundBehaviour
  readonly network: Pick<Network, 'look'>
  readonly clock: Clock
  readonly rateLimit: Pick<RateLimit, 'take'>
}): (asked: Asked) => Promise<string | undefined> {
  const { network, clock, rateLimit } = options
  const firstSeen = new Map<string, number>()

  const hasAddress = async (name: string, client: string) => {
    const [four, six] = [await network.look(name, 'A'), await network.look(name, 'AAAA')]
    return [...four.records, ...six.records].some((record) => record.address === client)
  }
  const passesSpf = async (domain: string, client: string) => {
    const { records } = await network.look(domain, 'TXT')
    const policy = records.find(({ text }) => /^v=spf1( |$)/i.test(text))?.text ?? ''
    for (const term of policy.split(/\s+/)) {
      if (term === `ip4:${client}` || term === `ip6:${client}` || term === '+all') return true
      if (term === 'a' && (await hasAddress(domain, client))) return true
    }
    return false
  }
  const waits = ({ client, sender, recipient }: Asked) => {
    const triplet = `${client} ${sender} ${recipient}`
    const since = firstSeen.get(triplet)
    if (since !== undefined) return clock.now() - since < options.inbound().greylistSeconds * 1_000
    if (firstSeen.size >= mostTriplets) firstSeen.clear()
    firstSeen.set(triplet, clock.now())
    return true
  }

  return async (asked) => {
    const { demands } = options.inbound()
    if (demands.length === 0) return undefined
    const { client, heloName, sender, recipient } = asked
    const domain = sender.slice(sender.lastIndexOf('@') + 1)
    if (demands.includes('spf') && sender !== '' && !(await passesSpf(domain, client))) {
      return `550 5.7.23 <${sender}>: Sender address rejected: SPF does not permit ${client}`
    }
    if (demands.includes('helo-address') && !(await hasAddress(heloName, client))) {
      return `450 4.7.1 <${heloName}>: Helo command rejected: Host not found`
    }
    if (demands.includes('greylist') && waits(asked)) {
      return `450 4.2.0 <${recipient}>: Recipient address rejected: Greylisted`
    }
    if (demands.includes('submission-rate') && !rateLimit.take(client)) {
      return `450 4.7.1: Too much mail from ${client}`
    }
    return undefined
  }
}
