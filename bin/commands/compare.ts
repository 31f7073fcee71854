// `chatmail-check compare A B C...`: hosts and result files side by side. The work itself is in ../compare/.
import { languageHelp } from '../../reports/language/names.ts'
import type { Define } from '../define.ts'
import { UsageError } from '../usage-error.ts'
import { collect, reachingFlags } from './reaching.ts'

export const defineCompare: Define = (program, io, done) => {
  const command = program
    .command('compare')
    .description('check several hosts, or take their results, and show them side by side')
    .argument('[HOST|FILE...]', 'a host, as for check, or a result.json')
    .optionsGroup('Comparing:')
    .option('--list <FILE>', 'also the hosts of this list: JSON with relays[].host, or one domain a line')
    .option('--profile <NAME>', 'list (default), quick or full; quick leads to no band')
    .option('--only <PATTERN>', 'only these checks; leads to no band; repeatable', collect)
    .option('--skip <PATTERN>', 'not these checks; leads to no band; repeatable', collect)
    .option('--matrix <KIND>', 'also mail between them: sparse (six others each) or full')
    .option('--notes <FILE>', 'JSON: maintenance, reply and optOut of hosts')
    .option('--order <ORDER>', 'name (default), or band and then name')
    .option('--policy <FILE>', 'a chatmail.ini, or JSON: what their operators promise')
    .optionsGroup('In turns (docs/results.md):')
    .option('--interleave', 'messages to OLD and NEW in turns; exit 1 when a stage of delivery got slower')
    .option('--rounds <N>', 'at most so many messages to each (default 240)')
  reachingFlags(command)
    .optionsGroup('Output:')
    .option('--site <DIR>', 'write or renew a web site for a public list (docs/comparison.md)')
    .option('--work <DIR>', 'keep results and history here instead of in the state folder')
    .option('--format <NAMES>', 'terminal (default), html, md, json, csv; several with --out', collect)
    .option('--lang <LANG>', languageHelp)
    .option('--out <DIR>', 'write every format into DIR')
    .option('--public', 'for everybody to read: no addresses, security holes unnamed; --site always is')
    .option('--withhold-until <DATE>', 'name those from YYYY-MM-DD on (default: when known for 90 days)')
    .option('--quiet', 'the comparison alone')
    .option('--verbose', 'also where all agree')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .option('--dry-run', 'say what would be asked of the hosts, and stop')
    .optionsGroup('Running:')
    .option('--seed <N>', 'repeat a comparison: same plan, order and sizes')
    .option('--timeout <TIME>', 'most that one check may take: 90s')
    .option('--jobs <N>', 'checks of a host at the same time (default 4)')
    .addHelpText(
      'after',
      `
Hosts are checked one after the other. After ^C the same command goes on, and
asks no host again that was done.

With --interleave: --connect old:SERVICE=ADDR:PORT is for OLD alone, new: for NEW;
exit codes 0 no stage is slower, 1 one is, 3 not clear.

Examples:
  chatmail-check compare a.example b.example old/result.json
  chatmail-check compare --list relays.json --matrix sparse --site public
  chatmail-check compare --interleave old.example new.example`,
    )
    .action(async (words: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      if (flags.interleave === true) {
        const [format, ...more] = Array.isArray(flags.format) ? flags.format : []
        if (more.length > 0) throw new UsageError('--interleave writes one format', 'terminal, md or json')
        const { interleaveCommand } = await import('../compare/interleave.ts')
        return done(await interleaveCommand(words, format === undefined ? flags : { ...flags, format }, io))
      }
      const { compareCommand } = await import('../compare/compare-command.ts')
      done(await compareCommand(words, flags, io))
    })
}
