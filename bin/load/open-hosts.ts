// The way from arguments to hosts that may get load: reads the flags, opens the hosts, hears their operators, tells what went wrong.
// Used by load and load export.
import { budgetFor } from '../../harness/check/budget.ts'
import type { Host } from '../../harness/host/host.ts'
import { TargetError } from '../../harness/host/target-error.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import type { Consent } from '../../harness/load/chatmail/consent.ts'
import { tokenFor, whyNotShown } from '../../harness/load/chatmail/operator-token.ts'
import { AccountsMissing } from '../../harness/load/run/accounts.ts'
import { ThreadFailed } from '../../harness/load/run/thread-handle.ts'
import { OptionsError } from '../../harness/load/schedule/scenario-options.ts'
import { ThresholdError } from '../../harness/load/thresholds/expression.ts'
import { readInputs } from '../check/inputs.ts'
import { closeAll, type Opened, openTarget } from '../check/open-target.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../interruption.ts'
import type { Io } from '../io.ts'
import { type CheckOptions, readOptions } from '../options.ts'
import { tellUnused } from '../reaching-flags.ts'
import { parseTarget } from '../target.ts'
import { UsageError } from '../usage-error.ts'
import { demandFolder } from '../write-folder.ts'
import { consentOfAll, demandWord } from './consent.ts'
import { type LoadOptions, type RawLoadFlags, readLoadOptions } from './load-options.ts'
import { loadSecret } from './load-secret.ts'
import { readArguments, type Scenario } from './scenarios.ts'

const noRelay = 'No relay named: load goes to the built-in reference server. This says nothing about yours.'

export interface LoadHosts {
  readonly load: LoadOptions
  readonly options: CheckOptions
  readonly scenario: Scenario
  readonly opened: readonly Opened[]
  readonly hosts: readonly Host[]
  readonly io: Io
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

/** `work` gives the exit code; the hosts are closed after it. Throws UsageError, TargetError. */
export async function withLoadHosts(
  args: readonly string[],
  raw: RawLoadFlags,
  io: Io,
  work: (opened: LoadHosts) => Promise<number>,
): Promise<number> {
  const load = readLoadOptions(raw)
  const {
    vus: _vus,
    duration: _d,
    rate: _r,
    stage: _s,
    threshold: _t,
    env: _e,
    threads: _n,
    segment: _g,
    ...common
  } = raw
  const options = readOptions(common)
  const { scenario, hosts: named } = readArguments(args, io.cwd)
  const targets = (named.length === 0 ? builtIn(scenario) : named).map(parseTarget)
  // The word of operators is asked for here host by host, also of several.
  const inputs = await readInputs(targets.length > 1 ? { ...options, iOperate: [] } : options, targets, [], io.cwd)
  const say = (text: string): void => {
    if (!options.quiet) io.stderr.write(`${text}\n`)
  }
  await demandFolder(options.out, io.cwd, '--out')
  if (named.length === 0) io.stderr.write(`${noRelay}\n`)
  tellUnused(targets, options, io)
  const interruption = interruptible(io, () => io.stderr.write('\nStopping. ^C again stops at once.\n'))
  const { signal } = interruption
  const opened: Opened[] = []
  try {
    for (const { kind, text } of targets) if (kind === 'host') await demandWord(text, options, options.iOperate)
    for (const target of targets) {
      const { network } = opened[0] ?? {}
      const iOperate = options.iOperate.some((name) => name.toLowerCase() === target.text.toLowerCase())
      const reach = { ...inputs, iOperate, budget: budgetFor(inputs.selection) }
      const outcome = await openTarget(target, options, reach, { io, signal, say, network })
      if ('error' in outcome) throw outcome.error
      opened.push(outcome)
    }
    const hosts = opened.map(({ host }) => host)
    demandDifferent(hosts)
    return await work({ load, options, scenario, opened, hosts, io, say, signal })
  } catch (error) {
    // Before there was anything to tell.
    if (signal.aborted) return exitCodes.interrupted
    throw error
  } finally {
    interruption.release()
    await closeAll(opened)
  }
}

/** Throws UsageError when one of the hosts may not get load. */
export function askOperators(
  hosts: readonly Host[],
  { options, io, signal }: Pick<LoadHosts, 'options' | 'io' | 'signal'>,
): Promise<Consent> {
  return consentOfAll(hosts, {
    iOperate: options.iOperate,
    token: (host) => tokenOf(host, io),
    whyNotShown: (host, address, token) => whyNotShown(host, address, token, signal),
  })
}

export async function tokenOf({ domain }: Pick<Host, 'domain'>, io: Io): Promise<string> {
  return tokenFor(await loadSecret(io.env), domain)
}

/** Mail from a domain to itself goes nowhere else. Throws UsageError. */
function demandDifferent([one, other]: readonly Host[]): void {
  if (one === undefined || other === undefined || one.domain !== other.domain) return
  const hint = one.label.startsWith('@') ? 'give one of them a domain: @reference:domain=other.test' : undefined
  throw new UsageError(`${one.label} and ${other.label} are both ${one.domain}`, hint)
}

/** Without a host the server is built in; where mail goes from one to another, there are two. */
function builtIn({ name }: Scenario): readonly string[] {
  return name === 'federation' ? ['@reference', '@reference:domain=other.test'] : ['@reference']
}

/** What is the scenario's fault, or the flags', is told as such. */
export async function explained<T>(outcome: Promise<T>, scenario: Scenario): Promise<T> {
  try {
    return await outcome
  } catch (cause) {
    if (cause instanceof OptionsError || cause instanceof ThresholdError) {
      throw new UsageError(`${scenario.name}: ${cause.message}`, 'docs/load.md has options and thresholds', { cause })
    }
    if (cause instanceof ThreadFailed && cause.blame === 'scenario') {
      throw new UsageError(`${scenario.name}: ${cause.message}`, 'see docs/load.md for what a scenario file may do', {
        cause,
      })
    }
    if (cause instanceof AccountsMissing) {
      throw new TargetError('nothing-answers', cause.message, {
        hint: cause.hint ?? 'wait a while, or bring accounts: --accounts FILE',
        cause,
      })
    }
    if (cause instanceof WireError) throw new TargetError('nothing-answers', cause.message, { cause })
    throw cause
  }
}
