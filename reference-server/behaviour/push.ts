// Decisions about device tokens and who is notified of new mail. Read by push/.

export interface PushBehaviour {
  /** Days after which a token that was not set again is forgotten. */
  readonly tokenDays: number
}

export const conformingPush: PushBehaviour = {
  tokenDays: 90,
}
