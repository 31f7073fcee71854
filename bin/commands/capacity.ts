// `chatmail-check capacity [HOST]`: how many people a server carries. The work itself is in ../capacity/.
import { formatHelp, formatNames } from '../../reports/format-names.ts'
import { languageHelp, languageNames } from '../../reports/language/names.ts'
import { optionOf } from '../choices.ts'
import type { Define } from '../define.ts'
import { exitCodes, loadExitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'
import { collect, reachingFlags } from './reaching.ts'
import { sampleFlags } from './sampling.ts'

export const defineCapacity: Define = (program, io, done) => {
  const capacity = program
    .command('capacity')
    .summary('find out how many people a server of yours carries')
    .description('Finds out how many people a server of yours carries.')
    .argument('[HOST]', 'as for check; the built-in reference server when absent')
    .optionsGroup('Looking:')
    .option('--from <N>', 'first rate, messages a second (default 2)')
    .option('--most <N>', 'highest rate to try, messages a second (default 100)')
    .option('--step <TIME>', 'how long one rate is tried (default 30s)')
    .option('--idle <N>', 'apps to hold connected at most (default 100)')
    .option('--threads <N>', 'share the load among threads (default 1)')
    .option('--rate-only', 'the rate of messages alone: no logins, idling, groups, megabytes')
    .optionsGroup('People:')
    .option('--people <NAME=N,...>', 'what one does: messages=50,photos=5 (docs/capacity.md)', collect)
    .option('--upload <RATE>', 'what the line of the server can send: 8Mbit a second')
    .optionsGroup('Consent:')
    .option('--i-operate <HOST>', 'I run HOST: it may get load', collect)
  reachingFlags(capacity)
    .option('--policy <FILE>', "the relay's chatmail.ini, or JSON: how long it keeps mail")
    .optionsGroup('Output:')
    .addOption(optionOf('--format <NAMES>', formatHelp, formatNames, collect))
    .addOption(optionOf('--lang <LANG>', languageHelp, languageNames))
    .option('--out <DIR>', 'write every format into DIR (default: one, to standard output)')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'more of each step; stack traces of errors')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .action(async (host: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { capacityCommand } = await import('../capacity/capacity-command.ts')
      done(await capacityCommand(host, flags, io))
    })
  sampleFlags(capacity)
  withHelp(capacity, {
    notes: ['It takes about a quarter of an hour.'],
    exitCodes: [
      [exitCodes.ok, 'found'],
      [loadExitCodes.invalid, 'this machine could not drive the load'],
      [exitCodes.usage, 'wrong command line'],
      [exitCodes.undecided, 'the host cannot be reached, or nothing was found'],
      [exitCodes.error, 'an error of chatmail-check'],
      [exitCodes.interrupted, 'interrupted; what was found is reported'],
    ],
    examples: [
      ['chatmail-check capacity chat.example --i-operate chat.example', 'how many people a server of yours carries'],
      [
        'chatmail-check capacity pi.local --i-operate pi.local --sample ssh:pi@pi.local --board pi --upload 8Mbit',
        'a Raspberry Pi at home: its board is watched, and its line counts',
      ],
    ],
  })
}
