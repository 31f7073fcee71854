// Defects about speed, about waking devices, and about losses that few messages do not show.
import type { Defect } from '../types.ts'

export const arrivalDefects = {
  'delivers-a-third-late': {
    violates: 'delivery.arrives-under-a-second',
    title: 'leaves every third message in the queue for more than a second',
    alsoFails: ['federation/delivers-in-a-second'],
    behaviour: { delivery: { delayMs: 1_300, delaysEvery: 3 } },
  },
  'notifies-late': {
    violates: 'delivery.arrives-under-a-second',
    title: 'looks for new mail only every 1.2 seconds while a device idles',
    alsoFails: ['delivery/notifies-at-once'],
    behaviour: { imap: { idle: { notifyDelayMs: 1_200 } } },
  },
  'notifies-after-a-while': {
    violates: 'delivery.notifies-at-once',
    title: 'waits 400 ms for more mail to come before it tells an idle device',
    behaviour: { imap: { idle: { notifyDelayMs: 400 } } },
  },
  'greets-late': {
    violates: 'delivery.greets-at-once',
    title: 'holds its greeting on submission back for 40 ms, as a delayed ACK does',
    behaviour: { submission: { greetingDelayMs: 43 } },
  },
  'forgets-idle-session': {
    violates: 'delivery.still-notifies-after-idling',
    title: 'loses idle sessions when it hibernates them after 30 s',
    cost: 'slow',
    behaviour: { imap: { idle: { forgetsAfterMs: 30_000 } } },
  },
  'cuts-idle-session': {
    violates: 'delivery.still-notifies-after-idling',
    title: 'has a proxy in front that closes connections after 30 s of silence',
    cost: 'slow',
    alsoFails: ['limits/holds-idle-sessions'],
    behaviour: { imap: { idle: { closesAfterMs: 30_000 } } },
  },
  'wakes-newest-device': {
    violates: 'delivery.wakes-every-device',
    title: 'tells only the newest session of an account that mail has come',
    behaviour: { imap: { updates: { sessions: 'newest' } } },
  },
  'loses-one-in-ninety': {
    violates: 'delivery.never-loses',
    title: 'accepts every message, and loses one in ninety',
    cost: 'bulk',
    behaviour: { delivery: { losesEvery: 90 } },
  },
  'doubles-one-in-ninety': {
    violates: 'delivery.never-duplicates',
    title: 'delivers one message in ninety twice',
    cost: 'bulk',
    behaviour: { delivery: { duplicatesEvery: 90 } },
  },
  'swaps-messages': {
    violates: 'delivery.keeps-order',
    title: 'delivers by several processes, so that messages overtake each other',
    behaviour: { delivery: { reordersPairs: true } },
  },
  'marks-new-mail-read': {
    violates: 'delivery.delivers-unread',
    title: 'has a Sieve rule that marks new mail as seen',
    behaviour: { delivery: { flags: ['\\Seen'] } },
  },
  'marks-new-mail-deleted': {
    violates: 'delivery.delivers-unread',
    title: 'has a Sieve rule that marks new mail as deleted',
    behaviour: { delivery: { flags: ['\\Deleted'] } },
  },
  'stamps-date-header': {
    violates: 'delivery.stamps-arrival-time',
    title: 'takes INTERNALDATE from the Date of the message',
    behaviour: { delivery: { internalDate: 'date-header' } },
  },
  'stamps-epoch': {
    violates: 'delivery.stamps-arrival-time',
    title: 'gives every message the INTERNALDATE of 1970',
    alsoFails: ['federation/gives-up-in-time'],
    behaviour: { delivery: { internalDate: 'epoch' } },
  },
} as const satisfies Record<string, Defect>
