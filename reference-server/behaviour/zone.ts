// Decisions about the DNS zone of the mail domain. Read by network.ts.

export interface ZoneBehaviour {
  /** Addresses of the domain, www. and mta-sts.; empty: the name does not resolve. */
  readonly addresses: readonly string[]
  /** Names under the domain that have the same addresses. */
  readonly aliases: readonly string[]
  /** Exchange of the MX record, `{domain}` stands for the domain; null: no record. */
  readonly mx: string | null
  /** TXT at `_mta-sts`; null: no record. */
  readonly mtaSts: string | null
  readonly spf: string | null
  readonly dmarc: string | null
  /** Services that have an SRV record. */
  readonly srv: readonly ('submission' | 'submissions' | 'imap' | 'imaps')[]
  /** Target of the SRV records. */
  readonly srvTarget: string
}

export const conformingZone: ZoneBehaviour = {
  addresses: ['127.0.0.1'],
  aliases: ['www', 'mta-sts'],
  mx: '{domain}',
  mtaSts: 'v=STSv1; id=202601010000',
  spf: 'v=spf1 a ~all',
  dmarc: 'v=DMARC1;p=reject;adkim=s;aspf=s',
  srv: ['submission', 'submissions', 'imap', 'imaps'],
  srvTarget: '{domain}',
}
