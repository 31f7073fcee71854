// Decisions about the DNS zone of each mail domain. `{domain}` stands for the domain. Read by network/zone.ts.

export interface ZoneBehaviour {
  /** Addresses of the domain; empty: the name does not resolve. */
  readonly addresses: readonly string[]
  /** Names under the domain that lead to the same addresses. */
  readonly aliases: readonly string[]
  /** How: by a CNAME record, or by address records of their own. */
  readonly aliasesBy: 'cname' | 'address'
  /** MX records; exchange `.` takes no mail (RFC 7505); empty: no record, which means the domain itself. */
  readonly mx: readonly { readonly exchange: string; readonly preference: number }[]
  /** TXT at `_mta-sts`; null: no record. Domains that no public authority can vouch for have none. */
  readonly mtaSts: string | null
  readonly spf: string | null
  readonly dmarc: string | null
  /** TXT at `_adsp._domainkey`. */
  readonly adsp: string | null
  /** Which authorities may issue certificates (RFC 8659). */
  readonly caa: readonly { readonly flags: number; readonly tag: string; readonly value: string }[]
  /** Services that have an SRV record. */
  readonly srv: readonly ('submission' | 'submissions' | 'imap' | 'imaps')[]
  /** Target of the SRV records; `.`: the service is not offered. */
  readonly srvTarget: string
  /** Real ports, or those of a standard deployment. */
  readonly srvPorts: 'real' | 'standard'
  /** Questions that the name server fails at; `*`: all about that name. */
  readonly fails: readonly { readonly name: string; readonly type: 'A' | 'AAAA' | 'MX' | 'TXT' | 'SRV' | '*' }[]
}

export const conformingZone: ZoneBehaviour = {
  addresses: ['127.0.0.1'],
  aliases: ['www', 'mta-sts'],
  aliasesBy: 'cname',
  mx: [{ exchange: '{domain}', preference: 10 }],
  mtaSts: 'v=STSv1; id=202601010000',
  spf: 'v=spf1 a ~all',
  dmarc: 'v=DMARC1;p=reject;adkim=s;aspf=s',
  adsp: 'dkim=discardable',
  caa: [{ flags: 0, tag: 'issue', value: 'letsencrypt.org' }],
  srv: ['submission', 'submissions', 'imap', 'imaps'],
  srvTarget: '{domain}',
  srvPorts: 'real',
  fails: [],
}
