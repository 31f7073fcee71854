// `chatmail-check compare A B C...`: hosts and result files side by side. The work itself is in ../compare/.

import { comparisonFormatNames } from '../../reports/format-names.ts'
import { languageHelp, languageNames } from '../../reports/language/names.ts'
import { matrices, optionOf, orders, profiles } from '../choices.ts'
import type { Define } from '../define.ts'
import { withHelp } from '../help.ts'
import { collect, reachingFlags } from './reaching.ts'

export const defineCompare: Define = (program, io, done) => {
  const command = program
    .command('compare')
    .summary('show hosts or results side by side')
    .description('Checks several hosts, or takes their results, and shows them side by side.')
    .argument('[HOST|FILE...]', 'a host, as for check, or a result.json')
    .optionsGroup('Comparing:')
    .option('--list <FILE>', 'also the hosts of this list: JSON with relays[].host, or one domain a line')
    .addOption(optionOf('--profile <NAME>', 'list (default), quick or full; quick leads to no band', profiles))
    .option('--only <PATTERN>', 'only these checks; leads to no band; repeatable', collect)
    .option('--skip <PATTERN>', 'not these checks; leads to no band; repeatable', collect)
    .addOption(optionOf('--matrix <KIND>', 'also mail between them: sparse (six others each) or full', matrices))
    .option('--notes <FILE>', 'JSON: maintenance, reply and optOut of hosts')
    .addOption(optionOf('--order <ORDER>', 'name (default), or band and then name', orders))
    .option('--policy <FILE>', 'a chatmail.ini, or JSON: what their operators promise')
    .optionsGroup('In turns (docs/results.md):')
    .option('--interleave', 'messages to OLD and NEW in turns; exit 1 when a stage of delivery got slower')
    .option('--rounds <N>', 'at most so many messages to each (default 240)')
  reachingFlags(command)
    .optionsGroup('Output:')
    .option('--site <DIR>', 'write or renew a web site for a public list (docs/comparison.md)')
    .option('--work <DIR>', 'keep results and history here instead of in the state folder')
    .addOption(
      optionOf(
        '--format <NAMES>',
        'terminal (default), html, md, json, csv; several with --out',
        comparisonFormatNames,
        collect,
      ),
    )
    .addOption(optionOf('--lang <LANG>', languageHelp, languageNames))
    .option('--out <DIR>', 'write every format into DIR (default: one, to standard output)')
    .option('--public', 'for everybody to read: no addresses, security holes unnamed; --site always is')
    .option('--withhold-until <DATE>', 'name those from YYYY-MM-DD on (default: when known for 90 days)')
    .option('--quiet', 'the comparison alone')
    .option('--verbose', 'also where all agree')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .option('--dry-run', 'say what would be asked of the hosts, and stop')
    .optionsGroup('Running:')
    .option('--seed <N>', 'repeat a comparison: same plan, order and sizes (default: random)')
    .option('--timeout <TIME>', 'most that one check may take: 90s (default: what each needs)')
    .option('--jobs <N>', 'checks of a host at the same time (default 4)')
    .action(async (words: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      if (flags.interleave === true) {
        const { interleaveCommand } = await import('../compare/interleave.ts')
        return done(await interleaveCommand(words, flags, io))
      }
      const { compareCommand } = await import('../compare/compare-command.ts')
      done(await compareCommand(words, flags, io))
    })
  withHelp(command, {
    notes: [
      'Hosts are checked one after the other. After ^C the same command goes on, and asks no host again that was done.',
      'With --interleave: --connect old:SERVICE=ADDR:PORT is for OLD alone, new: for NEW; ' +
        'exit codes 0 no stage is slower, 1 one is, 3 not clear.',
    ],
    examples: [
      ['chatmail-check compare a.example b.example old/result.json', 'two hosts and an earlier result side by side'],
      [
        'chatmail-check compare --list relays.json --matrix sparse --site public',
        'a web site for a public list, with mail between its relays',
      ],
      [
        'chatmail-check compare --interleave old.example new.example',
        'whether a new version delivers slower than the old one',
      ],
    ],
  })
}
