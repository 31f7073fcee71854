// Decisions about the signatures of mail from other servers (RFC 6376). Read by dkim/ and inbound/.

/** What may be wrong with a signature. */
export type SignatureFlaw =
  | 'body'
  | 'signature'
  | 'expired'
  /** The key record is missing, revoked, or of another use. */
  | 'key'
  /** `l=` leaves a part of the body unsigned. */
  | 'length'
  /** From is not among the signed fields. */
  | 'from-unsigned'
  /** An algorithm that nobody should trust any more (RFC 8301). */
  | 'algorithm'

export interface DkimVerificationBehaviour {
  /** off: unsigned mail passes, and so does everything else. */
  readonly required: boolean
  /** presence: a signature that claims the right domain is enough. */
  readonly verifies: 'signature' | 'presence'
  /** Flaws that are overlooked. */
  readonly overlooks: readonly SignatureFlaw[]
  /**
   * How `d=` must relate to the domain of From: exact: the same; parent: or above it; subdomain: or below it;
   * none: anybody's signature counts.
   */
  readonly alignment: 'exact' | 'parent' | 'subdomain' | 'none'
  /** Whose domain: that of the header, as people see it, or that of the envelope. */
  readonly aligns: 'header-from' | 'envelope-sender'
  /** One good signature among others is enough; or the first, or all, must be good. */
  readonly signatures: 'one' | 'first' | 'every'
  /** Algorithms that count, as `a=` writes them. */
  readonly algorithms: readonly string[]
  /** Shorter RSA keys do not count. */
  readonly leastKeyBits: number
  /** More signatures in one message than these are not looked at. */
  readonly mostSignatures: number
  /** From at an address literal has no domain to sign: passes, is refused, or must be the client's own address. */
  readonly literals: 'pass' | 'refuse' | 'match-client'
  /** From domains that begin with an underscore are verified like others, or pass. */
  readonly underscoreDomains: 'verify' | 'pass'
  /** So are those of this server, which nobody else has to write from. */
  readonly ownDomains: 'verify' | 'pass'
  /** The name server fails: say so and let the sender try again, refuse for good, or let it pass. */
  readonly onTrouble: 'defer' | 'refuse' | 'pass'
  readonly replies: {
    readonly unsigned: string
    readonly broken: string
    readonly unaligned: string
    readonly noKey: string
    readonly trouble: string
  }
}

const noneValid = '554 5.7.1 No valid DKIM signature found'

export const conformingDkimVerification: DkimVerificationBehaviour = {
  required: true,
  verifies: 'signature',
  overlooks: [],
  alignment: 'exact',
  aligns: 'header-from',
  signatures: 'one',
  algorithms: ['rsa-sha256', 'ed25519-sha256'],
  leastKeyBits: 1_024,
  mostSignatures: 10,
  literals: 'pass',
  underscoreDomains: 'verify',
  ownDomains: 'verify',
  onTrouble: 'defer',
  replies: {
    unsigned: '554 5.7.1 No DKIM signature found',
    broken: noneValid,
    unaligned: noneValid,
    noKey: noneValid,
    trouble: '451 4.7.5 DKIM key could not be looked up',
  },
}

const openDkim = (code: string) =>
  `500 Error: (SMTPDataError) (554, b'5.7.1 DKIM signature is invalid, error code ${code}, search https://github.com/trusteddomainproject/OpenDKIM/blob/master/libopendkim/dkim.h#L108')`

/** As recorded from a relay of 2025: the verifier's own reply, wrapped by the filter before it. */
export const wrappedDkimReplies: DkimVerificationBehaviour['replies'] = {
  unsigned: "500 Error: (SMTPDataError) (554, b'5.7.1 No valid DKIM signature found.')",
  broken: openDkim('28.0'),
  unaligned: openDkim('-1.0'),
  noKey: openDkim('22.0'),
  trouble: "500 Error: (SMTPDataError) (451, b'4.7.1 Service unavailable - try again later')",
}
