// The options of a check run: raw values of flags and of the project file, read into one typed record. Used by the check command.
import type { Cost, Profile } from '../harness/check/types.ts'
import { parseDuration } from '../harness/host/duration.ts'
import type { Level } from '../harness/result/schema.ts'
import { type EvidenceMode, evidenceModes } from '../reports/evidence.ts'
import { type FormatName, formatNames } from '../reports/format-names.ts'
import { type LanguageName, languageNames } from '../reports/language/names.ts'
import { costs, levels, profiles } from './choices.ts'
import { demandReaching } from './reaching-flags.ts'
import { UsageError, unknown } from './usage-error.ts'

/** Values as they come: strings, lists of strings and booleans from flags, numbers too from JSON. */
export type RawOptions = Readonly<Record<string, unknown>>

/** A mail domain of ours in the real DNS. */
export interface PeerFlags {
  readonly domain: string
  /** `ADDR[:PORT]`, one or two. */
  readonly listen: readonly string[]
  readonly dkimKey: string
  readonly certificate: string | undefined
  readonly key: string | undefined
}

export interface CheckOptions {
  readonly profile: Profile
  /** False when the profile is only the default. */
  readonly profileGiven: boolean
  /** Patterns and `@file`s, as given. */
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly cost: readonly Cost[]
  readonly iOperate: readonly string[]
  readonly failOn: Level
  readonly knownFailing: string | undefined
  readonly writeKnownFailing: string | undefined
  readonly requireComplete: boolean
  /** Files, folders and `history`, as given. */
  readonly baseline: readonly string[]
  readonly policy: string | undefined
  readonly resolve: readonly string[]
  readonly connect: readonly string[]
  readonly dns: string | undefined
  readonly ca: readonly string[]
  readonly pin: string | undefined
  readonly trustPresented: boolean
  /** Milliseconds. */
  readonly wait: number | undefined
  readonly family: 4 | 6 | undefined
  readonly accounts: string | undefined
  readonly peer: PeerFlags | undefined
  readonly expireCommand: string | undefined
  /** A second host for checks of mail between two. */
  readonly with: string | undefined
  readonly fresh: boolean
  readonly out: string | undefined
  readonly format: readonly FormatName[]
  readonly lang: LanguageName
  readonly evidence: EvidenceMode
  /** Reports for everybody: see publication.ts. */
  readonly public: boolean
  /** YYYY-MM-DD */
  readonly withholdUntil: string | undefined
  readonly quiet: boolean
  readonly verbose: boolean
  /** False: never; undefined: as the terminal has it. */
  readonly color: false | undefined
  readonly dryRun: boolean
  readonly seed: number | undefined
  /** For each check, milliseconds. */
  readonly timeout: number | undefined
  readonly jobs: number
}

const defaultJobs = 4

/** Name of the file in the current folder that may hold some options: see project-file.ts. */
export const projectFile = 'chatmail-check.config.json'

/** Throws UsageError, or TargetError for a duration. */
export function readOptions(raw: RawOptions): CheckOptions {
  const family = flag(raw, 'ipv4') ? 4 : flag(raw, 'ipv6') ? 6 : undefined
  if (flag(raw, 'ipv4') && flag(raw, 'ipv6')) throw new UsageError('-4 and -6 exclude each other')
  if (flag(raw, 'quiet') && flag(raw, 'verbose')) throw new UsageError('--quiet and --verbose exclude each other')
  const options: CheckOptions = {
    profile: choice('--profile', text(raw, 'profile') ?? 'quick', profiles),
    profileGiven: text(raw, 'profile') !== undefined,
    only: list(raw, 'only'),
    skip: list(raw, 'skip'),
    cost: choices('--cost', list(raw, 'cost'), costs),
    iOperate: list(raw, 'iOperate'),
    failOn: choice('--fail-on', text(raw, 'failOn') ?? 'must', levels),
    knownFailing: text(raw, 'knownFailing'),
    writeKnownFailing: text(raw, 'writeKnownFailing'),
    requireComplete: flag(raw, 'requireComplete'),
    baseline: list(raw, 'baseline'),
    policy: text(raw, 'policy'),
    resolve: list(raw, 'resolve'),
    connect: list(raw, 'connect'),
    dns: text(raw, 'dns'),
    ca: list(raw, 'ca'),
    pin: text(raw, 'pin'),
    trustPresented: flag(raw, 'trustPresented'),
    wait: duration(raw, 'wait', '--wait'),
    family,
    accounts: text(raw, 'accounts'),
    with: text(raw, 'with'),
    peer: readPeer(raw),
    expireCommand: text(raw, 'expireCommand'),
    fresh: flag(raw, 'fresh'),
    out: text(raw, 'out'),
    format: readFormats(raw, formatNames),
    lang: choice('--lang', text(raw, 'lang') ?? 'en', languageNames),
    evidence: choice('--evidence', text(raw, 'evidence') ?? 'failures', evidenceModes),
    public: flag(raw, 'public'),
    withholdUntil: day(raw, 'withholdUntil', '--withhold-until'),
    quiet: flag(raw, 'quiet'),
    verbose: flag(raw, 'verbose'),
    color: raw.color === false ? false : undefined,
    dryRun: flag(raw, 'dryRun'),
    seed: whole(raw, 'seed', '--seed', 0, 0x7fffffff),
    timeout: duration(raw, 'timeout', '--timeout'),
    jobs: whole(raw, 'jobs', '--jobs', 1, 64) ?? defaultJobs,
  }
  if (options.withholdUntil !== undefined && !options.public)
    throw new UsageError('--withhold-until is about public reports', 'add --public')
  demandReaching(options)
  if (options.timeout === 0) throw new UsageError('--timeout must be longer than 0')
  return options
}

/** All or nothing: a part of it would be passed over in silence. */
function readPeer(raw: RawOptions): PeerFlags | undefined {
  const [domain, dkimKey, certificate, key] = ['peerDomain', 'peerDkimKey', 'peerCert', 'peerKey'].map((name) =>
    text(raw, name),
  )
  const listen = list(raw, 'peerListen')
  if (domain === undefined && dkimKey === undefined && listen.length === 0 && certificate === undefined && !key) {
    return undefined
  }
  if (domain === undefined || dkimKey === undefined || listen.length === 0) {
    throw new UsageError(
      'a mail domain of our own needs --peer-domain, --peer-listen and --peer-dkim-key together',
      'see docs/vantage.md',
    )
  }
  if (listen.length > 2) throw new UsageError('--peer-listen: two addresses are enough')
  if ((certificate === undefined) !== (key === undefined)) {
    throw new UsageError('--peer-cert and --peer-key go together')
  }
  return { domain, listen, dkimKey, certificate, key }
}

/** Names, with commas or one a flag; the terminal where none is given. Throws UsageError, also for several without `out`. */
export function readFormats<Name extends string>(
  raw: RawOptions,
  known: readonly Name[],
): readonly (Name | 'terminal')[] {
  const named = new Set(choices('--format', list(raw, 'format'), known))
  if (raw.out === undefined && named.size > 1)
    throw new UsageError('several formats need a folder to be written to', 'add --out DIR')
  return named.size === 0 ? ['terminal'] : [...named]
}

function choice<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((item) => item === value)
  if (found === undefined) throw unknown(`value of ${name}`, value, known)
  return found
}

function choices<T extends string>(name: string, values: readonly string[], known: readonly T[]): readonly T[] {
  return values.flatMap((value) => value.split(',')).map((value) => choice(name, value.trim(), known))
}

function text(raw: RawOptions, key: string): string | undefined {
  const value = raw[key]
  if (value === undefined) return undefined
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value === '') throw unfit(key, value, 'a text')
  return value
}

export function list(raw: RawOptions, key: string): readonly string[] {
  const value = raw[key] ?? []
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  return items.map((item) => {
    if (typeof item === 'string' && item !== '') return item
    throw unfit(key, item === '' ? item : value, 'a list of texts')
  })
}

function flag(raw: RawOptions, key: string): boolean {
  const value = raw[key] ?? false
  if (typeof value !== 'boolean') throw unfit(key, value, 'true or false')
  return value
}

/** Flags give texts; what is anything else was found in a file. */
function unfit(key: string, value: unknown, wanted: string): UsageError {
  if (value === '')
    return new UsageError(`${flagOf(key)}: the value is empty`, 'leave the flag out, or give it a value')
  return new UsageError(`${projectFile}: "${key}": wanted ${wanted}, got ${JSON.stringify(value)}`)
}

/** `peerDomain` is `--peer-domain`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export function duration(raw: RawOptions, key: string, name: string): number | undefined {
  const value = text(raw, key)
  return value === undefined ? undefined : parseDuration(value, name)
}

function day(raw: RawOptions, key: string, name: string): string | undefined {
  const value = text(raw, key)
  if (value === undefined) return undefined
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(Number.NaN)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value)
    throw new UsageError(`${name}: "${value}" is not a date`, 'write it as YYYY-MM-DD')
  return value
}

export function whole(raw: RawOptions, key: string, name: string, least: number, most: number): number | undefined {
  const value = text(raw, key)
  if (value === undefined) return undefined
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new UsageError(`${name}: "${value}" is not a whole number from ${least} to ${most}`)
  }
  return number
}
