// `chatmail-check report last|FILE`: renders a kept result again, in other formats.
import { Argument } from 'commander'
import { evidenceModes } from '../../reports/evidence.ts'
import { formatHelp, formatNames } from '../../reports/format-names.ts'
import { languageHelp, languageNames } from '../../reports/language/names.ts'
import { optionOf } from '../choices.ts'
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'
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
  const file = new Argument('<FILE>', 'a result.json, or "last" for the latest run (the last 50 are kept)')
  file.argChoices = ['last']
  const command = program
    .command('report')
    .summary('render the result of a run again')
    .description('Renders the result of an earlier run again, in any format.')
    .addArgument(file)
    .addOption(optionOf('--format <NAMES>', formatHelp, formatNames, collect))
    .option('--out <DIR>', 'write every format into DIR (default: one, to standard output)')
    .addOption(optionOf('--lang <LANG>', languageHelp, languageNames))
    .addOption(optionOf('--evidence <WHICH>', 'wire lines of: failures (default), all, none', evidenceModes))
    .option('--public', 'for everybody to read: no wire lines, no addresses, security holes unnamed')
    .option('--withhold-until <DATE>', 'with --public: name those from YYYY-MM-DD on (default: 90 days)')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'also what holds')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .action(async (file: string, flags: Flags) => {
      const { readOptions } = await import('../options.ts')
      const { readKept } = await import('../history.ts')
      const { published } = await import('../publication.ts')
      const { writeReports } = await import('../write-reports.ts')
      const options = readOptions({ ...flags })
      await writeReports(published(await readKept(file, io), options), options, io)
      done(exitCodes.ok)
    })
  withHelp(command, {
    notes: ['The exit code is 0 when the file could be read, whatever its verdict.'],
    examples: [
      ['chatmail-check report last', 'what the latest run said, once more'],
      ['chatmail-check report report/result.json --format html --lang it > report.html', 'a page in Italian'],
    ],
  })
}
