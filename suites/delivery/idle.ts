// Waking devices: what a server owes those who wait in IDLE. That one idle session hears of one message is a matter of the
// area imap; here is what lasts longer and what concerns several devices.
import { check } from '../../harness/check/define.ts'
import { accepted, isTrue } from '../../harness/check/matchers.ts'
import { deliver, letPass, noticedAt, watch } from './scene.ts'

/** Dovecot hibernates idle sessions after 30 s, as chatmail relays configure it. */
const hibernatedAfterMs = 31_000

export const stillNotifiesAfterIdling = check({
  id: 'delivery/still-notifies-after-idling',
  requirement: 'delivery.still-notifies-after-idling',
  title: 'notifies a device that has been idle for half a minute',
  profile: 'list',
  needs: { accounts: 2, messages: 1, cost: 'slow' },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const { client, exists } = await watch(t, bob)
    await letPass(t, hibernatedAfterMs)
    const smtp = await t.submission(alice)
    const outcome = await smtp.send(await t.mail.encrypted(alice, bob))
    t.control('the message is accepted', outcome, accepted)
    const noticed = await noticedAt(client, exists, t.host.timing.arrival)
    const waited = noticed === undefined ? null : Math.max(0, noticed - outcome.times.ended)
    t.measure('notice-after-idling', `from 250 to EXISTS, after ${hibernatedAfterMs / 1_000} s of idling`, 'ms', [
      waited,
    ])
    t.expect('the idle session is told of the new message', noticed !== undefined, isTrue)
  },
})

export const wakesEveryDevice = check({
  id: 'delivery/wakes-every-device',
  requirement: 'delivery.wakes-every-device',
  title: 'notifies all devices of an account, not only one',
  profile: 'list',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const devices = [await watch(t, bob), await watch(t, bob), await watch(t, bob)]
    await deliver(t, alice, await t.mail.encrypted(alice, bob))
    const until = t.now() + t.host.timing.arrival
    for (const [at, { client, exists }] of devices.entries()) {
      const noticed = await noticedAt(client, exists, until - t.now())
      t.expect(`device ${at + 1} of ${devices.length} is told of the new message`, noticed !== undefined, isTrue)
    }
  },
})
