// The options of a watch, read from flags. Used by the watch command.
import { join } from 'node:path'
import { parsePlace } from '../../harness/discovery/reach.ts'
import { stateDirectory } from '../../harness/discovery/state-directory.ts'
import type { Io } from '../io.ts'
import { duration, type RawOptions, readOptions } from '../options.ts'
import { parseTarget, type Target } from '../target.ts'
import { UsageError } from '../usage-error.ts'

export interface Listen {
  readonly address: string
  readonly port: number
}

const minute = 60_000
const day = 24 * 60 * minute
/** Hosts of others are not to be asked more often. */
const politeEvery = 5 * minute

/** Throws UsageError, or TargetError for a duration or a host. */
export function readWatchOptions(hosts: readonly string[], flags: RawOptions, io: Io) {
  const {
    every: _e,
    once: _o,
    folder,
    listen,
    textfile,
    full: _f,
    notifyCommand,
    notifyChat,
    notifyVia,
    ...common
  } = flags
  const targets = readTargets(hosts)
  const every = duration(flags, 'every', '--every') ?? 15 * minute
  if (every < 1_000) throw new UsageError('--every must be a second or longer')
  const options = readOptions({ profile: 'list', ...common })
  const ours = (target: Target) =>
    target.kind === 'reference' || options.iOperate.some((name) => name.toLowerCase() === target.text.toLowerCase())
  const other = targets.find((target) => !ours(target))
  if (every < politeEvery && other !== undefined) {
    throw new UsageError(
      `--every: ${other.text} is asked every five minutes at most`,
      `add --i-operate ${other.text} if it is yours`,
    )
  }
  if ((notifyChat === undefined) !== (notifyVia === undefined)) {
    throw new UsageError('--notify-chat and --notify-via go together', 'the second names the relay to write from')
  }
  const via = notifyVia === undefined ? undefined : parseTarget(String(notifyVia))
  if (via !== undefined && targets.some(({ text }) => text === via.text)) {
    throw new UsageError(
      `--notify-via ${via.text} is watched itself, and a relay that is down cannot say so`,
      'name another relay',
    )
  }
  return {
    options,
    /** Of full runs. Nothing that disturbs belongs into a watch, whoever runs the host. */
    checkFlags: { profile: 'list', ...common, iOperate: [] } as RawOptions,
    targets,
    every,
    once: flags.once === true,
    fullEvery: readFull(flags),
    folder: typeof folder === 'string' ? folder : join(stateDirectory(io.env), 'watch'),
    listen: typeof listen === 'string' ? readListen(listen) : undefined,
    textfile: typeof textfile === 'string' ? textfile : undefined,
    notifyCommand: typeof notifyCommand === 'string' ? notifyCommand : undefined,
    chat: via === undefined ? undefined : { invite: String(notifyChat), via },
    /** Milliseconds until what failed is tried once more. */
    again: Math.min(30_000, every / 10),
    isOurs: ours,
  }
}

export type WatchOptions = ReturnType<typeof readWatchOptions>

function readTargets(hosts: readonly string[]): readonly Target[] {
  const twice = hosts.find((text, at) => hosts.indexOf(text) !== at)
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`)
  return hosts.map(parseTarget)
}

/** Milliseconds; undefined for never. */
function readFull(flags: RawOptions): number | undefined {
  if (flags.full === 'never' || flags.full === false) return undefined
  const every = duration(flags, 'full', '--full') ?? day
  if (every < day) throw new UsageError('--full: a full run once a day is the most', 'or --full never')
  return every
}

function readListen(text: string): Listen {
  // Port 0: any free one, and the watch says which.
  const place = text.endsWith(':0') ? { host: parsePlace(text.slice(0, -2))?.host, port: 0 } : parsePlace(text)
  if (place?.host === undefined || place.port === undefined)
    throw new UsageError(`--listen: "${text}" is not ADDR:PORT`, 'write 127.0.0.1:9469')
  return { address: place.host, port: place.port }
}
