// Defects of waking devices: phones that sleep on, are woken for nothing, or for what is not theirs.
import type { Defect } from './types.ts'

export const pushDefects = {
  'wakes-no-device': {
    violates: 'push.notifies-of-mail',
    title: 'takes device tokens and wakes nobody',
    behaviour: { push: { notifies: 'nobody' } },
  },
  'wakes-first-device-only': {
    violates: 'push.notifies-each-device',
    title: 'wakes one device of each user',
    behaviour: { push: { wakes: 'first-device' } },
  },
  'wakes-for-own-mail': {
    violates: 'push.spares-own-mail',
    title: 'wakes a device for mail that its user wrote',
    behaviour: { push: { notifies: 'every' } },
  },
  'wakes-everyone': {
    violates: 'push.wakes-recipients-only',
    title: 'wakes the devices of all users at each message',
    alsoFails: ['push/notifies-each-device', 'push/spares-own-mail', 'push/waits-between-tries'],
    behaviour: { push: { wakes: 'everyone' } },
  },
  'keeps-gone-devices': {
    violates: 'push.forgets-gone-devices',
    title: 'keeps the tokens of devices that are gone',
    behaviour: { push: { goneTokens: 'kept' } },
  },
  'pushes-once-only': {
    violates: 'push.tries-again',
    title: 'gives a notification up after one try',
    behaviour: { push: { delaysSeconds: [0] } },
  },
  'hammers-push-service': {
    violates: 'push.waits-between-tries',
    title: 'tries a push service in trouble again at once',
    behaviour: { push: { delaysSeconds: [0, 0, 0, 0, 0] } },
  },
} as const satisfies Record<string, Defect>
