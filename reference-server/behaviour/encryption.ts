// Decisions of the encryption filter on submission: one switch a rule. Read by filter/.

export interface EncryptionBehaviour {
  /** Looks at all; off: everything passes. */
  readonly enforced: boolean
  /** all: recipients of every kind; the others let cleartext pass when the envelope is of that kind. */
  readonly exempt: readonly ('self' | 'local' | 'foreign' | 'several' | 'securejoin-header' | 'chat-version')[]
  /** Of several recipients, all are judged or only the first (matters with `exempt`). */
  readonly judgedRecipients: 'every' | 'first' | 'last'
  /**
   * Ways past the filter. starttls: port 587; chunking: BDAT; behind-encrypted: the rest of a session that has brought an
   * encrypted message.
   */
  readonly unguarded: readonly ('starttls' | 'chunking' | 'behind-encrypted')[]
  /** Messages over this many bytes are not looked at; 0: every message is. */
  readonly skipsOverBytes: number
  /** Messages over this many bytes are refused as unencrypted, as by a parser that gives up; 0: none. */
  readonly refusesOverBytes: number
  /** What the filter goes by: the whole structure, or one tell-tale. */
  readonly looksAt: 'structure' | 'content-type' | 'armour-anywhere' | 'pgp-encrypted-anywhere' | 'subject'
  /** `{recipient}`: the first one that made the message need encryption. */
  readonly reply: string
  /** Encrypted mail is refused, too. */
  readonly refusesEncrypted: boolean
  /** Top-level types that pass in clear, lower case. */
  readonly clearTypes: readonly string[]
  /** S/MIME counts as encrypted. */
  readonly allowsSmime: boolean

  readonly requiresMultipartEncrypted: boolean
  readonly requiresTwoParts: boolean
  /** A third part after the payload is fine. */
  readonly allowsExtraParts: boolean
  /** Text before the first and after the last part is fine: deployed filters do not look. */
  readonly allowsTextAroundParts: boolean
  readonly allowsNestedMultipart: boolean
  readonly requiresVersionPart: boolean
  /** Body of the Version part must be exactly `Version: 1`. */
  readonly requiresVersionOne: boolean
  readonly requiresOctetStream: boolean
  /** The parts may be encoded with base64 or quoted-printable. */
  readonly decodesTransferEncoding: boolean

  readonly requiresArmour: boolean
  /** BEGIN must be the first bytes and END the last. */
  readonly requiresArmourAtEdges: boolean
  readonly allowsArmourHeaders: boolean
  /** Of the armour headers, `Version:` is fine. */
  readonly allowsArmourVersion: boolean
  readonly allowsBlankLinesAfterArmour: boolean
  /** The BEGIN line must be followed by an empty one at once. */
  readonly requiresEmptyLineAfterBegin: boolean
  /** Longest line of base64; 0: any. */
  readonly armourColumns: number
  /** Only a line that begins with `=` is the checksum; else everything from the last `=` on, as deployed filters do. */
  readonly checksumIsLine: boolean
  readonly requiresCrcLine: boolean
  readonly refusesCrcLine: boolean
  /** The checksum must be right. */
  readonly verifiesCrc: boolean
  readonly requiresStrictBase64: boolean
  readonly allowsEmptyPayload: boolean

  /** Walks the packets; off: any base64 is good. */
  readonly walksPackets: boolean
  /** Only the first packet's tag is looked at. */
  readonly looksAtFirstPacketOnly: boolean
  /** Tags that may stand before the last packet. */
  readonly sessionKeyTags: readonly number[]
  /** Tags that may be last. */
  readonly dataTags: readonly number[]
  /** Versions of PKESK and SKESK that are known; empty: not looked at. */
  readonly sessionKeyVersions: readonly number[]
  /** Versions of SEIPD that are known; empty: not looked at. */
  readonly dataVersions: readonly number[]
  readonly requiresPublicKeySession: boolean
  readonly requiresSessionKey: boolean
  /** More session keys than this are refused; 0: any number. */
  readonly mostSessionKeys: number
  /** Session keys of different tags or versions side by side. */
  readonly allowsMixedSessionKeys: boolean
  /** Tags that are skipped wherever they stand. */
  readonly skippedTags: readonly number[]
  readonly allowsPartialLengths: boolean
  /** Lengths must be written as short as can be. */
  readonly requiresShortestLengths: boolean
  /** Legacy packets without a length run to the end. */
  readonly allowsIndeterminateLength: boolean
  readonly allowsLegacyFormat: boolean
  /** Packets must end where the data ends. */
  readonly requiresExactEnd: boolean
  readonly allowsTrailingPackets: boolean

  readonly requiresChatVersion: boolean
  /** Content-Type must be the last of the message's headers, as one version of the core writes it. */
  readonly requiresContentTypeLast: boolean
  /** Content-Type must be spelled exactly as core does. */
  readonly comparesCase: boolean
  readonly boundaryForm: 'any' | 'quoted' | 'alphanumeric'
  /** Messages with one of these outer header fields are refused, lower case. */
  readonly refusesFields: readonly string[]
  readonly requiresSubject: boolean
  readonly requiresRecentDate: boolean
  /** An address in To: is demanded (`hidden-recipients` has none). */
  readonly requiresToAddress: boolean

  /** Values of Secure-Join that may go in clear; one that ends in `*` stands for all that begin so. */
  readonly securejoinSteps: readonly string[]
  /** The body, too, must be exactly one of the steps. */
  readonly securejoinBodyExact: boolean
  /** Where it need not be, it must at least begin with `secure-join:`. */
  readonly securejoinBodyBegins: boolean
  readonly securejoinStructureExact: boolean
  /** Setup message: to oneself, or to anybody, or never. */
  readonly setupMessage: 'to-self' | 'to-anybody' | 'never'
  /** Read receipts (multipart/report) pass in clear. */
  readonly allowsReceipts: boolean
  /** Bounce-like mail passes in clear. */
  readonly allowsReports: boolean
}

export const conformingEncryption: EncryptionBehaviour = {
  enforced: true,
  exempt: [],
  judgedRecipients: 'every',
  unguarded: [],
  skipsOverBytes: 0,
  refusesOverBytes: 0,
  looksAt: 'structure',
  reply: '523 Encryption Needed: Invalid Unencrypted Mail',
  refusesEncrypted: false,
  clearTypes: [],
  allowsSmime: false,
  requiresMultipartEncrypted: true,
  requiresTwoParts: true,
  allowsExtraParts: false,
  allowsTextAroundParts: true,
  allowsNestedMultipart: false,
  requiresVersionPart: true,
  requiresVersionOne: true,
  requiresOctetStream: true,
  decodesTransferEncoding: true,
  requiresArmour: true,
  requiresArmourAtEdges: true,
  allowsArmourHeaders: false,
  allowsArmourVersion: false,
  allowsBlankLinesAfterArmour: true,
  requiresEmptyLineAfterBegin: false,
  armourColumns: 0,
  checksumIsLine: false,
  requiresCrcLine: false,
  refusesCrcLine: false,
  verifiesCrc: false,
  requiresStrictBase64: true,
  allowsEmptyPayload: false,
  walksPackets: true,
  looksAtFirstPacketOnly: false,
  sessionKeyTags: [1, 3],
  dataTags: [18],
  sessionKeyVersions: [],
  dataVersions: [],
  requiresPublicKeySession: false,
  requiresSessionKey: false,
  mostSessionKeys: 0,
  allowsMixedSessionKeys: true,
  skippedTags: [],
  allowsPartialLengths: true,
  requiresShortestLengths: false,
  allowsIndeterminateLength: false,
  allowsLegacyFormat: true,
  requiresExactEnd: true,
  allowsTrailingPackets: false,
  requiresChatVersion: false,
  requiresContentTypeLast: false,
  comparesCase: false,
  boundaryForm: 'any',
  refusesFields: [],
  requiresSubject: false,
  requiresRecentDate: false,
  requiresToAddress: false,
  securejoinSteps: ['vc-request', 'vg-request'],
  securejoinBodyExact: true,
  securejoinBodyBegins: false,
  securejoinStructureExact: true,
  setupMessage: 'to-self',
  allowsReceipts: false,
  allowsReports: false,
}
