// `chatmail-check history [HOST]`: the runs that were kept, over time.
import { languageHelp } from '../../reports/language/names.ts'
import type { Define } from '../define.ts'

export const defineHistory: Define = (program, io, done) => {
  program
    .command('history')
    .description('show the runs that were kept, over time: verdicts, speed, what changed')
    .argument('[HOST]', 'as it was named then; every host when absent')
    .option('--format <NAME>', 'terminal (default), html or json')
    .option('--lang <LANG>', languageHelp)
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .addHelpText(
      'after',
      `
The last 50 runs are kept. The exit code is 0 when there is one to show.

Examples:
  chatmail-check history chat.example
  chatmail-check history --format html > history.html`,
    )
    .action(async (host: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { historyCommand } = await import('../history-command.ts')
      done(await historyCommand(host, flags, io))
    })
}
