// Decisions about mail from other servers, on port 25 and /mxdeliv. Read by smtp/ and inbound/.

export interface InboundBehaviour {
  /** Port 25 listens. */
  readonly listens: boolean
  /** MAIL before STARTTLS is refused. */
  readonly requiresTls: boolean
  /** Header fields taken out before a message of another server is stored. */
  readonly removesHeaders: readonly string[]
}

export const conformingInbound: InboundBehaviour = {
  listens: true,
  requiresTls: true,
  removesHeaders: ['received', 'dkim-signature', 'authentication-results', 'return-path', 'delivered-to'],
}
