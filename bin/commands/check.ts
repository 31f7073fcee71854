// `chatmail-check [HOST...]`: the main job and the default command. The work itself is in ../check/.
import { evidenceModes } from '../../reports/evidence.ts'
import { formatHelp, formatNames } from '../../reports/format-names.ts'
import { languageHelp, languageNames } from '../../reports/language/names.ts'
import { baselineOption, costs, levels, optionOf, profiles } from '../choices.ts'
import type { Define } from '../define.ts'
import { usualExitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'
import { collect, reachingFlags } from './reaching.ts'

export const defineCheck: Define = (program, io, done) => {
  const command = program
    .command('check', { isDefault: true })
    .summary('check relays (the default command)')
    .description('Finds out whether chatmail servers keep their promises, and how fast they are.')
    .argument('[HOST...]', 'a domain, [ADDRESS], _self.signed or @reference[:like=PRESET,defect=NAME,domain=D]')
    .optionsGroup('Choosing:')
    .addOption(
      optionOf('--profile <NAME>', 'quick (default, under a minute), list (for public lists) or full', profiles),
    )
    .option('--only <PATTERN>', 'only these checks: an id, * within an area, ** anywhere, @FILE; repeatable', collect)
    .option('--skip <PATTERN>', 'not these checks; repeatable', collect)
    .addOption(
      optionOf('--cost <KIND>', 'also checks that are slow, bulk or intrusive; repeatable, or a,b', costs, collect),
    )
    .option('--i-operate <HOST>', 'I run HOST: intrusive checks are welcome there; repeatable', collect)
    .optionsGroup('Judging:')
    .addOption(
      optionOf('--fail-on <LEVEL>', 'exit 1 for unmet points from this level on: must (default), should, may', levels),
    )
    .option('--known-failing <FILE>', 'points that may fail for now: lines "id  reason  until=YYYY-MM-DD"')
    .option('--write-known-failing <FILE>', 'write such a file from what fails in this run')
    .option('--require-complete', 'exit 3 when a required point was not tested')
    .addOption(baselineOption())
    .option('--policy <FILE>', "the relay's chatmail.ini, or JSON: what its operator promises")
  reachingFlags(command)
    .option('--with <HOST>', 'a second host, for mail between two; it is not checked itself')
    .optionsGroup('Vantage (docs/vantage.md):')
    .option('--peer-domain <D>', 'a mail domain of yours, for mail between it and HOST; shows what its DNS must say')
    .option('--peer-listen <ADDR[:PORT]>', 'take its mail here (port 25); a second one unlocks more', collect)
    .option('--peer-dkim-key <FILE>', 'its signing key; made when there is none')
    .option('--peer-cert <FILE>', 'its certificate, which other servers believe (PEM, with the chain)')
    .option('--peer-key <FILE>', 'the key of that certificate')
    .option('--expire-command <CMD>', 'runs the clean-up of HOST now; needs --i-operate')
    .optionsGroup('Output:')
    .addOption(optionOf('--format <NAMES>', formatHelp, formatNames, collect))
    .option('--out <DIR>', 'write every format into DIR (default: one, to standard output)')
    .addOption(optionOf('--lang <LANG>', languageHelp, languageNames))
    .addOption(optionOf('--evidence <WHICH>', 'keep wire lines of: failures (default), all, none', evidenceModes))
    .option('--public', 'for everybody to read: no wire lines, no addresses, security holes unnamed')
    .option('--withhold-until <DATE>', 'with --public: name those from YYYY-MM-DD on (default: 90 days)')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'also what holds; stack traces of errors')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .option('--dry-run', 'find the services, show what would be done, and stop')
    .optionsGroup('Running:')
    .option('--seed <N>', 'repeat a run: same plan, order and sizes (default: a random one)')
    .option('--timeout <TIME>', 'most that one check may take: 90s (default: what each needs)')
    .option('--jobs <N>', 'checks at the same time (default 4)')
    .action(async (hosts: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { checkCommand } = await import('../check/check-command.ts')
      done(await checkCommand(hosts, flags, io))
    })
  withHelp(command, {
    exitCodes: usualExitCodes,
    examples: [
      [
        'chatmail-check chat.example --profile list --format junit',
        'what a public list asks of a relay, for a CI server',
      ],
      [
        'chatmail-check @reference:defect=accepts-cleartext --only "encryption/*"',
        'see how a server fails that takes messages in clear text',
      ],
    ],
  })
}
