// What a run needs beside its hosts, read from flags and the files they name, and checked before anything is connected.
import { type KnownFailing, KnownFailingError, parseKnownFailing } from '../../harness/check/known-failing.ts'
import { allChecks, type Selection, unmatchedPatterns } from '../../harness/check/plan.ts'
import type { Suite } from '../../harness/check/types.ts'
import { nearest } from '../../harness/host/nearest.ts'
import { type PolicyValues, parsePolicy } from '../../harness/host/policy.ts'
import type { CheckOptions } from '../options.ts'
import { readAuthorities, readTextFile } from '../read-file.ts'
import type { Target } from '../target.ts'
import { UsageError } from '../usage-error.ts'

export interface Inputs {
  readonly selection: Selection
  readonly knownFailing: readonly KnownFailing[]
  readonly policy: PolicyValues | undefined
  /** PEM texts of `--ca`. */
  readonly ca: readonly string[]
  readonly seed: number
  /** Flags that matter for the record. Paths and addresses of the tester are left out. */
  readonly record: Readonly<Record<string, unknown>>
}

/** Throws UsageError, or TargetError for a policy that cannot be read. */
export async function readInputs(
  options: CheckOptions,
  targets: readonly Target[],
  suites: readonly Suite[],
  cwd: string,
): Promise<Inputs> {
  const only = await readPatterns(options.only, suites, cwd, '--only')
  const skip = await readPatterns(options.skip, suites, cwd, '--skip')
  const knownFailing = await readKnownFailing(options.knownFailing, suites, cwd)
  demandFitting(options, targets)
  const policy =
    options.policy === undefined
      ? undefined
      : parsePolicy(await readTextFile(options.policy, cwd, '--policy'), options.policy)
  return {
    selection: {
      ...profileFor(options, targets),
      only,
      skip,
      costs: options.cost,
      iOperate: operates(options, targets),
      jobs: options.jobs,
    },
    knownFailing,
    policy,
    ca: await readAuthorities(options.ca, cwd),
    seed: options.seed ?? Math.floor(Math.random() * 0x7fffffff),
    record: {
      only,
      skip,
      cost: options.cost,
      iOperate: options.iOperate.length > 0,
      requireComplete: options.requireComplete,
      accountsGiven: options.accounts !== undefined,
      policyDeclared: policy !== undefined,
      peer: options.peer !== undefined,
      expireCommand: options.expireCommand !== undefined,
      trustPresented: options.trustPresented,
      ...(options.family === undefined ? {} : { family: options.family }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      jobs: options.jobs,
    },
  }
}

/** Flags that are about live hosts, or about one that the user runs. */
function demandFitting({ peer, expireCommand, iOperate }: CheckOptions, targets: readonly Target[]): void {
  if (peer !== undefined && targets.every(({ kind }) => kind === 'reference')) {
    throw new UsageError('--peer-domain is for live hosts', 'the reference server has a mail domain beside it anyway')
  }
  if (expireCommand === undefined) return
  if (targets.length !== 1 || targets[0]?.kind !== 'host') {
    throw new UsageError(
      '--expire-command is for a single live host',
      'the reference server cleans up when it is asked',
    )
  }
  if (iOperate.length === 0) {
    throw new UsageError(
      '--expire-command cleans up a host that you operate',
      `add --i-operate ${targets[0].text} if it is yours`,
    )
  }
}

/** A defect is looked for by every light check, whatever profile it is in, unless the user chooses. */
function profileFor(options: CheckOptions, targets: readonly Target[]): Pick<Selection, 'profile' | 'lightOnly'> {
  const seeksDefects = targets.some((target) => target.kind === 'reference' && target.defects.length > 0)
  return seeksDefects && !options.profileGiven ? { profile: 'full', lightOnly: true } : { profile: options.profile }
}

/** The reference server is ours to disturb when `--cost intrusive` asks for it; any other host only by its name. */
function operates(options: CheckOptions, targets: readonly Target[]): boolean {
  const lower = (text: string): string => text.toLowerCase()
  const named = new Set(options.iOperate.map(lower))
  for (const name of named) {
    if (!targets.some(({ text }) => lower(text) === name)) {
      throw new UsageError(`--i-operate ${name} is not one of the hosts of this run`, 'write it as the host is written')
    }
  }
  const wanted = options.cost.includes('intrusive')
  const notOurs = targets.filter(
    ({ kind, text }) => !named.has(lower(text)) && !(kind === 'reference' && (wanted || named.size > 0)),
  )
  if (notOurs.length === 0) return true
  if (!wanted && named.size === 0) return false
  throw new UsageError(
    `intrusive checks run only on hosts you operate, and ${notOurs[0]?.text} is not named as one`,
    `add --i-operate ${notOurs[0]?.text} if it is yours`,
  )
}

async function readPatterns(
  given: readonly string[],
  suites: readonly Suite[],
  cwd: string,
  flag: string,
): Promise<readonly string[]> {
  const patterns: string[] = []
  for (const pattern of given) {
    if (!pattern.startsWith('@')) patterns.push(...pattern.split(',').filter((part) => part !== ''))
    else {
      const lines = (await readTextFile(pattern.slice(1), cwd, flag)).split(/\r?\n/)
      patterns.push(...lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim()).filter((line) => line !== ''))
    }
  }
  if (given.length > 0 && patterns.length === 0) throw new UsageError(`${flag}: ${given.join(', ')} holds no pattern`)
  return matching(patterns, suites, flag)
}

function matching(patterns: readonly string[], suites: readonly Suite[], flag: string): readonly string[] {
  const [bad] = unmatchedPatterns(patterns, suites)
  if (bad === undefined) return patterns
  const ids = allChecks(suites).map(({ id }) => id)
  const areas = [...new Set(ids.map((id) => `${id.split('/')[0]}/*`))]
  const close = nearest(bad, [...ids, ...areas]) ?? nearest(`${bad}/*`, areas) ?? nearest(bad.replace('.', '/'), ids)
  throw new UsageError(
    `${flag}: "${bad}" matches no check`,
    close === undefined ? 'chatmail-check list shows them all' : `did you mean ${close}?`,
  )
}

async function readKnownFailing(
  file: string | undefined,
  suites: readonly Suite[],
  cwd: string,
): Promise<readonly KnownFailing[]> {
  if (file === undefined) return []
  const text = await readTextFile(file, cwd, '--known-failing')
  try {
    const entries = parseKnownFailing(text)
    matching(
      entries.map(({ pattern }) => pattern),
      suites,
      `--known-failing ${file}`,
    )
    return entries
  } catch (cause) {
    if (cause instanceof KnownFailingError)
      throw new UsageError(`--known-failing: ${file}, ${cause.message}`, undefined, { cause })
    throw cause
  }
}
