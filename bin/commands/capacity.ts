// `chatmail-check capacity [HOST]`: how many people a server carries. The work itself is in ../capacity/.
import { formatHelp } from '../../reports/format-names.ts'
import { languageHelp } from '../../reports/language/names.ts'
import type { Define } from '../define.ts'
import { collect, reachingFlags } from './reaching.ts'
import { sampleFlags } from './sampling.ts'

export const defineCapacity: Define = (program, io, done) => {
  const capacity = program
    .command('capacity')
    .description('find out how many people a server of yours carries')
    .argument('[HOST]', 'as for check; the built-in reference server when absent')
    .optionsGroup('Looking:')
    .option('--from <N>', 'first rate, messages a second (default 2)')
    .option('--most <N>', 'highest rate to try (default 100)')
    .option('--step <TIME>', 'how long one rate is tried (default 30s)')
    .option('--idle <N>', 'apps to hold connected at most (default 100)')
    .option('--threads <N>', 'share the load among threads (default 1)')
    .option('--rate-only', 'the rate of messages alone: no logins, idling, groups, megabytes')
    .optionsGroup('People:')
    .option('--people <NAME=N,...>', 'what one does: messages=50,photos=5 (docs/capacity.md)', collect)
    .option('--upload <RATE>', 'what the line of the server can send: 8Mbit')
    .optionsGroup('Consent:')
    .option('--i-operate <HOST>', 'I run HOST: it may get load', collect)
  reachingFlags(capacity)
    .option('--policy <FILE>', "the relay's chatmail.ini, or JSON: how long it keeps mail")
    .optionsGroup('Output:')
    .option('--format <NAMES>', formatHelp, collect)
    .option('--lang <LANG>', languageHelp)
    .option('--out <DIR>', 'write every format into DIR')
    .option('--quiet', 'the verdict alone')
    .option('--verbose', 'more of each step; stack traces of errors')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .addHelpText(
      'after',
      `
It takes about a quarter of an hour. Exit codes: 0 found, 120 this machine could not
drive the load, 130 interrupted (what was found is reported), 2 wrong command line,
3 unreachable or not found, 4 an error of chatmail-check.

Examples:
  chatmail-check capacity chat.example --i-operate chat.example
  chatmail-check capacity pi.local --i-operate pi.local --sample ssh:pi@pi.local \\
    --board pi --upload 8Mbit`,
    )
    .action(async (host: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { capacityCommand } = await import('../capacity/capacity-command.ts')
      done(await capacityCommand(host, flags, io))
    })
  sampleFlags(capacity)
}
