// `chatmail-check report last|FILE`: renders a kept result again, in other formats.
import { formatHelp } from '../../reports/format-names.ts'
import { languageHelp } from '../../reports/language/names.ts'
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'
import { collect } from './reaching.ts'

interface Flags {
  readonly format?: readonly string[]
  readonly out?: string
  readonly lang?: string
  readonly evidence?: string
  readonly public?: boolean
  readonly withholdUntil?: string
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color: boolean
}

export const defineReport: Define = (program, io, done) => {
  program
    .command('report')
    .description('render the result of a run again')
    .argument('<FILE>', 'a result.json, or "last" for the latest run (the last 50 are kept)')
    .option('--format <NAMES>', formatHelp, collect)
    .option('--out <DIR>', 'write every format into DIR')
    .option('--lang <LANG>', languageHelp)
    .option('--evidence <WHICH>', 'wire lines of: failures (default), all, none')
    .option('--public', 'for everybody to read: no wire lines, no addresses, security holes unnamed')
    .option('--withhold-until <DATE>', 'with --public: name those from YYYY-MM-DD on (default: 90 days)')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'also what holds')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .addHelpText(
      'after',
      `
The exit code is 0 when the file could be read, whatever its verdict.

Examples:
  chatmail-check report last
  chatmail-check report report/result.json --format html --lang it > report.html`,
    )
    .action(async (file: string, flags: Flags) => {
      const { readOptions } = await import('../options.ts')
      const { readKept } = await import('../history.ts')
      const { published } = await import('../publication.ts')
      const { writeReports } = await import('../write-reports.ts')
      const options = readOptions({ ...flags })
      await writeReports(published(await readKept(file, io), options), options, io)
      done(exitCodes.ok)
    })
}
