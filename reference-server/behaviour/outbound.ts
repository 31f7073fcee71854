// Decisions about mail to other servers: the queue, the way there, signatures, bounces. Read by outbound/.

export interface OutboundBehaviour {
  /** Days after which a message that cannot be delivered is returned. */
  readonly lifetimeDays: number
}

export const conformingOutbound: OutboundBehaviour = {
  lifetimeDays: 2,
}
