// The options of `compare --interleave OLD NEW`, read from flags. Used by interleave.ts.

import { profileBudgets } from '../../harness/host/defaults.ts'
import { parsePolicy } from '../../harness/host/policy.ts'
import { sendersEach } from '../../harness/timeline/interleave.ts'
import { lookEvery } from '../../harness/timeline/judge-rounds.ts'
import { type InterleaveFormat, interleaveFormats } from '../../reports/interleave/index.ts'
import type { ReachInputs } from '../check/open-target.ts'
import { list, type RawOptions, readFormats, readOptions, whole } from '../options.ts'
import { readAuthorities, readTextFile } from '../read-file.ts'
import { parseTarget, type Target } from '../target.ts'
import { UsageError } from '../usage-error.ts'

const defaultRounds = 20 * lookEvery
const mostRounds = 100 * lookEvery

/** Throws UsageError, or TargetError for a duration. */
export function readInterleaveOptions(flags: RawOptions) {
  const { format: _f, interleave: _, rounds: _r, connect: _c, ...others } = flags
  const wanted = whole(flags, 'rounds', '--rounds', lookEvery, mostRounds) ?? defaultRounds
  const connect = list(flags, 'connect')
  return {
    // Whose they are is not what is judged.
    ...readOptions({ ...others, connect: connect.map((text) => text.replace(/^(?:old|new):/, '')) }),
    format: readFormats(flags, Object.keys(interleaveFormats) as InterleaveFormat[]),
    /** A multiple of what is looked at together. */
    rounds: Math.ceil(wanted / lookEvery) * lookEvery,
    connect: { old: connectOf(connect, 'old'), new: connectOf(connect, 'new') },
  }
}

export type InterleaveOptions = ReturnType<typeof readInterleaveOptions>

/** Both ends; throws UsageError for any other number. */
export function readArms(hosts: readonly string[]): { readonly old: Target; readonly new: Target } {
  const [old, young] = hosts
  if (old === undefined || young === undefined || hosts.length > 2)
    throw new UsageError('--interleave takes two hosts: OLD and NEW', 'chatmail-check compare --interleave OLD NEW')
  return { old: parseTarget(old), new: parseTarget(young) }
}

/** What flags name files for, and as much as the rounds need. Throws UsageError or TargetError. */
export async function readInterleaveInputs(options: InterleaveOptions, cwd: string): Promise<ReachInputs> {
  const { policy, ca, rounds } = options
  return {
    ca: await readAuthorities(ca, cwd),
    policy: policy === undefined ? undefined : parsePolicy(await readTextFile(policy, cwd, '--policy'), policy),
    iOperate: false,
    budget: { ...profileBudgets.quick, messages: 2 * rounds, connections: 2 * rounds + 4 * sendersEach },
  }
}

/** `old:imaps=127.0.0.1:1993` is for OLD alone, `imaps=...` for both. */
function connectOf(given: readonly string[], arm: 'old' | 'new'): readonly string[] {
  return given.flatMap((text) => {
    const [, which, place] = /^(?:(old|new):)?(.*)$/.exec(text) ?? []
    return place !== undefined && (which === undefined || which === arm) ? [place] : []
  })
}
