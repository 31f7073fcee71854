// The package as a library: the same run as the command line, without its printing.
import { requirements } from '../catalogue/index.ts'
import { budgetFor } from '../harness/check/budget.ts'
import { type RunEvent, type RunOptions, runChecks } from '../harness/check/run.ts'
import type { Profile } from '../harness/check/types.ts'
import { findCore } from '../harness/deltachat/binary.ts'
import { type DiscoverOptions, discoverHost } from '../harness/discovery/discover.ts'
import type { Host } from '../harness/host/host.ts'
import type { Level, Result } from '../harness/result/schema.ts'
import { suites } from '../suites/index.ts'
import { openCheckedReference } from './open-reference.ts'
import { parseTarget } from './target.ts'
import { toolVersion } from './version.ts'

export { parseKnownFailing } from '../harness/check/known-failing.ts'
export { TargetError } from '../harness/host/target-error.ts'
export { WireError } from '../harness/host/wire-error.ts'
export { result as resultSchema } from '../harness/result/schema.ts'
export type { DiscoverOptions, Host, Level, Profile, Result, RunEvent }
export { discoverHost, requirements, suites }

export interface CheckHostOptions {
  /** Default `quick`. */
  readonly profile?: Profile
  /** Patterns of check ids; when there are any, they alone choose. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  /** Costs allowed beside those of the profile. */
  readonly costs?: RunOptions['selection']['costs']
  /** The caller operates this host: intrusive checks are allowed. */
  readonly iOperate?: boolean
  readonly failOn?: Level
  readonly requireComplete?: boolean
  readonly knownFailing?: RunOptions['knownFailing']
  readonly evidence?: RunOptions['evidence']
  /** Checks at the same time; default 4. */
  readonly jobs?: number
  readonly seed?: number
  /** How to reach the host, when it is named by text. */
  readonly discover?: DiscoverOptions
  readonly interrupt?: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
}

/**
 * Checks one host: a `Host`, a name (`chat.example`, `[192.0.2.1]`, `_chat.example`) or `@reference[:defect=...]`.
 * The verdict is in `gate`, everything else beside it. Throws TargetError when the host cannot be checked at all.
 */
export async function checkHost(target: string | Host, options: CheckHostOptions = {}): Promise<Result> {
  await using opened = await open(target, options)
  return await runChecks({
    hosts: [opened.host],
    suites,
    catalogue: requirements,
    core: await findCore(process.env, process.cwd()),
    selection: selectionOf(options),
    seed: options.seed ?? Math.floor(Math.random() * 0x7fffffff),
    failOn: options.failOn ?? 'must',
    requireComplete: options.requireComplete ?? false,
    knownFailing: options.knownFailing ?? [],
    evidence: options.evidence ?? 'failures',
    interrupt: options.interrupt ?? new AbortController().signal,
    ...(options.onEvent ? { onEvent: options.onEvent } : {}),
    toolVersion: toolVersion(),
    reference: opened.reference,
    options: {},
  })
}

function selectionOf(options: CheckHostOptions): RunOptions['selection'] {
  return {
    profile: options.profile ?? 'quick',
    only: options.only ?? [],
    skip: options.skip ?? [],
    costs: options.costs ?? [],
    iOperate: options.iOperate ?? false,
    jobs: options.jobs ?? 4,
  }
}

async function open(
  target: string | Host,
  options: CheckHostOptions,
): Promise<{ host: Host; reference: boolean } & AsyncDisposable> {
  const nothing = async () => {}
  if (typeof target !== 'string') return { host: target, reference: false, [Symbol.asyncDispose]: nothing }
  const parsed = parseTarget(target)
  if (parsed.kind === 'host') {
    return {
      host: await discoverHost(parsed.text, { budget: budgetFor(selectionOf(options)), ...options.discover }),
      reference: false,
      [Symbol.asyncDispose]: nothing,
    }
  }
  const { host, close } = await openCheckedReference(parsed, target)
  return { host, reference: true, [Symbol.asyncDispose]: close }
}
