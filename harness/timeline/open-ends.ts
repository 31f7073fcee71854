// The two accounts of a trace: kept ones, given ones or new ones, on one host or on two, leased until the trace is over.
// What arrives meanwhile is deleted at the end. Used by the trace command.
import { type HostRun, type Line, startHostRun } from '../check/host-run.ts'
import type { Host } from '../host/host.ts'
import { namedAccounts } from './named-accounts.ts'
import type { TraceEnds } from './trace-sessions.ts'

export interface NamedEnd {
  readonly host: Host
  /** The name before the @, when the user gave one. */
  readonly user?: string | undefined
}

/** Throws ControlUnmet when the server does not let the accounts in. `line` is that of the accounts' own sessions. */
export async function openEnds(from: NamedEnd, to: NamedEnd, line: Line): Promise<TraceEnds & AsyncDisposable> {
  const runs =
    from.host === to.host ? [runOf(from.host, [from, to], line)] : [from, to].map((end) => runOf(end.host, [end], line))
  const close = async () => {
    await Promise.allSettled(runs.map(({ pool }) => pool.close()))
  }
  try {
    const accounts = []
    const named = [from, to].some(({ user }) => user !== undefined)
    for (const run of runs) accounts.push(...(await lease(run, 2 / runs.length, line, named)))
    const [sender, reader] = accounts
    const [here, there = here] = runs
    if (!here || !there || !sender || !reader) throw new Error('a trace has two ends')
    return { from: here, to: there, sender, reader, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

function runOf(host: Host, ends: readonly NamedEnd[], line: Line): HostRun {
  const named = ends.flatMap(({ user }) => (user === undefined ? [] : [`${user}@${host.domain}`]))
  return startHostRun(
    named.length === 0 ? host : { ...host, accounts: namedAccounts(host.accounts, named) },
    () => line,
  )
}

/** Ordinary-looking accounts where none is named: these figures go into comparisons. The pool deletes what came when it is closed. */
async function lease({ pool, host }: HostRun, n: number, line: Line, named: boolean) {
  const leases = await pool.lease(n, n, line.signal, !named)
  const accounts = leases.map(({ account }) => account)
  for (const account of accounts) {
    // This login has made it.
    if (account.origin === 'given' && host.accounts.mayCreate) await host.accounts.remember(account)
  }
  return accounts
}
