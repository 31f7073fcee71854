// The options of a trace, read from flags. Used by the trace command.
import { profileBudgets } from '../../harness/host/defaults.ts'
import { parsePolicy } from '../../harness/host/policy.ts'
import type { ReachInputs } from '../check/open-target.ts'
import { traceFormats } from '../choices.ts'
import { duration, list, type RawOptions, readOptions, whole } from '../options.ts'
import { readAuthorities, readTextFile } from '../read-file.ts'
import { parseTarget, type Target } from '../target.ts'
import { UsageError, unknown } from '../usage-error.ts'

/** One end of a trace: a host, and the account there when it was named. */
export interface TraceEnd {
  readonly target: Target
  readonly user: string | undefined
}

/** Throws UsageError, or TargetError for a duration. */
export function readTraceOptions(flags: RawOptions) {
  const { format = 'terminal', ...others } = flags
  const known = traceFormats.find((name) => name === format)
  if (known === undefined) throw unknown('value of --format', String(format), traceFormats)
  return {
    ...readOptions(others),
    format: known,
    count: whole(flags, 'count', '--count', 1, 500) ?? 20,
    interval: duration(flags, 'interval', '--interval') ?? 1_000,
    rests: flags.idle !== false,
    serverLog: list(flags, 'serverLog'),
  }
}

export type TraceOptions = ReturnType<typeof readTraceOptions>

/** No end is the reference server; one is both. */
export function readEnds(texts: readonly string[]): readonly [TraceEnd, TraceEnd] {
  if (texts.length > 2) throw new UsageError('a trace has two ends', 'write for example alice@a.example bob@b.example')
  const [from = { target: parseTarget('@reference'), user: undefined }, to] = texts.map(readEnd)
  if (to && to.target.text === from.target.text && to.user !== undefined && to.user === from.user)
    throw new UsageError(`${texts[0]} is named twice`, 'name another account, or the host alone')
  return [from, to ?? { ...from, user: undefined }]
}

/** `alice@chat.example`, `chat.example`, `@reference`, `alice@@reference`. */
function readEnd(text: string): TraceEnd {
  const at = text.indexOf('@')
  if (at <= 0) return { target: parseTarget(text), user: undefined }
  return { target: parseTarget(text.slice(at + 1)), user: text.slice(0, at) }
}

/** What flags name files for. As many messages are allowed as were asked for. Throws UsageError or TargetError. */
export async function readReach(options: TraceOptions, cwd: string): Promise<ReachInputs> {
  const { policy, ca, count: messages } = options
  return {
    ca: await readAuthorities(ca, cwd),
    policy: policy === undefined ? undefined : parsePolicy(await readTextFile(policy, cwd, '--policy'), policy),
    iOperate: false,
    budget: { ...profileBudgets.quick, messages },
  }
}
