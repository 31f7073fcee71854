// How many logins a second: IMAP sessions opened, logged in and closed again, some at a time, for a few seconds. A probe of a capacity run.
import { openMailbox } from '../sessions.ts'
import { type ProbeContext, type Probed, reasonOf } from './types.ts'

const lanes = 8

export async function probeLogins(context: ProbeContext, seconds: number): Promise<Probed> {
  const began = performance.now()
  const until = began + seconds * 1_000
  let count = 0
  let ended: string | undefined
  const lane = async (first: number) => {
    for (let n = first; performance.now() < until && ended === undefined; n += lanes) {
      const account = context.accounts[n % context.accounts.length]
      if (account === undefined) return
      try {
        const { client } = await openMailbox(context, account)
        count++
        await client.logout()
      } catch (error) {
        context.signal.throwIfAborted()
        ended ??= reasonOf(error)
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)))
  const took = (performance.now() - began) / 1_000
  if (count === 0) return { name: 'logins', missing: ended ?? 'no login came to its end' }
  const note = ended === undefined ? `for ${took.toFixed(0)} s` : `until the server said: ${ended}`
  return { name: 'logins', value: count / took, unit: '1/s', note: `${lanes} at a time, ${note}: a lower bound` }
}
