// Checks of whom a server wakes when mail comes. Where somebody must not be woken, another device is woken afterwards: what was
// due before has been heard by then.
import { check } from '../../harness/check/define.ts'
import { atLeast, equals, isTrue } from '../../harness/check/matchers.ts'
import { tokensLater } from '../imap/device-tokens.ts'
import { deliver, register, told, wakeTwice, withNewcomers } from './scene.ts'

const notifiesOfMail = check({
  id: 'push/notifies-of-mail',
  requirement: 'push.notifies-of-mail',
  title: 'tells the push service of mail',
  profile: 'list',
  needs: { powers: ['push'], creates: 2, messages: 1 },
  async run(t) {
    await withNewcomers(t, 2, async (alice, bob) => {
      const token = await register(t, alice)
      await deliver(t, bob, alice)
      await t.eventually('times that the push service was told', async () => told(t, token), atLeast(1))
    })
  },
})

const notifiesEachDevice = check({
  id: 'push/notifies-each-device',
  requirement: 'push.notifies-each-device',
  title: 'tells the push service of each device, once',
  profile: 'list',
  needs: { powers: ['push'], creates: 2, messages: 3 },
  async run(t) {
    await withNewcomers(t, 2, async (alice, bob) => {
      const [phone, tablet, other] = [await register(t, alice), await register(t, alice), await register(t, bob)]
      t.control('both tokens are kept', (await tokensLater(t, alice)).includes(phone), isTrue, {
        coveredBy: 'imap/adds-device-tokens',
      })
      await deliver(t, bob, alice)
      const ofAlice = async () => told(t, phone) + told(t, tablet)
      await t.eventually('a device is woken', ofAlice, atLeast(1), { control: true })
      await wakeTwice(t, alice, bob, other)
      const once = equals(1)
      await t.eventually('times that the push service was told of the first device', async () => told(t, phone), once)
      await t.eventually('times that it was told of the second one', async () => told(t, tablet), once)
    })
  },
})

const sparesOwnMail = check({
  id: 'push/spares-own-mail',
  requirement: 'push.spares-own-mail',
  title: 'wakes nobody for mail to oneself',
  profile: 'list',
  needs: { powers: ['push'], creates: 2, messages: 4 },
  async run(t) {
    await withNewcomers(t, 2, async (alice, bob) => {
      const [own, other] = [await register(t, alice), await register(t, bob)]
      await deliver(t, alice, alice)
      await wakeTwice(t, alice, bob, other)
      t.expect('times that the push service was told of mail to oneself', told(t, own), equals(0))
      await deliver(t, bob, alice)
      await t.eventually('mail of others wakes the device', async () => told(t, own), atLeast(1), { control: true })
    })
  },
})

const wakesRecipientsOnly = check({
  id: 'push/wakes-recipients-only',
  requirement: 'push.wakes-recipients-only',
  title: 'wakes no devices of others',
  profile: 'list',
  needs: { powers: ['push'], creates: 3, messages: 2 },
  async run(t) {
    await withNewcomers(t, 3, async (alice, bob, carol) => {
      const [stranger, recipient] = [await register(t, alice), await register(t, bob)]
      await wakeTwice(t, carol, bob, recipient)
      t.expect('times that the push service was told of the device of a stranger', told(t, stranger), equals(0))
    })
  },
})

export const notifyingChecks = [notifiesOfMail, notifiesEachDevice, sparesOwnMail, wakesRecipientsOnly]
