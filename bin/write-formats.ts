// Writes what was rendered: one format to stdout, or every format into a folder. Used by whatever has --format and --out.
import { join, resolve } from 'node:path'
import { withoutCommands } from '../reports/github.ts'
import { inGithubActions } from './github-actions.ts'
import { type Io, wantsColor, widthOf } from './io.ts'
import type { CheckOptions } from './options.ts'
import { reasonNotWritten } from './read-file.ts'
import { UsageError } from './usage-error.ts'
import { writeWhole } from './write-whole.ts'

export interface Screen {
  readonly color: boolean
  readonly width: number
}

export interface Rendered<Name extends string> {
  readonly chosen: readonly Name[]
  readonly fileOf: (name: Name) => string
  readonly render: (name: Name, screen: Screen) => string
}

/** With `out`, people still see the text for terminals when they asked for it. Throws UsageError when it cannot write. */
export async function writeFormats<Name extends string>(
  { chosen, fileOf, render }: Rendered<Name>,
  { out, quiet, color }: Pick<CheckOptions, 'out' | 'quiet' | 'color'>,
  io: Io,
): Promise<void> {
  if (out !== undefined) {
    try {
      for (const name of chosen)
        await writeWhole(join(resolve(io.cwd, out), fileOf(name)), render(name, { color: false, width: 80 }))
    } catch (cause) {
      throw new UsageError(`--out: cannot write to ${out}: ${reasonNotWritten(cause)}`, undefined, { cause })
    }
    if (!quiet) io.stderr.write(`Written to ${out}: ${chosen.map(fileOf).join(', ')}\n`)
  }
  const onScreen = out === undefined ? chosen[0] : chosen.find((name) => name === 'terminal')
  if (onScreen === undefined) return
  const text = render(onScreen, { color: color ?? wantsColor(io.stdout, io.env), width: widthOf(io.stdout, io.env) })
  io.stdout.write(onScreen === 'terminal' && inGithubActions(io.env) ? withoutCommands(text) : text)
}
