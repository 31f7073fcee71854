// `chatmail-check history [HOST]`: the runs that were kept, over time.
import { languageHelp, languageNames } from '../../reports/language/names.ts'
import { historyFormats, optionOf } from '../choices.ts'
import type { Define } from '../define.ts'
import { withHelp } from '../help.ts'

export const defineHistory: Define = (program, io, done) => {
  const command = program
    .command('history')
    .summary('show the runs that were kept, over time')
    .description('Shows the runs that were kept, over time: verdicts, speed, what changed.')
    .argument('[HOST]', 'as it was named then; every host when absent')
    .addOption(optionOf('--format <NAME>', 'terminal (default), html or json', historyFormats))
    .addOption(optionOf('--lang <LANG>', languageHelp, languageNames))
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .action(async (host: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { historyCommand } = await import('../history-command.ts')
      done(await historyCommand(host, flags, io))
    })
  withHelp(command, {
    notes: ['The last 50 runs are kept. The exit code is 0 when there is one to show.'],
    examples: [
      ['chatmail-check history chat.example', 'the runs of one host, at the terminal'],
      ['chatmail-check history --format html > history.html', 'all of them as a page'],
    ],
  })
}
