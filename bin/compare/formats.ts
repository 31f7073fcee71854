// The formats of a comparison: which are wanted, and writing them, one to stdout or every one into a folder. Used by compare and by
// compare --interleave.
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Language } from '../../reports/language/language.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import type { CheckOptions } from '../options.ts'
import { reasonNotWritten } from '../read-file.ts'
import { UsageError, unknown } from '../usage-error.ts'
import { writeWhole } from '../write-whole.ts'

interface Screen {
  readonly color: boolean
  readonly width: number
  readonly verbose?: boolean
}

interface Rendering<T> {
  readonly file: string
  readonly render: (record: T, language: Language, screen: Screen) => string
}

/** Names, with commas or one a flag; the terminal where none is given. Throws UsageError. */
export function readFormats<Name extends string>(
  given: unknown,
  known: readonly Name[],
  out: unknown,
): readonly (Name | 'terminal')[] {
  const names = (Array.isArray(given) ? given : given === undefined ? [] : [given]).flatMap((value) =>
    String(value).split(','),
  )
  const formats = names.map((value) => {
    const found = known.find((name) => name === value.trim())
    if (found === undefined) throw unknown('value of --format', value.trim(), known)
    return found
  })
  if (out === undefined && new Set(formats).size > 1)
    throw new UsageError('several formats need a folder to be written to', 'add --out DIR')
  return formats.length === 0 ? ['terminal'] : [...new Set(formats)]
}

/** With `out`, people still see the text when they asked for it. Throws UsageError when it cannot write. */
export async function writeFormats<T, Name extends string>(
  record: T,
  formats: Readonly<Record<Name, Rendering<T>>>,
  chosen: readonly Name[],
  language: Language,
  { out, verbose, color }: Pick<CheckOptions, 'out' | 'verbose' | 'color'>,
  io: Io,
  say: (text: string) => void,
): Promise<void> {
  if (out !== undefined) {
    const folder = resolve(io.cwd, out)
    try {
      await mkdir(folder, { recursive: true })
      for (const name of chosen) {
        const { file, render } = formats[name]
        await writeWhole(join(folder, file), render(record, language, { color: false, width: 80, verbose }))
      }
    } catch (cause) {
      throw new UsageError(`--out: cannot write to ${out}: ${reasonNotWritten(cause)}`, undefined, { cause })
    }
    say(`Written to ${out}: ${chosen.map((name) => formats[name].file).join(', ')}`)
  }
  const onScreen = out === undefined ? chosen[0] : chosen.find((name) => name === 'terminal')
  if (onScreen === undefined) return
  const screen = { color: color ?? wantsColor(io.stdout, io.env), width: widthOf(io.stdout, io.env), verbose }
  io.stdout.write(formats[onScreen].render(record, language, screen))
}
