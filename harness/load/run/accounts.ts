// The accounts of a load run: those of earlier runs are used again, unless another run has them, new ones are made slowly, and each
// logs in once before the run begins. Used by the run.
import { openImap } from '../../clients/imap.ts'
import { isTurnedAway } from '../../clients/throttling.ts'
import { newCredentials } from '../../host/credentials.ts'
import type { Endpoint, Host } from '../../host/host.ts'
import type { LoadAccount } from '../chatmail/assets.ts'
import { type Consent, demandConsent } from '../chatmail/consent.ts'

/** Logins at the same time, tries for one account, and the pause before the next (a relay makes none while its load is high). */
const atOnce = 4
const tries = 5
const pause = 5_000

/** There are not enough accounts, and no more to be had. */
export class AccountsMissing extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.name = 'AccountsMissing'
    this.hint = hint
  }
}

export interface AccountWork {
  readonly host: Host
  readonly imap: Endpoint
  readonly consent: Consent
  readonly signal: AbortSignal
  readonly say: (text: string) => void
}

/** How many of `count` are known already: for the budget. */
export async function knownAccounts(host: Host, count: number): Promise<number> {
  return Math.min(count, (await usable(host)).length)
}

/** The two that look ordinary give the speed figures of checks, and are spared. */
async function usable({ accounts }: Host): Promise<readonly LoadAccount[]> {
  const known = await accounts.load()
  return known.filter(({ address, origin }) => origin === 'given' || address.startsWith('ci-'))
}

/** Keeps accounts that a run has made under way: a later one can use them. */
export async function remember({ accounts }: Host, made: readonly LoadAccount[]): Promise<void> {
  for (const account of made)
    await accounts.remember({ ...account, origin: 'fresh', created: new Date().toISOString() })
}

/** Throws AccountsMissing. */
export async function prepareAccounts(work: AccountWork, count: number): Promise<readonly LoadAccount[]> {
  const known = [...(await usable(work.host))]
  const ready: LoadAccount[] = []
  let begun = 0
  let failed = false
  const lane = async () => {
    while (begun < count && !failed) {
      begun++
      try {
        const account = await oneMore(work, known)
        if (account === undefined) failed = true
        else ready.push(account)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  if (failed) throw tooFewGiven(count, ready.length)
  return ready
}

function tooFewGiven(wanted: number, usable: number): AccountsMissing {
  const message = `${wanted} accounts are needed, and ${usable} of those given can be used, without those that another run uses`
  return new AccountsMissing(message, 'fewer virtual users need fewer accounts: --vus; or put more into the file')
}

/** Undefined: all that were given are taken, and none may be made. */
async function oneMore(work: AccountWork, known: LoadAccount[]): Promise<LoadAccount | undefined> {
  const { accounts } = work.host
  for (let account = known.shift(); account !== undefined; account = known.shift()) {
    if ((await accounts.claim?.(account.address)) === false) continue
    if (await logsIn(work, account)) return account
    await accounts.forget(account.address)
  }
  if (!accounts.mayCreate) return undefined
  for (let n = 1; ; n++) {
    const account = newCredentials(work.host.domain, work.host.policy)
    if (await logsIn(work, account)) {
      await accounts.claim?.(account.address)
      await remember(work.host, [account])
      return account
    }
    if (n === tries)
      throw new AccountsMissing(`${work.host.label} makes no more accounts: it refused ${tries} in a row`)
    work.say('account creation paused: the server protects itself')
    await wait(pause, work.signal)
  }
}

async function logsIn({ host, imap, consent, signal }: AccountWork, account: LoadAccount): Promise<boolean> {
  demandConsent(imap.address, consent)
  try {
    await using client = await openImap({ endpoint: imap, trust: host.trust, timing: host.timing, signal })
    const reply = await client.login(account.address, account.password)
    return reply.status === 'OK'
  } catch (error) {
    if (isTurnedAway(error)) return false
    throw error
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', aborted)
      resolve()
    }, ms)
    if (signal.aborted) aborted()
    else signal.addEventListener('abort', aborted, { once: true })
  })
}
