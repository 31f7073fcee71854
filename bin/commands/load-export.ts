// `chatmail-check load export [SCENARIO] [HOST] --k6 DIR`: a run for k6. The work itself is in ../load/export-command.ts.
import type { Command } from 'commander'
import { withHelp } from '../help.ts'
import type { Io } from '../io.ts'
import type { RawExportFlags } from '../load/export-command.ts'
import { loadFlags, scenarioArgument } from './load-flags.ts'

export function defineLoadExport(load: Command, io: Io, done: (exitCode: number) => void): void {
  const command = load
    .command('export')
    .summary('write a run as a script for k6, for more machines')
    .description('Writes a run as a script for k6, so that more machines than one can drive it.')
    .addArgument(scenarioArgument('as for load'))
    .argument('[HOST]', 'as for load, but no built-in server')
    .argument('[HOST]', 'the second server, of federation')
    .requiredOption('--k6 <DIR>', 'a new or empty folder; it will hold passwords of accounts')
  loadFlags(command)
    .optionsGroup('Output:')
    .option('--quiet', 'say nothing')
    .action(async (first?: string, second?: string, third?: string, flags: RawExportFlags = { k6: '' }) => {
      const { exportCommand } = await import('../load/export-command.ts')
      const args = [first, second, third].filter((text) => text !== undefined)
      done(await exportCommand(args, flags, io))
    })
  withHelp(command, {
    notes: [
      'What is asked of a host that gets load is asked now, and again by the script before anything is sent. ' +
        'Accounts are made now. It needs esbuild: npm install esbuild.',
    ],
    examples: [
      [
        'chatmail-check load export steady chat.example --i-operate chat.example --rate 500 --k6 steady-500',
        'a folder that k6 can run, for 500 messages a second',
      ],
      [
        'chatmail-check load export my-evening.ts chat.example --i-operate chat.example --k6 evening',
        'the same for a scenario of your own',
      ],
    ],
  })
}
