// Renders a result: one format to stdout, or every format into a folder. Used by check and report.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Result } from '../harness/result/schema.ts'
import { keepEvidence } from '../reports/evidence.ts'
import { withoutCommands } from '../reports/github.ts'
import { formats, type RenderOptions } from '../reports/index.ts'
import { openLanguage } from '../reports/language/language.ts'
import { inGithubActions } from './github-actions.ts'
import { type Io, wantsColor, widthOf } from './io.ts'
import type { CheckOptions } from './options.ts'
import { reasonOf } from './read-file.ts'
import { UsageError } from './usage-error.ts'

type OutputOptions = Pick<CheckOptions, 'format' | 'lang' | 'out' | 'evidence' | 'quiet' | 'verbose' | 'color'>

/** With `out`, people still see the terminal report when they asked for it. Throws UsageError when it cannot write. */
export async function writeReports(result: Result, options: OutputOptions, io: Io): Promise<void> {
  const shown = keepEvidence(result, options.evidence)
  const language = await openLanguage(options.lang)
  const style = { language, evidence: options.evidence, verbose: options.verbose, quiet: options.quiet }
  const unfit = options.format.flatMap((name) => formats[name].unfit?.(result) ?? [])
  for (const reason of unfit) io.stderr.write(`chatmail-check: ${reason}\n`)
  const format = options.format.filter((name) => formats[name].unfit?.(result) === undefined)
  const screen: RenderOptions = {
    ...style,
    color: options.color ?? wantsColor(io.stdout, io.env),
    width: widthOf(io.stdout, io.env),
  }
  if (options.out !== undefined) {
    const paper: RenderOptions = { ...style, color: false, width: 80 }
    await writeInto(resolve(io.cwd, options.out), shown, { out: options.out, format }, paper)
    if (!options.quiet)
      io.stderr.write(`Written to ${options.out}: ${format.map((name) => formats[name].file).join(', ')}\n`)
  }
  const [first] = format
  const onScreen = options.out === undefined ? first : format.find((name) => name === 'terminal')
  if (onScreen === undefined) return
  const text = formats[onScreen].render(shown, screen)
  io.stdout.write(onScreen === 'terminal' && inGithubActions(io.env) ? withoutCommands(text) : text)
}

/** Where the JSON record is: among the reports, or where it was kept. */
export function recordFile(
  { out, format }: Pick<OutputOptions, 'out' | 'format'>,
  kept: string | undefined,
): string | undefined {
  return out !== undefined && format.includes('json') ? join(out, formats.json.file) : kept
}

async function writeInto(
  folder: string,
  result: Result,
  options: Pick<OutputOptions, 'out' | 'format'>,
  paper: RenderOptions,
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    for (const name of options.format)
      await writeFile(join(folder, formats[name].file), formats[name].render(result, paper))
  } catch (cause) {
    throw new UsageError(`--out: cannot write to ${options.out}: ${reasonOf(cause)}`, undefined, { cause })
  }
}
