// Defects of the way to other servers.
import type { Defect } from '../types.ts'

export const elsewhereDefects = {
  'sends-by-https-alone': {
    violates: 'federation.delivers-elsewhere',
    title: 'knows no way to other servers but /mxdeliv',
    alsoFails: [
      'federation/falls-back-to-smtp',
      'federation/reaches-every-recipient',
      'federation/follows-mx-order',
      'federation/tries-next-mx',
      'federation/delivers-without-mx',
      'federation/waits-for-slow-servers',
      'federation/reaches-private-names',
      'federation/returns-refused-mail',
      'federation/reports-to-other-servers',
    ],
    behaviour: { outbound: { transport: { https: 'only' } } },
  },
  'gives-up-at-any-web-server': {
    violates: 'federation.falls-back-to-smtp',
    title: 'sends no mail to servers whose web server answers /mxdeliv with an error',
    behaviour: { outbound: { transport: { https: 'until-answered' } } },
  },
  'sends-by-smtp-alone': {
    violates: 'federation.uses-https',
    title: 'posts nothing to /mxdeliv of other servers',
    behaviour: { outbound: { transport: { https: 'never' } } },
  },
  'sends-in-turns': {
    violates: 'federation.delivers-in-a-second',
    title: 'empties its queue by a timer',
    behaviour: { outbound: { queue: { holdSeconds: 1.3 } } },
  },
  'sends-to-first-recipient': {
    violates: 'federation.reaches-every-recipient',
    title: 'sends to the first recipient of a domain only',
    alsoFails: ['federation/spares-other-recipients'],
    behaviour: { outbound: { queue: { recipients: 'first' } } },
  },
  'sends-to-each-apart': {
    violates: 'federation.groups-recipients',
    title: 'sends a copy to each recipient of a domain',
    behaviour: { outbound: { queue: { transactions: 'per-recipient' } } },
  },
  'sends-twice': {
    violates: 'federation.delivers-once',
    title: 'sends everything twice',
    alsoFails: ['federation/reaches-every-recipient'],
    behaviour: { outbound: { queue: { copies: 2 } } },
  },
  'prefers-spare-exchanges': {
    violates: 'federation.follows-mx-order',
    title: 'tries the exchange with the highest preference number first',
    behaviour: { outbound: { route: { order: 'reversed' } } },
  },
  'tries-one-exchange': {
    violates: 'federation.tries-next-mx',
    title: 'tries one exchange of a domain only',
    behaviour: { outbound: { route: { exchanges: 'first' } } },
  },
  'wants-mx-records': {
    violates: 'federation.delivers-without-mx',
    title: 'delivers to no domain without an MX record',
    behaviour: { outbound: { route: { implicitMx: false } } },
  },
  'calls-itself-localhost': {
    violates: 'federation.says-its-name',
    title: 'calls itself localhost in EHLO',
    behaviour: { outbound: { transport: { ehloName: 'localhost' } } },
  },
  'waits-for-nobody': {
    violates: 'federation.waits-for-slow-servers',
    title: 'hangs up when a server does not answer within a second',
    behaviour: { outbound: { transport: { timeoutSeconds: 1 } } },
  },
  'queues-small-mail-only': {
    violates: 'federation.delivers-large-messages',
    title: 'takes large messages for other servers, and has no room for them in its queue',
    behaviour: { outbound: { queue: { bytes: 2_000_000 } } },
  },
  'loses-one-in-forty-elsewhere': {
    violates: 'federation.delivers-elsewhere',
    title: 'loses one in forty messages for other servers',
    cost: 'bulk',
    behaviour: { outbound: { queue: { losesEvery: 40 } } },
  },
} as const satisfies Record<string, Defect>
