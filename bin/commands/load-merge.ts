// `chatmail-check load merge FILE...`: one result out of those of several machines. The work itself is in ../load/merge-command.ts.
import type { Command } from 'commander'
import type { Io } from '../io.ts'
import { collect } from './reaching.ts'

export function defineLoadMerge(load: Command, io: Io, done: (exitCode: number) => void): void {
  load
    .command('merge')
    .description('make one result out of those of several machines that put load on one server together')
    .argument('<FILE...>', 'results (result.json) of the machines: of segments, or of runs of their own')
    .option('--format <NAMES>', 'terminal (default), json, junit; repeatable, or a,b', collect)
    .option('--out <DIR>', 'write every format into DIR')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'all metrics')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .addHelpText(
      'after',
      `
Thresholds are held against all samples together; a merged run is valid when every
part is, and when all ran at the same time. Exit codes are those of load.

Example, on two machines and then on one of them:
  chatmail-check load steady chat.example --i-operate chat.example \\
    --segment 0:1/2 --format json --out a      (and 1/2:1 on the other: b)
  chatmail-check load merge a/result.json b/result.json`,
    )
    .action(async (files: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { mergeCommand } = await import('../load/merge-command.ts')
      done(await mergeCommand(files, flags, io))
    })
}
