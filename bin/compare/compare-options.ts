// The options of `compare`, read from flags, and its hosts: domains, result files, lists. Used by the compare command.

import { type ComparisonFormat, comparisonFormatNames } from '../../reports/format-names.ts'
import { matrices, orders } from '../choices.ts'
import { type CheckOptions, type RawOptions, readFormats, readOptions } from '../options.ts'
import { readTextFile } from '../read-file.ts'
import { parseTarget, type Target } from '../target.ts'
import { UsageError, unknown } from '../usage-error.ts'
import { parseRelayList } from './relay-list.ts'

export interface CompareOptions {
  readonly check: CheckOptions
  readonly format: readonly ComparisonFormat[]
  readonly order: 'name' | 'band'
  readonly list: string | undefined
  readonly notes: string | undefined
  readonly work: string | undefined
  readonly site: string | undefined
  readonly matrix: 'sparse' | 'full' | undefined
}

/** Throws UsageError, or TargetError for a duration. */
export function readCompareOptions(flags: RawOptions): CompareOptions {
  const { format: _, order = 'name', matrix, list, notes, work, site, ...others } = flags
  const options = readOptions({
    ...others,
    profile: others.profile ?? 'list',
    public: others.public === true || site !== undefined,
  })
  return {
    check: options,
    format: readFormats(flags, comparisonFormatNames),
    order: oneOf('--order', String(order), orders),
    list: text(list),
    notes: text(notes),
    work: text(work),
    site: text(site),
    matrix: matrix === undefined ? undefined : oneOf('--matrix', String(matrix), matrices),
  }
}

export interface Contestants {
  readonly targets: readonly Target[]
  readonly files: readonly string[]
}

/** Throws UsageError: none at all, one twice, a list that cannot be read. */
export async function readContestants(
  words: readonly string[],
  list: string | undefined,
  cwd: string,
): Promise<Contestants> {
  const listed = list === undefined ? [] : parseRelayList(await readTextFile(list, cwd, '--list'), list)
  const files = words.filter(isFile)
  const hosts = [...words.filter((word) => !isFile(word)), ...listed]
  const twice = words.find((word, at) => words.indexOf(word) !== at)
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`)
  if (hosts.length + files.length === 0)
    throw new UsageError('nothing to compare', 'name hosts or result files: chatmail-check compare a.example b.json')
  return { targets: [...new Set(hosts)].map(parseTarget), files }
}

const isFile = (word: string): boolean => word.endsWith('.json')

function oneOf<T extends string>(flag: string, value: string, known: readonly T[]): T {
  const found = known.find((item) => item === value)
  if (found === undefined) throw unknown(`value of ${flag}`, value, known)
  return found
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
