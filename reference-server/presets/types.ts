// The shape of a preset: a real implementation with the choices it really makes. Read by startReference and by the docs.
import type { EncryptionBehaviour } from '../behaviour/encryption.ts'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'

export interface Preset {
  /** What it is like. */
  readonly title: string
  /** Mail domain where nobody names one. */
  readonly domain: string
  /** Laid over the conforming behaviour, one after the other. */
  readonly choices: readonly Choice[]
}

/** Something it does that the conforming server does not, or does otherwise. */
export interface Choice {
  /** What, and since or until which version where that is known; third person. */
  readonly says: string
  readonly behaviour: DeepPartial<Behaviour>
}

/** One filter that judges mail both ways. */
export function bothWays(encryption: DeepPartial<EncryptionBehaviour>): DeepPartial<Behaviour> {
  return { encryption, inbound: { encryption } }
}
