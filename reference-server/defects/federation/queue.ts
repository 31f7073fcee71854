// Defects of what becomes of mail that another server does not take.
import type { Defect } from '../types.ts'

export const queueDefects = {
  'loses-deferred-mail': {
    violates: 'federation.tries-again',
    title: 'forgets what another server did not take at once',
    alsoFails: ['federation/gives-up-in-time'],
    behaviour: { outbound: { queue: { deferred: 'lost' } } },
  },
  'returns-deferred-mail': {
    violates: 'federation.tries-again',
    title: 'returns at once what another server did not take',
    behaviour: { outbound: { queue: { deferred: 'returned' } } },
  },
  'tries-again-after-a-week': {
    violates: 'federation.tries-again',
    title: 'lets a week pass between two tries',
    behaviour: { outbound: { queue: { firstRetrySeconds: 604_800, longestRetrySeconds: 604_800 } } },
  },
  'takes-4xx-for-final': {
    violates: 'federation.tries-again',
    title: 'takes a temporary refusal for a final one',
    behaviour: { outbound: { transport: { temporaryIsPermanent: true } } },
  },
  'tries-for-a-month': {
    violates: 'federation.gives-up-in-time',
    title: 'keeps what cannot be delivered for a month',
    behaviour: { outbound: { queue: { lifetimeDays: 30 } } },
  },
  'drops-refused-mail': {
    violates: 'federation.returns-refused-mail',
    title: 'drops what another server refuses',
    alsoFails: ['federation/gives-up-in-time', 'federation/honours-null-mx', 'delivery/bounces-unknown-domain'],
    behaviour: { outbound: { queue: { undeliverable: 'dropped' } } },
  },
  'reports-to-own-users-alone': {
    violates: 'federation.reports-to-other-servers',
    title: 'tells only its own users of mail that cannot be delivered',
    behaviour: { delivery: { bouncesTo: 'own-users' } },
  },
  'takes-5xx-for-temporary': {
    violates: 'federation.returns-refused-mail',
    title: 'tries again for days what another server refused for good',
    behaviour: { outbound: { transport: { retriesPermanent: true } } },
  },
  'keeps-the-reason': {
    violates: 'federation.says-why',
    title: 'does not say why another server refused a message',
    behaviour: { outbound: { queue: { reportsReason: false } } },
  },
  'gives-up-on-all': {
    violates: 'federation.spares-other-recipients',
    title: 'sends to nobody when one recipient is refused',
    behaviour: { outbound: { transport: { refusalOfOne: 'for-all' } } },
  },
  'ignores-null-mx': {
    violates: 'federation.honours-null-mx',
    title: 'delivers to domains that say they take no mail',
    behaviour: { outbound: { route: { nullMx: 'ignored' } } },
  },
} as const satisfies Record<string, Defect>
