// Mail from other domains without another server: a power of a test suite over a reference server. The domain is thrown away
// with the server; its key stands in the network, so that the signature is verified like any other.
import { conformingDkim } from '../behaviour/dkim.ts'
import { createDkimKeys } from '../dkim/keys.ts'
import { signatureFields } from '../dkim/sign.ts'
import { parseEntity } from '../filter/mime.ts'
import { receiveMessage } from '../inbound/receive.ts'
import { judgeInboundRecipient } from '../inbound/relay-role.ts'
import type { InboundServices } from '../inbound/services.ts'
import type { Network } from '../network/network.ts'
import { withCrlf } from './with-crlf.ts'

export interface InjectPowers {
  /**
   * Receives a message as if another server had brought it, signed by its domain. It is judged as on port 25: recipients,
   * encryption, DKIM. Throws for a sender under one of our domains.
   */
  inject(mail: InjectedMail): Promise<InjectOutcome>
}

export interface InjectedMail {
  /** Envelope sender, under any domain but ours. The header From is in the message. */
  readonly from: string
  readonly to: readonly string[]
  readonly message: string | Uint8Array
  /** False: into the mailboxes whatever it is, without a signature. True when absent. */
  readonly judge?: boolean
  /** Whether the domain of `from` signs it; true when absent. */
  readonly sign?: boolean
}

export interface InjectOutcome {
  readonly accepted: boolean
  /** As the other server would read it: `250 ...`, `523 ...`, `554 ...`. */
  readonly reply: string
}

const selector = 'thrown-away'
const rules = {
  ...conformingDkim,
  selectors: { ...conformingDkim.selectors, 'rsa-sha256': selector },
}
/** Domains whose key is in the network; the oldest lose it. */
const mostDomains = 1_000

export function createInjectPowers(services: InboundServices & { readonly network: Network }): InjectPowers {
  const { domains, network, delivery, clock } = services
  const keys = createDkimKeys(() => rules)
  const published = new Map<string, () => void>()

  const publishKey = async (domain: string) => {
    if (published.has(domain)) return
    const record = await keys.record('rsa-sha256', domain)
    if (record === undefined || published.has(domain)) return
    published.set(domain, network.publish([record]))
    const [oldest] = published
    if (published.size > mostDomains && oldest !== undefined) {
      published.delete(oldest[0])
      oldest[1]()
    }
  }

  return {
    async inject({ from, to, message, judge = true, sign = true }) {
      const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase()
      if (domains.includes(domain)) throw new RangeError(`${from} is one of ours: submit its mail instead`)
      const taken = { accepted: true, reply: services.behaviour().inbound.session.taken }
      const plain = withCrlf(message)
      if (!judge) {
        delivery.receive({ message: parseEntity(plain), sender: from, recipients: to })
        return taken
      }
      const refused = to.map((one) => judgeInboundRecipient(one, services)).find((reply) => reply !== undefined)
      if (refused !== undefined) return { accepted: false, reply: refused }
      let bytes = plain
      if (sign) {
        await publishKey(domain)
        const fields = await signatureFields(plain, { domain, rules, keys, now: clock.now() })
        bytes = Buffer.concat([Buffer.from(fields, 'latin1'), plain])
      }
      const refusal = await receiveMessage({ bytes, sender: from, recipients: to, client: '127.0.0.1' }, services)
      return refusal === undefined ? taken : { accepted: false, reply: refusal }
    },
  }
}
