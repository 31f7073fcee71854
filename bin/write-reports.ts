// Renders a result: one format to stdout, or every format into a folder. Used by check and report.
import { join } from 'node:path'
import type { Result } from '../harness/result/schema.ts'
import { keepEvidence } from '../reports/evidence.ts'
import { formats } from '../reports/index.ts'
import { openLanguage } from '../reports/language/language.ts'
import type { Io } from './io.ts'
import type { CheckOptions } from './options.ts'
import { writeFormats } from './write-formats.ts'

type OutputOptions = Pick<CheckOptions, 'format' | 'lang' | 'out' | 'evidence' | 'quiet' | 'verbose' | 'color'>

/** Throws UsageError when it cannot write. */
export async function writeReports(result: Result, options: OutputOptions, io: Io): Promise<void> {
  const shown = keepEvidence(result, options.evidence)
  const language = await openLanguage(options.lang)
  const style = { language, evidence: options.evidence, verbose: options.verbose, quiet: options.quiet }
  const unfit = options.format.flatMap((name) => formats[name].unfit?.(result) ?? [])
  for (const reason of unfit) io.stderr.write(`chatmail-check: ${reason}\n`)
  await writeFormats(
    {
      chosen: options.format.filter((name) => formats[name].unfit?.(result) === undefined),
      fileOf: (name) => formats[name].file,
      render: (name, screen) => formats[name].render(shown, { ...style, ...screen }),
    },
    options,
    io,
  )
}

/** Where the JSON record is: among the reports, or where it was kept. */
export function recordFile(
  { out, format }: Pick<OutputOptions, 'out' | 'format'>,
  kept: string | undefined,
): string | undefined {
  return out !== undefined && format.includes('json') ? join(out, formats.json.file) : kept
}
