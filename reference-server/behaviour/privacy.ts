// Decisions about what a message or a page gives away. Read by delivery/headers.ts and web/.

export interface PrivacyBehaviour {
  /** Replacement of Subject; null: kept. */
  readonly subject: string | null
  /** Headers taken out of submitted mail. */
  readonly removesHeaders: readonly string[]
  /** Adds a Received header; with the client's address in it, or without, or with it on port 587 alone. */
  readonly received: 'none' | 'without-address' | 'with-address' | 'with-address-after-starttls'
  /** Adds a header with the client's address. */
  readonly addressHeader: string | null
  /** The port stands behind the address in it, as programs print both. */
  readonly addressWithPort: boolean
  /** Adds a header with the login name. */
  readonly loginHeader: string | null
  readonly addsDkimSignature: boolean
  readonly addsAuthenticationResults: boolean
  /** A Bcc header reaches the recipients. */
  readonly keepsBcc: boolean
  /** Adds a header that lists all envelope recipients. */
  readonly listsRecipients: boolean
  /** The EHLO name of the client shows in the stored mail. */
  readonly addsHeloHeader: boolean
  /** VRFY: the same answer for all, or one that tells who exists. */
  readonly vrfyTells: boolean
  /** RCPT refuses unknown local users at once. */
  readonly rcptTells: boolean

  /** Value of the Server header; null: none. */
  readonly serverHeader: string | null
  readonly poweredByHeader: string | null
  readonly setsCookies: boolean
  /** Origins that the pages load something from. */
  readonly thirdParties: readonly string[]
  /** What they load from there. */
  readonly thirdPartyKind: 'script' | 'style' | 'font' | 'image'
  readonly inlineScript: boolean
  readonly robots: string | null
  readonly metrics: boolean
  /** Ports of the inside on which strangers are answered, too, at the first address of the zone. */
  readonly openInternalPorts: readonly number[]
  /** Pages say how long mail is kept, whom to ask. */
  readonly statesRetention: boolean
  readonly statesContact: boolean
  /** Days the privacy page claims; 0: the true ones. */
  readonly claimedRetentionDays: number
}

export const conformingPrivacy: PrivacyBehaviour = {
  subject: '[...]',
  removesHeaders: [
    'received',
    'x-originating-ip',
    'x-mailer',
    'user-agent',
    'dkim-signature',
    'authentication-results',
    'return-path',
    'delivered-to',
  ],
  received: 'none',
  addressHeader: null,
  addressWithPort: false,
  loginHeader: null,
  addsDkimSignature: false,
  addsAuthenticationResults: false,
  keepsBcc: false,
  listsRecipients: false,
  addsHeloHeader: false,
  vrfyTells: false,
  rcptTells: false,
  serverHeader: 'nginx',
  poweredByHeader: null,
  setsCookies: false,
  thirdParties: [],
  thirdPartyKind: 'script',
  inlineScript: false,
  robots: 'User-agent: *\nDisallow: /\n',
  metrics: false,
  openInternalPorts: [],
  statesRetention: true,
  statesContact: true,
  claimedRetentionDays: 0,
}
