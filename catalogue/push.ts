// What a chatmail server owes phones that sleep: to wake them when mail comes, and nobody else.
import type { Requirement, Source } from './types.ts'

const notifier: Source = { title: 'chatmail/relay 1.12, chatmaild/notifier.py' }
const core: Source = { title: 'chatmail/core, src/push.rs' }
const service =
  'systemctl status chatmail-metadata; journalctl -u chatmail-metadata. https://notifications.delta.chat must be reachable from the server.'
const fix = {
  relay: `Delivery tells the metadata service by push_lua in dovecot.conf. ${service}`,
  madmail: 'Turn push on: it is off by default.',
  any: 'Post each device token of the recipient to the notification service when mail is delivered.',
} as const

const common = { level: 'should', basis: 'deployed-practice', impact: 'speed', promise: 'speed' } as const

export const push = {
  'push.notifies-of-mail': {
    ...common,
    text: 'Tells the push service of a device when mail for its owner comes.',
    why: 'A phone that sleeps holds no connection: without the push its user sees the message hours later.',
    sources: [notifier, core],
    covers: ['PUSH-1'],
    fix,
  },
  'push.notifies-each-device': {
    ...common,
    text: 'Tells the push service of each device of a user once for a message.',
    why: 'People have a phone and a tablet, and no battery to spare for being woken twice.',
    sources: [notifier],
    covers: ['PUSH-1'],
    fix,
  },
  'push.spares-own-mail': {
    ...common,
    text: 'Wakes no device for mail that its own user wrote.',
    why: 'Each message goes to oneself as well, for other devices: the phone that sends would wake itself all day.',
    sources: [notifier],
    covers: ['PUSH-1'],
    fix: { ...fix, any: 'Compare the address in From with the owner of the mailbox before anything is posted.' },
  },
  'push.wakes-recipients-only': {
    ...common,
    impact: 'privacy',
    promise: 'privacy',
    text: 'Wakes the devices of those who get mail, and no others.',
    why: 'The push service would learn, and others would feel, that somebody got mail.',
    sources: [notifier],
    covers: ['PUSH-1'],
    fix: { ...fix, any: 'Look the tokens up by the mailbox that the mail was delivered to.' },
  },
  'push.forgets-gone-devices': {
    ...common,
    impact: 'privacy',
    promise: 'privacy',
    text: 'Forgets a device token when the push service answers 410.',
    why: 'Who took the app off the phone wants to leave no trace, and the push service is asked in vain at every message.',
    sources: [notifier],
    covers: ['PUSH-2'],
    fix: { relay: service, any: 'Take the token out of the metadata of its owner on the answer 410.' },
  },
  'push.tries-again': {
    ...common,
    promise: 'reliability',
    text: 'Tells the push service again after a while when it was in trouble.',
    why: 'A service that restarts would otherwise leave people waiting until the next message.',
    sources: [notifier],
    covers: ['PUSH-3'],
    fix: { relay: service, any: 'Keep what could not be posted, and try again after 8, 64 and 512 seconds.' },
  },
  'push.waits-between-tries': {
    ...common,
    impact: 'interop',
    promise: 'interop',
    text: 'Waits before it tries a push service in trouble again.',
    why: 'One service serves all chatmail servers. When each of them hammers it, it does not come up again.',
    sources: [notifier],
    covers: ['PUSH-3'],
    fix: { relay: service, any: 'Wait longer from try to try, as 8, 64 and 512 seconds.' },
  },
} as const satisfies Record<string, Requirement>
