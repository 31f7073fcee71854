// Checks of a session that waits in IDLE for ten minutes, as a phone in a pocket does. Used by the suite of the area limits.
import { batch } from '../../harness/check/define.ts'
import { attempt, imapOk, satisfies } from '../../harness/check/matchers.ts'
import type { CheckMeta } from '../../harness/check/types.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { letPass } from '../delivery/scene.ts'
import { openInbox } from '../imap/scene.ts'

const minute = 60_000

/** Delta Chat core asks anew after five minutes without a line. */
const patience = 5 * minute
const whole = 10 * minute

const holds: CheckMeta = {
  id: 'limits/holds-idle-sessions',
  requirement: 'limits.holds-idle-sessions',
  title: 'holds a session that has been idle for ten minutes',
  profile: 'full',
}

const speaks: CheckMeta = {
  id: 'limits/speaks-to-idle-sessions',
  requirement: 'limits.speaks-to-idle-sessions',
  title: 'says a line to an idle session within five minutes',
  profile: 'full',
}

export const idleSessions = batch({
  id: 'limits/idle-sessions',
  needs: { accounts: 1, cost: 'slow', letsMinutesPass: true, deadline: whole + minute },
  members: [holds, speaks],
  async run(t, members) {
    const [account] = await t.accounts(1)
    const { client } = await openInbox(t, account)
    const idle = await client.idle()
    // What was to be told anyway is no sign of life.
    client.events()
    await letPass(t, patience)
    const line = await attempt(client.waitFor(({ type }) => type !== 'BYE', t.host.timing.reply))
    if (!(line instanceof WireError)) t.member(speaks.id).expect('a line in five minutes', line?.type, aLine)
    else t.member(speaks.id).leave('undecided', 'the session ended before')
    if (!members.some(({ id }) => id === holds.id)) return
    if (!(line instanceof WireError)) await letPass(t, whole - patience)
    const reply = await attempt(idle.done())
    // Silence, and a reset, may be the doing of something on the way that forgets quiet connections.
    if (reply instanceof WireError && reply.code !== 'closed') throw reply
    t.member(holds.id).expect('DONE after ten minutes', reply, imapOk)
  },
})

const aLine = satisfies<string | undefined>(
  'any',
  (got) => got !== undefined,
  (got) => got ?? 'none',
)
