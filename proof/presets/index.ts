// The golden list of each preset, and each check's verdict by it. Read by the proof.
import type { Verdict } from '../../harness/result/schema.ts'
import type { PresetId } from '../../reference-server/presets/index.ts'
import { madmail } from './madmail.ts'
import { relay19 } from './relay-1-9.ts'
import { relay112, relay112SelfSigned } from './relay-1-12.ts'
import { relay2025 } from './relay-2025-02.ts'
import type { GoldenVerdict } from './types.ts'

export const goldenLists: Readonly<Record<PresetId, readonly GoldenVerdict[]>> = {
  'relay-2025-02': relay2025,
  'relay-1.9': relay19,
  'relay-1.12': relay112,
  'relay-1.12-selfsigned': relay112SelfSigned,
  madmail,
}

/** The verdict that a check must reach. */
export function goldenVerdict(list: readonly GoldenVerdict[], check: string): Verdict {
  return list.findLast((entry) => names(entry, check))?.verdict ?? 'pass'
}

/** Patterns and ids that name no check of these. */
export function idleEntries(list: readonly GoldenVerdict[], checks: readonly string[]): readonly string[] {
  return list
    .flatMap((entry) => [...entry.checks, ...(entry.except ?? [])])
    .filter((pattern) => !checks.some((check) => matches(pattern, check)))
}

function names({ checks, except = [] }: GoldenVerdict, check: string): boolean {
  return checks.some((pattern) => matches(pattern, check)) && !except.some((pattern) => matches(pattern, check))
}

function matches(pattern: string, check: string): boolean {
  const words = pattern.split('*').map((word) => word.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${words.join('.*')}$`).test(check)
}
