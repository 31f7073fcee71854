// `chatmail-check load merge FILE...`: one result out of those of several machines. The work itself is in ../load/merge-command.ts.
import type { Command } from 'commander'
import { formatHelp, formatNames } from '../../reports/format-names.ts'
import { optionOf } from '../choices.ts'
import { withHelp } from '../help.ts'
import type { Io } from '../io.ts'
import { collect } from './reaching.ts'

export function defineLoadMerge(load: Command, io: Io, done: (exitCode: number) => void): void {
  const command = load
    .command('merge')
    .summary('make one result out of those of several machines')
    .description('Makes one result out of those of several machines that put load on one server together.')
    .argument('<FILE...>', 'results (result.json) of the machines: of segments, or of runs of their own')
    .addOption(optionOf('--format <NAMES>', formatHelp, formatNames, collect))
    .option('--out <DIR>', 'write every format into DIR (default: one, to standard output)')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'all metrics')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .action(async (files: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { mergeCommand } = await import('../load/merge-command.ts')
      done(await mergeCommand(files, flags, io))
    })
  withHelp(command, {
    notes: [
      'Thresholds are held against all samples together; a merged run is valid when every part is, ' +
        'and when all ran at the same time. Exit codes are those of load.',
    ],
    examples: [
      ['chatmail-check load merge a/result.json b/result.json', 'one result of two machines that shared a run'],
      [
        'chatmail-check load steady chat.example --i-operate chat.example --segment 0:1/2 --format json --out a',
        'the share of the first of the two; that of the second is 1/2:1, into b',
      ],
    ],
  })
}
