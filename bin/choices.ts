// Closed sets of values that flags take. Light: definitions of commands, their readers and shell completion share them.
import { Option } from 'commander'
import type { Cost, Profile } from '../harness/check/types.ts'
import type { Level } from '../harness/result/schema.ts'

export const profiles = ['quick', 'list', 'full'] as const satisfies readonly Profile[]
export const costs = ['light', 'slow', 'bulk', 'intrusive'] as const satisfies readonly Cost[]
export const levels = ['must', 'should', 'may'] as const satisfies readonly Level[]
export const matrices = ['sparse', 'full'] as const
export const orders = ['name', 'band'] as const
export const traceFormats = ['terminal', 'json'] as const
export const historyFormats = ['terminal', 'html', 'json'] as const

/** An option that knows its values. They are offered by completion; whoever reads the flag judges them, with a hint. */
export function optionOf(
  flags: string,
  description: string,
  values: readonly string[],
  parse?: (value: string, before: readonly string[] | undefined) => readonly string[],
): Option {
  const option = new Option(flags, description)
  option.argChoices = [...values]
  if (parse !== undefined) option.argParser<readonly string[] | undefined>(parse)
  return option
}

/** Of the commands that measure. */
export function baselineOption(): Option {
  return optionOf(
    '--baseline <FILE...>',
    'earlier results, folders of them, or history: exit 1 when slower than these',
    ['history'],
  )
}
