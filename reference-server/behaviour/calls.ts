// Decisions about calls and realtime channels: TURN and the iroh relay. Read by calls/, metadata.ts and web/.

export interface CallsBehaviour {
  /** Seconds a set of TURN credentials is good for. */
  readonly credentialSeconds: number
}

export const conformingCalls: CallsBehaviour = {
  credentialSeconds: 432_000,
}
