// chatmail-check.config.json in the current folder: defaults for flags that can do no harm. Flags win over it.
import { flagOf, projectFile as name, type RawOptions } from './options.ts'
import { readTextFileIfThere } from './read-file.ts'
import { UsageError, unknown } from './usage-error.ts'

/**
 * Flags that a file found lying about may set. Left out on purpose: what is allowed to be done to a host (`--i-operate`),
 * where connections go and what is trusted, whose accounts are used, and files that get written over.
 */
const harmless = [
  'profile',
  'only',
  'skip',
  'cost',
  'failOn',
  'knownFailing',
  'requireComplete',
  'policy',
  'wait',
  'format',
  'lang',
  'evidence',
  'quiet',
  'verbose',
  'color',
  'seed',
  'timeout',
  'jobs',
] as const

/** Flags of the check command that such a file must not set, in the form that a file would give them. */
const onlyByFlag: readonly string[] = [
  'iOperate',
  'writeKnownFailing',
  'resolve',
  'connect',
  'dns',
  'ca',
  'pin',
  'trustPresented',
  'accounts',
  'with',
  'fresh',
  'peerDomain',
  'peerListen',
  'peerDkimKey',
  'peerCert',
  'peerKey',
  'expireCommand',
  'out',
  'dryRun',
]

/** What the file says, or nothing where there is none. Throws UsageError. */
export async function readProjectFile(cwd: string): Promise<RawOptions> {
  const text = await readTextFileIfThere(name, cwd, 'project file')
  if (text === undefined) return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new UsageError(
      `${name} is not JSON: ${cause instanceof Error ? cause.message : ''}`,
      'write for example { "profile": "list" }',
      { cause },
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${name} holds no object`, 'write for example { "profile": "list" }')
  }
  const keys: readonly string[] = [...harmless, '$schema']
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue
    if (onlyByFlag.includes(key)) {
      throw new UsageError(
        `${name}: "${key}" may stand on the command line only: a file found in a folder must not decide it`,
        `take it out of the file and give ${flagOf(key)}`,
      )
    }
    const { hint } = unknown('key', key, keys, `it may hold: ${harmless.join(', ')}`)
    throw new UsageError(`${name}: unknown key "${key}"`, hint)
  }
  return { ...value }
}
