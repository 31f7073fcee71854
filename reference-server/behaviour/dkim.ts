// Decisions about the signatures of mail that leaves (RFC 6376), and the keys in the zone. Read by dkim/ and outbound/.

export type SigningAlgorithm = 'rsa-sha256' | 'ed25519-sha256'

type Canonicalization = 'relaxed' | 'simple'

export interface DkimBehaviour {
  readonly signs: boolean
  readonly signsBounces: boolean
  /** Mail of domains like `[192.0.2.1]`: there is no zone for a key. */
  readonly signsLiterals: boolean
  /** One signature each. */
  readonly algorithms: readonly SigningAlgorithm[]
  readonly selectors: Readonly<Record<SigningAlgorithm, string>>
  /** d=; `{domain}` stands for the domain of the sender. */
  readonly domain: string
  readonly rsaBits: 1024 | 2048 | 4096
  readonly head: Canonicalization
  readonly body: Canonicalization
  /** Signed where they are there, every one of the name. Lower case. */
  readonly headers: readonly string[]
  /** Named once more than they are there, so that none can be added. */
  readonly oversigned: readonly string[]
  /** bh= is the hash of the body, or of the body as it would look with other line ends. */
  readonly bodyHash: 'body' | 'other-line-ends'
  /** l=: null without; else so many bytes of the body count. */
  readonly bodyLength: number | null
  /** x= that many seconds after t=, 0: without. */
  readonly expiresSeconds: number
  /** The key in the zone: that which signs, another one, an empty one (revoked), or none. */
  readonly published: 'key' | 'other' | 'revoked' | 'nothing'
  /** The record, `{key}` is the type and `{data}` the key in base64. */
  readonly record: string
}

export const conformingDkim: DkimBehaviour = {
  signs: true,
  signsBounces: true,
  signsLiterals: false,
  algorithms: ['rsa-sha256'],
  selectors: { 'rsa-sha256': 'opendkim', 'ed25519-sha256': 'ed25519' },
  domain: '{domain}',
  rsaBits: 2048,
  head: 'relaxed',
  body: 'simple',
  headers: [
    'from',
    'sender',
    'reply-to',
    'subject',
    'date',
    'message-id',
    'to',
    'cc',
    'mime-version',
    'content-type',
    'content-transfer-encoding',
    'content-id',
    'content-description',
    'resent-date',
    'resent-from',
    'resent-sender',
    'resent-to',
    'resent-cc',
    'resent-message-id',
    'in-reply-to',
    'references',
    'list-id',
    'list-help',
    'list-unsubscribe',
    'list-subscribe',
    'list-post',
    'list-owner',
    'list-archive',
    'autocrypt',
  ],
  oversigned: [
    'from',
    'reply-to',
    'subject',
    'date',
    'to',
    'cc',
    'resent-date',
    'resent-from',
    'resent-sender',
    'resent-to',
    'resent-cc',
    'in-reply-to',
    'references',
    'list-id',
    'list-help',
    'list-unsubscribe',
    'list-subscribe',
    'list-post',
    'list-owner',
    'list-archive',
    'autocrypt',
  ],
  bodyHash: 'body',
  bodyLength: null,
  expiresSeconds: 0,
  published: 'key',
  record: 'v=DKIM1;k={key};p={data};s=email;t=s',
}
