// What is planted on a host to see later what becomes of it: mail with dates in the past, in an account that nothing else uses.

export interface PlantedMessage {
  /** What it shows: mail that must go, or must stay; small, or large. */
  readonly kind: 'old' | 'young' | 'old-elsewhere' | 'large-old' | 'large-young'
  readonly mailbox: string
  /** By which it is known again: UIDs are what other checks judge. */
  readonly messageId: string
  /** Its INTERNALDATE. This and all other times: milliseconds since 1970, by the host's clock. */
  readonly date: number
  /** When it was there last, as far as we looked. */
  readonly seen?: number
  /** A clean-up has surely looked at it so late, and left it. */
  readonly spared?: number
  /** When it was first found to be gone. */
  readonly gone?: number
}

/** Planted at one time. */
export interface PlantedRound {
  readonly planted: number
  readonly messages: readonly PlantedMessage[]
}

export interface Plot {
  readonly account: { readonly address: string; readonly password: string }
  /** Of its INBOX: an account that was removed and made anew has others. */
  readonly uidValidity: number
  readonly uidNext: number
  /** Oldest first. */
  readonly rounds: readonly PlantedRound[]
}

/** One plot for a host. Writes never stop a run. */
export interface PlotStore {
  load(): Promise<Plot | undefined>
  save(plot: Plot): Promise<void>
}
