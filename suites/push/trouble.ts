// Checks of what a server does when the push service says that a device is gone, or is in trouble itself.
import { check } from '../../harness/check/define.ts'
import { atLeast, equals, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { tokensLater } from '../imap/device-tokens.ts'
import { deliver, register, told, wakeTwice, withNewcomers } from './scene.ts'

const asControl = { control: true } as const

const forgetsGoneDevices = check({
  id: 'push/forgets-gone-devices',
  requirement: 'push.forgets-gone-devices',
  title: 'forgets a device that the push service calls gone',
  profile: 'list',
  needs: { powers: ['push'], creates: 2, messages: 1 },
  async run(t) {
    await withNewcomers(t, 2, async (alice, bob) => {
      const [gone, other] = [await register(t, alice), await register(t, alice)]
      const listed = await tokensLater(t, alice)
      t.control(
        'both tokens are there',
        [gone, other].every((token) => listed.includes(token)),
        equals(true),
        {
          coveredBy: 'imap/adds-device-tokens',
        },
      )
      answerWith(t, gone, 410)
      await deliver(t, bob, alice)
      await t.eventually('the push service is told of it', async () => told(t, gone), atLeast(1), asControl)
      await t.eventually(
        'the tokens afterwards',
        () => tokensLater(t, alice),
        satisfies(
          'the other one only',
          (tokens) => tokens.includes(other) && !tokens.includes(gone),
          (tokens) => `${tokens.includes(gone) ? 'the gone one' : 'not the gone one'} among ${tokens.length}`,
        ),
      )
    })
  },
})

/** Relays wait for 8 seconds before the second try. */
const untilSecondTry = 30_000

const triesAgain = check({
  id: 'push/tries-again',
  requirement: 'push.tries-again',
  title: 'tells a push service in trouble again',
  profile: 'list',
  needs: { powers: ['push', 'clock'], creates: 2, messages: 1, alone: true },
  async run(t) {
    await withNewcomers(t, 2, async (alice, bob) => {
      const token = await register(t, alice)
      answerWith(t, token, 503)
      await deliver(t, bob, alice)
      await t.eventually('the push service is told of it', async () => told(t, token), atLeast(1), asControl)
      answerWith(t, token, 200)
      t.note('half a minute passes on the host')
      await t.host.powers.clock?.advance(untilSecondTry)
      await t.eventually('times that it was told after the trouble', async () => told(t, token), atLeast(2))
    })
  },
})

const waitsBetweenTries = check({
  id: 'push/waits-between-tries',
  requirement: 'push.waits-between-tries',
  title: 'does not hammer a push service in trouble',
  profile: 'list',
  needs: { powers: ['push'], creates: 2, messages: 3, alone: true },
  async run(t) {
    await withNewcomers(t, 2, async (alice, bob) => {
      const [token, other] = [await register(t, alice), await register(t, bob)]
      answerWith(t, token, 503)
      await deliver(t, bob, alice)
      await t.eventually('the push service is told of it', async () => told(t, token), atLeast(1), asControl)
      await wakeTwice(t, alice, bob, other)
      t.expect('times that it was told while others got mail', told(t, token), equals(1))
      answerWith(t, token, 410)
    })
  },
})

function answerWith(t: CheckContext, token: string, status: number): void {
  t.note(`the push service answers ${status} from now on`)
  t.host.powers.push?.answer(token, status)
}

export const troubleChecks = [forgetsGoneDevices, triesAgain, waitsBetweenTries]
