// A target of the command line becomes a Host: discovery finds a relay, or the reference server is started here.
import { resolve } from 'node:path'
import { discoverHost } from '../../harness/discovery/discover.ts'
import { givenAccountStore, readGivenAccounts } from '../../harness/discovery/given-accounts.ts'
import { stateDirectory } from '../../harness/discovery/state-directory.ts'
import type { Budget, Host } from '../../harness/host/host.ts'
import { parseHostName } from '../../harness/host/host-name.ts'
import { nearest } from '../../harness/host/nearest.ts'
import { TargetError } from '../../harness/host/target-error.ts'
import { paced } from '../../reference-server/behaviour/pace.ts'
import type { Reference } from '../../reference-server/index.ts'
import { commandNames } from '../commands/names.ts'
import type { Io } from '../io.ts'
import { openCheckedReference } from '../open-reference.ts'
import type { CheckOptions } from '../options.ts'
import type { Target } from '../target.ts'
import { UsageError } from '../usage-error.ts'
import { expireBy } from './expire-command.ts'
import type { Inputs } from './inputs.ts'

export interface Opened {
  readonly host: Host
  readonly reference: boolean
  readonly network?: Reference['network']
  close(): Promise<void>
}

/** A host that cannot be checked, and why. */
export interface Unreached {
  readonly text: string
  readonly error: TargetError
  /** What looking for it took. */
  readonly seconds?: number
}

export interface Surroundings {
  readonly io: Io
  readonly signal: AbortSignal
  readonly say: (text: string) => void
  /** Of a reference server already started: another one joins it, so that they exchange mail. */
  readonly network?: Reference['network'] | undefined
}

/** Flags that say how a host is reached. */
export type ReachOptions = Pick<
  CheckOptions,
  'accounts' | 'fresh' | 'pin' | 'trustPresented' | 'dns' | 'resolve' | 'connect' | 'family' | 'wait'
> &
  Partial<Pick<CheckOptions, 'expireCommand'>>

/** What was read from files that flags name, and what the run may do. */
export interface ReachInputs extends Pick<Inputs, 'ca' | 'policy'> {
  readonly iOperate: boolean
  readonly budget: Budget
  /** A visit that began then goes on, milliseconds since 1970. */
  readonly visitedSince?: number
}

/** Throws what is the user's to mend (UsageError, TargetError of that kind); gives back what is the host's. */
export async function openTarget(
  target: Target,
  options: ReachOptions,
  inputs: ReachInputs,
  around: Surroundings,
): Promise<Opened | Unreached> {
  if (target.kind === 'reference') {
    const { kind: _, pace, ...wanted } = target
    const overrides = pace === undefined ? {} : { overrides: paced(pace) }
    const options = { ...wanted, ...overrides, ...(around.network ? { network: around.network } : {}) }
    const { host, reference, close } = await openCheckedReference(options, target.text)
    return { host, reference: true, network: reference.network, close }
  }
  suggestCommand(target.text)
  try {
    const host = await discover(target.text, options, inputs, around)
    return { host, reference: false, close: async () => {} }
  } catch (error) {
    if (error instanceof TargetError && !error.isUsage) return { text: target.text, error }
    throw error
  }
}

export async function closeAll(opened: readonly Opened[]): Promise<void> {
  await Promise.allSettled(opened.map((item) => item.close()))
}

/** `chatmail-check lst` is a mistyped command and no host in the local network. */
function suggestCommand(text: string): void {
  if (/[.:[_@]/.test(text)) return
  const command = nearest(text, commandNames)
  if (command === undefined) return
  throw new UsageError(
    `"${text}" is neither a command nor a domain`,
    `did you mean the command ${command}? For a host write ${text}.`,
  )
}

async function discover(text: string, options: ReachOptions, inputs: ReachInputs, around: Surroundings): Promise<Host> {
  const given =
    options.accounts === undefined ? undefined : await readGivenAccounts(resolve(around.io.cwd, options.accounts))
  const host = await discoverHost(text, {
    accounts: given && givenAccountStore(given, parseHostName(text).domain),
    fresh: options.fresh,
    state: stateDirectory(around.io.env),
    ca: inputs.ca.length === 0 ? undefined : inputs.ca,
    pin: options.pin,
    trustPresented: options.trustPresented,
    dns: options.dns,
    resolve: options.resolve,
    connect: options.connect,
    family: options.family,
    waitMs: options.wait,
    policy: inputs.policy,
    powers:
      options.expireCommand === undefined
        ? {}
        : { expire: expireBy(options.expireCommand, around.io.cwd, around.signal) },
    iOperate: inputs.iOperate,
    visitedSince: inputs.visitedSince,
    budget: inputs.budget,
    signal: around.signal,
    onProgress: around.say,
  })
  return given === undefined ? host : { ...host, notes: [...host.notes, ...given.notes] }
}
