// Checks of the signatures of mail that leaves, as the server of its recipient sees them. One message shows all of them.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import { type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext, CheckMeta } from '../../harness/check/types.ts'
import { type SeenSignature, verifyDkim } from '../../harness/mail/verify-dkim.ts'
import { arrivalOf, hostTime, sendOut, toPeer } from './scene.ts'

interface Member extends CheckMeta {
  /** Of all signatures of the message; `domain` is that of its author. */
  readonly wanted: (domain: string) => Matcher<readonly SeenSignature[]>
}

const member = (rule: string, requirement: RequirementId, title: string, wanted: Member['wanted']): Member => ({
  id: `federation/${rule}`,
  requirement,
  title,
  profile: 'list',
  wanted,
})

const twoDays = 2 * 86_400

/** A rule about what a signature looks like holds when every good one looks so; that there is one is another rule. */
const every = (description: string, fits: (signature: SeenSignature) => boolean): Matcher<readonly SeenSignature[]> =>
  satisfies(description, (list) => good(list).every(fits), showSignatures)

const members: readonly Member[] = [
  member('signs-mail', 'federation.signs-mail', 'signs mail for other servers, with a key of its DNS', () =>
    satisfies('a signature that fits the message and the DNS', (list) => good(list).length > 0, showSignatures),
  ),
  member('signs-as-author', 'federation.signs-as-author', 'signs with the domain of the author', (domain) =>
    satisfies(`a signature of ${domain}`, (list) => list.some((one) => one.domain === domain), showSignatures),
  ),
  member('signs-with-rsa', 'federation.signs-with-rsa', 'signs with an RSA key', () =>
    satisfies('one by an RSA key', (list) => list.some((one) => one.algorithm.startsWith('rsa-')), showSignatures),
  ),
  member('signs-with-strong-keys', 'federation.signs-with-strong-keys', 'signs with RSA keys of 2048 bits', () =>
    every(
      'no RSA key of less than 2048 bits',
      ({ algorithm, bits }) => !algorithm.startsWith('rsa-') || (bits ?? 0) >= 2_048,
    ),
  ),
  member('signs-whole-body', 'federation.signs-whole-body', 'signs the whole body', () =>
    every('none with l=', ({ limited }) => !limited),
  ),
  member('signs-absence-of-headers', 'federation.signs-absence-of-headers', 'signs that there is no second From', () =>
    every('From named twice', ({ headers }) => headers.filter((name) => name === 'from').length >= 2),
  ),
  member('signatures-outlive-queues', 'federation.signatures-outlive-queues', 'signs without an early expiry', () =>
    every('none that expires within two days', ({ lifetime }) => lifetime === undefined || lifetime >= twoDays),
  ),
]

export const signing = batch({
  id: 'federation/signing',
  needs: { ...toPeer, accounts: 1, messages: 0, dnsName: true },
  members,
  async run(t, chosen) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const mail = await sendOut(t, alice, exchange.address('someone'))
    const { bytes } = await arrivalOf(t, exchange, mail)
    const signatures = await signaturesOf(t, bytes)
    for (const { id, wanted } of members.filter((one) => chosen.some((other) => other.id === one.id))) {
      t.member(id).expect('its signatures', signatures, wanted(t.host.domain))
    }
  },
})

export function signaturesOf(t: CheckContext, bytes: Uint8Array): Promise<readonly SeenSignature[]> {
  return verifyDkim(bytes, { txt: (name) => t.host.resolver.txt(name, t.signal), now: hostTime(t) })
}

function good(list: readonly SeenSignature[]): readonly SeenSignature[] {
  return list.filter((signature) => signature.good)
}

export function showSignatures(list: readonly SeenSignature[]): string {
  const words = list.map(({ domain, selector, algorithm, bits, flaw, limited, lifetime, headers }) =>
    [
      `${algorithm} of ${domain} (${selector})`,
      ...(bits === undefined ? [] : [`${bits} bits`]),
      ...(flaw === '' ? [] : [flaw]),
      ...(limited ? ['l='] : []),
      ...(lifetime === undefined ? [] : [`expires after ${lifetime} s`]),
      `From named ${headers.filter((name) => name === 'from').length} times`,
    ].join(', '),
  )
  return words.length === 0 ? 'no signature' : words.join('; ').slice(0, 400)
}
