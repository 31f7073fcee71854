// What our own mail domain cannot do for a check: trouble of our side, which says nothing about the host. Thrown by harness/peer,
// turned into `skipped` by harness/check.

export class PeerLacks extends Error {
  /** `reason`: what is needed, and the flag that gives it. */
  constructor(reason: string) {
    super(reason)
    this.name = 'PeerLacks'
  }
}
