// `chatmail-check load [SCENARIO] [HOST]`: what a server carries. The work itself is in ../load/.
import { formatHelp, formatNames } from '../../reports/format-names.ts'
import { languageHelp, languageNames } from '../../reports/language/names.ts'
import { baselineOption, optionOf } from '../choices.ts'
import type { Define } from '../define.ts'
import { exitCodes, loadExitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'
import { shippedScenarios } from '../load/shipped-scenarios.ts'
import { defineLoadExport } from './load-export.ts'
import { loadFlags, scenarioArgument } from './load-flags.ts'
import { defineLoadMerge } from './load-merge.ts'
import { collect } from './reaching.ts'
import { sampleFlags } from './sampling.ts'

export const defineLoad: Define = (program, io, done) => {
  const load = program
    .command('load')
    // What stands behind `merge` is for merge.
    .enablePositionalOptions()
    .summary('put load on a server of yours')
    .description('Puts load on a server of yours, and says whether it keeps up.')
    .addArgument(scenarioArgument('one of those below (default: steady), or a file of yours'))
    .argument('[HOST]', 'as for check; the built-in reference server when absent')
    .argument('[HOST]', 'the second server, of federation')
  loadFlags(load)
    .optionsGroup('How much:')
    .option('--threads <N>', 'share the virtual users among threads (default 1)')
    .option('--segment <A:B>', 'the share of this machine when several share a run: 0:1/2')
    .optionsGroup('Judging:')
    .addOption(baselineOption())
    .optionsGroup('Output:')
    .addOption(optionOf('--format <NAMES>', formatHelp, formatNames, collect))
    .addOption(optionOf('--lang <LANG>', languageHelp, languageNames))
    .option('--out <DIR>', 'write every format into DIR (default: one, to standard output)')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'all metrics; stack traces of errors')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .action(async (first?: string, second?: string, third?: string, flags: Readonly<Record<string, unknown>> = {}) => {
      const { loadCommand } = await import('../load/load-command.ts')
      const args = [first, second, third].filter((text) => text !== undefined)
      done(await loadCommand(args, flags, io))
    })
  sampleFlags(load)
  defineLoadExport(load, io, done)
  defineLoadMerge(load, io, done)
  withHelp(load, {
    table: { title: 'Scenarios:', rows: shippedScenarios.map(({ name, short }) => [name, short]) },
    exitCodes: [
      [loadExitCodes.pass, 'every threshold holds'],
      [loadExitCodes.fail, 'one does not'],
      [loadExitCodes.invalid, 'the run says nothing about the server'],
      [loadExitCodes.aborted, 'ended by the scenario'],
      [exitCodes.usage, 'wrong command line or scenario'],
      [exitCodes.undecided, 'the host cannot be reached'],
      [exitCodes.error, 'an error of chatmail-check'],
      [loadExitCodes.interrupted, 'interrupted'],
    ],
    examples: [
      ['chatmail-check load smoke', 'try it out on the built-in reference server'],
      [
        'chatmail-check load steady chat.example --i-operate chat.example --rate 20',
        'twenty messages a second for a server of yours',
      ],
    ],
  })
}
