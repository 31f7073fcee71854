// What a run leaves on a relay: the accounts that are kept for the next run, and until when. Said after a live run.
import { readdir } from 'node:fs/promises'
import type { Host } from '../../harness/host/host.ts'
import { count } from '../../reports/words.ts'

const sources = { declared: 'as its policy declares', discovered: 'as it says', default: 'unless it chose otherwise' }

/** Says nothing where no account of ours is left: given accounts, or none that could be made. */
export async function tellRemaining(host: Host, say: (text: string) => void): Promise<void> {
  const { folder } = host.accounts
  if (folder === undefined) return
  const leased = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).length
  // One more holds mail for a later run to look after.
  const kept = leased + ((await host.plot?.load()) === undefined ? 0 : 1)
  if (kept === 0) return
  const { value: days, from } = host.policy.idleAccountDays
  const them = kept === 1 ? 'it' : 'them'
  say(
    `${count(kept, 'account')} ${kept === 1 ? 'remains' : 'remain'} on ${host.label}, kept for the next run in ${folder}.\n` +
      `The relay removes ${them} after ${count(days, 'day')} without login (${sources[from]}).`,
  )
}
