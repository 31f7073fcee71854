// Defects of limits: too narrow ones, and those that are told in a way that apps cannot live with.
import type { Defect } from './types.ts'

export const limitsDefects = {
  'ignores-announced-size': {
    violates: 'limits.refuses-announced-oversize',
    title: 'lets a message begin whose announced size is over its limit',
    behaviour: { limits: { honoursDeclaredSize: false } },
  },
  'takes-fifty-recipients': {
    violates: 'limits.takes-hundred-recipients',
    title: 'takes at most fifty recipients in a transaction',
    behaviour: { limits: { recipients: 50 } },
  },
  'promises-more-recipients': {
    violates: 'limits.takes-promised-recipients',
    title: 'tells apps of twice the recipients that it takes',
    cost: 'bulk',
    behaviour: {
      limits: { recipients: 500 },
      imap: { metadata: { overrides: { '/shared/vendor/deltachat/maxsmtprecipients': '1000' } } },
    },
  },
  'takes-half-its-rate': {
    violates: 'limits.takes-declared-rate',
    title: 'takes thirty messages a minute where sixty were meant',
    cost: 'slow',
    behaviour: { limits: { perMinute: 30, burst: 10 } },
  },
  'refuses-over-rate-for-good': {
    violates: 'limits.defers-over-rate',
    title: 'refuses for good who sends too fast',
    cost: 'intrusive',
    behaviour: { limits: { rateReply: '554 5.7.1 Too many messages' } },
  },
  'bans-fast-senders': {
    violates: 'limits.recovers-after-rate',
    title: 'takes no mail for an hour from who has sent too fast',
    cost: 'intrusive',
    behaviour: { limits: { rateBlockSeconds: 3_600 } },
  },
  'gives-ten-megabytes': {
    violates: 'limits.gives-hundred-megabytes',
    title: 'gives each user 10 MB',
    behaviour: { imap: { quota: { limitKib: 10_240 } } },
  },
  'asks-for-octets-that-cannot-fit': {
    violates: 'limits.refuses-append-that-cannot-fit',
    title: 'asks for messages that are larger than the mailbox',
    alsoFails: ['limits/gives-hundred-megabytes', 'delivery/delivers-message-of-5-mb'],
    behaviour: { imap: { quota: { limitKib: 2_048 }, append: { overQuota: 'refused-after-literal' } } },
  },
  'holds-few-sessions': {
    violates: 'limits.holds-five-sessions',
    title: 'holds no more than five sessions of an account, idle ones included',
    alsoFails: ['limits/holds-twenty-connections'],
    behaviour: { imap: { limits: { sessionsPerAccount: 5 } } },
  },
  'holds-few-connections': {
    violates: 'limits.holds-twenty-connections',
    title: 'holds no more than 22 IMAP connections from one address',
    behaviour: { imap: { limits: { connectionsPerClient: 22 } } },
  },
  'ends-idle-sessions': {
    violates: 'limits.holds-idle-sessions',
    title: 'cuts sessions off that have been idle for eight minutes',
    cost: 'slow',
    behaviour: { imap: { idle: { closesAfterMs: 480_000 } } },
  },
  'never-speaks-to-idle-sessions': {
    violates: 'limits.speaks-to-idle-sessions',
    title: 'says nothing to idle sessions while there is no news',
    cost: 'slow',
    behaviour: { imap: { idle: { keepaliveMs: 0 } } },
  },
  'bears-bad-commands': {
    violates: 'limits.ends-session-after-errors',
    title: 'answers bad commands without end',
    cost: 'intrusive',
    behaviour: { limits: { errors: 1_000_000 } },
  },
} as const satisfies Record<string, Defect>
