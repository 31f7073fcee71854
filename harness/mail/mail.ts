// The types of messages and of what makes them: checks see a `Mailer` as `t.mail`, the corpus is written as `Sample`s.
import type { ArmourOptions } from './armour.ts'
import type { Packet } from './packets.ts'
import type { Random } from './random.ts'

/** An account, or its address. */
export type Party = string | { readonly address: string }

export type Parties = Party | readonly Party[]

export interface Mail {
  /** With the angle brackets. */
  readonly messageId: string
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
  /** As DATA carries it before dot-stuffing: CRLF lines, ends with CRLF. */
  readonly bytes: Uint8Array
  /** A few words for a report: `encrypted message, 3.1 kB`. */
  readonly description: string
  /** The armoured block exactly as sent, BEGIN to END without a final line end: to compare what arrives. */
  readonly payload?: Uint8Array
}

export interface ComposeOptions {
  /** Header fields beside the usual ones, or instead of them; a list writes the field several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly omitHeaders?: readonly string[]
  /** Names in the order wanted; `*` stands for all others. */
  readonly headerOrder?: readonly string[]
  readonly envelopeFrom?: string
  readonly envelopeTo?: Parties
  /** The value of the From field, raw. */
  readonly headerFrom?: string
  readonly date?: Date
  readonly messageId?: string
  readonly description?: string
}

/** v1: PKESK v3 and SEIPD v1 (RFC 4880); v2: PKESK v6 and SEIPD v2 (RFC 9580), as core does today. */
export type Profile = 'v1' | 'v2'

export interface EncryptOptions extends ComposeOptions {
  readonly text?: string
  /** Octets of random attachment inside; random, since compression would undo anything else. */
  readonly size?: number
  readonly profile?: Profile
}

export interface CleartextOptions extends ComposeOptions {
  readonly text?: string
  readonly subject?: string
}

/** The media type with its parameters, raw and perhaps folded, and the body that goes with it. */
export interface Content {
  readonly contentType: string
  readonly body: Uint8Array | string
  readonly payload?: Uint8Array
}

interface RawMessage {
  /** Header lines without line ends; text is written as UTF-8. */
  readonly headers: readonly (string | Uint8Array)[]
  readonly body: string | Uint8Array
}

export interface Mailer {
  /** Message-IDs of all messages made so far. */
  readonly minted: ReadonlySet<string>
  /** The numbers everything but the encryption itself comes from. */
  readonly random: Random
  /** As Delta Chat core sends it: really encrypted to the recipients and the sender, and signed. */
  encrypted(from: Party, to: Parties, options?: EncryptOptions): Promise<Mail>
  cleartext(from: Party, to: Parties, options?: CleartextOptions): Mail
  /** Core's outer header fields around any content. */
  compose(from: Party, to: Parties, content: Content, options?: ComposeOptions): Mail
  /** Core's two-part PGP/MIME around any packets, armoured. */
  armoured(from: Party, to: Parties, packets: Uint8Array, options?: ComposeOptions & { armour?: ArmourOptions }): Mail
  /** Exactly these lines; only a Message-ID is added where there is none, and a final CRLF. */
  raw(from: Party, to: Parties, message: RawMessage, options?: ComposeOptions): Mail
  /** The packets of an encrypted message, not yet armoured. */
  packets(from: Party, to: Parties, options?: EncryptOptions): Promise<readonly Packet[]>
  /** The same, for whoever has the password: SKESK v6 and SEIPD v2, or SKESK v4 and SEIPD v1. */
  passwordPackets(from: Party, options?: EncryptOptions & { password?: string }): Promise<readonly Packet[]>
  /** The transferable public key of an address, binary. */
  publicKey(of: Party, profile?: Profile): Promise<Uint8Array>
  /** A member of a corpus, its `why` as description. One after another, if the seed is to give the same numbers. */
  sample(sample: Sample, from: Party, to: Parties, options?: SampleOptions): Promise<Mail>
}

export interface SampleOptions {
  /** The host's limit for one message in octets; samples "near the limit" keep below it. */
  readonly messageBytes?: number
  /** Whom forgeries claim to be: another account of the host. */
  readonly other?: Party
}

/** One message and what a chatmail server is expected to do with it. */
export interface Sample {
  readonly id: string
  /** One line: why this sample is here. */
  readonly why: string
  /** observed: real servers differ, or the deployed ones have a hole; reported, never judged. */
  readonly expect: 'accepted' | 'refused' | 'observed'
  /** What it meets when another server brings it, signed; as `expect` unless told. */
  readonly inbound?: Sample['expect']
  /** How strongly; a hint for the requirement. */
  readonly level?: 'must' | 'should' | 'may'
  /** Goes only to the sender himself. */
  readonly toSelf?: boolean
  /** Megabytes: not for a quick run. */
  readonly bulk?: boolean
  build(mail: Mailer, from: Party, to: Parties, options: SampleOptions): Mail | Promise<Mail>
}

export function addressOf(party: Party): string {
  return typeof party === 'string' ? party : party.address
}

export function addressesOf(parties: Parties): readonly string[] {
  return (Array.isArray(parties) ? parties : [parties]).map(addressOf)
}
