// Defects about IDLE and about what sessions hear of each other.
import type { Defect } from '../types.ts'

export const imapUpdateDefects = {
  'answers-idle-at-once': {
    violates: 'imap.idles',
    title: 'ends IDLE at once with OK',
    behaviour: { imap: { idle: { continuation: 'tagged-ok' } } },
  },
  'calls-done-bad': {
    violates: 'imap.idles',
    title: 'answers BAD to DONE',
    behaviour: { imap: { idle: { doneReply: 'bad' } } },
  },
  'hangs-up-at-done': {
    violates: 'imap.idles',
    title: 'closes the connection at DONE',
    behaviour: { imap: { idle: { done: 'disconnects' } } },
  },
  'never-notifies': {
    violates: 'imap.notifies-while-idle',
    title: 'says nothing during IDLE',
    alsoFails: [
      'delivery/arrives-under-a-second',
      'delivery/notifies-at-once',
      'delivery/still-notifies-after-idling',
      'delivery/wakes-every-device',
      'imap/notifies-in-next-idle',
      'imap/tells-mail-from-before-idle',
    ],
    behaviour: { imap: { idle: { notifies: 'never' } } },
  },
  'notifies-at-done': {
    violates: 'imap.notifies-while-idle',
    title: 'tells of new mail only when IDLE ends',
    alsoFails: [
      'delivery/arrives-under-a-second',
      'delivery/notifies-at-once',
      'delivery/still-notifies-after-idling',
      'delivery/wakes-every-device',
      'imap/notifies-in-next-idle',
      'imap/tells-mail-from-before-idle',
    ],
    behaviour: { imap: { idle: { notifies: 'at-done' } } },
  },
  'miscounts-exists': {
    violates: 'imap.notifies-while-idle',
    title: 'tells one message too few by EXISTS',
    alsoFails: [
      'delivery/still-notifies-after-idling',
      'delivery/wakes-every-device',
      'imap/notifies-in-next-idle',
      'imap/reports-new-mail-on-noop',
      'imap/tells-mail-from-before-idle',
    ],
    behaviour: { imap: { updates: { exists: 'one-low' } } },
  },
  'forgets-idler-after-notice': {
    violates: 'imap.notifies-in-next-idle',
    title: 'forgets a session after the first message it told it of',
    alsoFails: ['delivery/arrives-under-a-second', 'delivery/notifies-at-once'],
    behaviour: { imap: { idle: { forgetsAfterNotices: 1 } } },
  },
  'forgets-mail-from-before-idle': {
    violates: 'imap.tells-mail-from-before-idle',
    title: 'never tells of mail that came just before IDLE',
    alsoFails: ['imap/expunges-on-command'],
    behaviour: { imap: { idle: { pending: 'forgotten' }, updates: { otherCommands: 'silent' } } },
  },
  'selects-what-was-announced': {
    violates: 'imap.shows-new-mail-at-select',
    title: 'shows with SELECT only mail that it told of before',
    behaviour: { imap: { select: { freshness: 'what-was-announced' } } },
  },
  'selects-as-at-login': {
    violates: 'imap.shows-new-mail-at-select',
    title: 'shows with SELECT only mail that was there at login',
    alsoFails: ['imap/prefetches-headers'],
    behaviour: { imap: { select: { freshness: 'as-at-login' } } },
  },
  'noop-tells-nothing': {
    violates: 'imap.reports-new-mail-on-noop',
    title: 'tells nothing at NOOP',
    alsoFails: ['imap/tells-expunges-to-other-sessions', 'imap/tells-flags-to-other-sessions'],
    behaviour: { imap: { updates: { noop: 'silent' } } },
  },
  'tells-one-message-too-many': {
    violates: 'imap.reports-new-mail-on-noop',
    title: 'tells one message too many by EXISTS',
    behaviour: { imap: { updates: { exists: 'one-high' } } },
  },
  'tells-flags-of-wrong-message': {
    violates: 'imap.tells-flags-to-other-sessions',
    title: 'tells sessions of flags that others set, with the number of the next message',
    behaviour: { imap: { updates: { flags: 'of-next' } } },
  },
  'hides-flags-from-others': {
    violates: 'imap.tells-flags-to-other-sessions',
    title: 'does not tell sessions of flags that others set',
    behaviour: { imap: { updates: { flags: 'absent' } } },
  },
  'removes-messages-during-fetch': {
    violates: 'imap.tells-expunges-to-other-sessions',
    title: 'tells sessions of messages that others removed while FETCH counts them',
    behaviour: { imap: { updates: { expungeDuringFetch: 'sent' } } },
  },
  'hides-expunges-from-others': {
    violates: 'imap.tells-expunges-to-other-sessions',
    title: 'does not tell sessions of messages that others removed',
    alsoFails: ['imap/expunges-on-command'],
    behaviour: { imap: { updates: { expunges: 'absent' } } },
  },
} as const satisfies Record<string, Defect>
