// Decisions about calls and realtime channels: TURN and the iroh relay. Read by calls/, metadata.ts and web/.

export interface CallsBehaviour {
  /** METADATA names the call relay. */
  readonly announcesTurn: boolean
  /** Host it names; `{domain}` stands for the domain. */
  readonly turnHost: string
  /** The port of a standard deployment instead of the real one. */
  readonly announcesStandardPort: boolean
  /** Seconds a set of TURN credentials is good for. */
  readonly credentialSeconds: number
  /** fresh: a new name each time METADATA is asked; fixed: that of the server's start. */
  readonly credentials: 'fresh' | 'fixed'
  /** own: drawn at start; published: one that everybody can read in a program's source, so anybody can make credentials. */
  readonly secret: 'own' | 'published'
  /** off: nobody listens; silent: packets are taken and never answered. */
  readonly turn: 'on' | 'off' | 'silent'
  readonly answersBinding: boolean
  /** Realm of the login; `{domain}` stands for the domain. */
  readonly realm: string
  readonly acceptsWrongPassword: boolean
  /** Credentials whose time is over still work. */
  readonly acceptsExpired: boolean
  /** Requests without any credentials are served. */
  readonly requiresLogin: boolean
  /** Good credentials are refused. */
  readonly refusesGoodCredentials: boolean
  /** Allocations succeed, but nothing passes: in neither direction, or none from the peer to the client. */
  readonly relays: 'both-ways' | 'to-peer-only' | 'nothing'
  /** Peers without a permission reach the client, too. */
  readonly ignoresPermissions: boolean
  readonly channels: boolean
  readonly refresh: boolean
  /** False: no answer to a client that has no allocation, where RFC 8656 wants error 437. */
  readonly refusesWithoutPlace: boolean
  /** Seconds an allocation lives when nothing else is asked for. */
  readonly allocationSeconds: number
  /** Allocations of all clients at once; beyond: 508. */
  readonly allocations: number
  /** URL of the realtime relay in METADATA; `{domain}` stands for the name of the web server; null: none. */
  readonly irohRelay: string | null
  readonly iroh: {
    /** `/relay`, `/ping` and `/generate_204` are there. */
    readonly served: boolean
    /** `/relay` takes upgrades. */
    readonly upgrades: boolean
    /** Of `/ping`, by which apps measure how near a relay is. */
    readonly pingStatus: number
    /** `/generate_204` repeats the challenge of the client. */
    readonly answersChallenge: boolean
  }
}

export const conformingCalls: CallsBehaviour = {
  announcesTurn: true,
  turnHost: '{domain}',
  announcesStandardPort: false,
  credentialSeconds: 432_000,
  credentials: 'fresh',
  secret: 'own',
  turn: 'on',
  answersBinding: true,
  realm: '{domain}',
  acceptsWrongPassword: false,
  acceptsExpired: false,
  requiresLogin: true,
  refusesGoodCredentials: false,
  relays: 'both-ways',
  ignoresPermissions: false,
  channels: true,
  refresh: true,
  refusesWithoutPlace: true,
  allocationSeconds: 600,
  allocations: 1_000,
  irohRelay: 'https://{domain}',
  iroh: { served: true, upgrades: true, pingStatus: 200, answersChallenge: true },
}
