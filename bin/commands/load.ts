// `chatmail-check load [SCENARIO] [HOST]`: what a server carries. The work itself is in ../load/.
import { formatHelp } from '../../reports/format-names.ts'
import { languageHelp } from '../../reports/language/names.ts'
import type { Define } from '../define.ts'
import { shippedScenarios } from '../load/shipped-scenarios.ts'
import { defineLoadExport } from './load-export.ts'
import { loadFlags } from './load-flags.ts'
import { defineLoadMerge } from './load-merge.ts'
import { collect } from './reaching.ts'
import { sampleFlags } from './sampling.ts'

const scenarioHelp = shippedScenarios.map(({ name, short }) => `  ${name.padEnd(16)} ${short}`).join('\n')

export const defineLoad: Define = (program, io, done) => {
  const load = program
    .command('load')
    // What stands behind `merge` is for merge.
    .enablePositionalOptions()
    .description('put load on a server of yours')
    .argument('[SCENARIO]', `one of those below (default: steady), or a file of yours`)
    .argument('[HOST]', 'as for check; the built-in reference server when absent')
    .argument('[HOST]', 'the second server, of federation')
  loadFlags(load)
    .optionsGroup('How much:')
    .option('--threads <N>', 'share the virtual users among threads (default 1)')
    .option('--segment <A:B>', 'the share of this machine when several share a run: 0:1/2')
    .optionsGroup('Judging:')
    .option('--baseline <FILE...>', 'earlier results, folders of them, or history: exit 1 when slower than these')
    .optionsGroup('Output:')
    .option('--format <NAMES>', formatHelp, collect)
    .option('--lang <LANG>', languageHelp)
    .option('--out <DIR>', 'write every format into DIR')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'all metrics; stack traces of errors')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .addHelpText(
      'after',
      `
Scenarios:
${scenarioHelp}

Exit codes: 0 every threshold holds, 99 one does not, 120 the run says nothing
about the server, 108 ended by the scenario, 130 interrupted, 2 wrong command line
or scenario, 3 unreachable, 4 an error of chatmail-check.

Examples:
  chatmail-check load smoke
  chatmail-check load steady chat.example --i-operate chat.example --rate 20
  chatmail-check scenarios copy steady my-evening.ts`,
    )
    .action(async (first?: string, second?: string, third?: string, flags: Readonly<Record<string, unknown>> = {}) => {
      const { loadCommand } = await import('../load/load-command.ts')
      const args = [first, second, third].filter((text) => text !== undefined)
      done(await loadCommand(args, flags, io))
    })
  sampleFlags(load)
  defineLoadExport(load, io, done)
  defineLoadMerge(load, io, done)
}
