// `chatmail-check compare --interleave OLD NEW`: is the new server slower than the old one? The work itself is in ../compare/.
import type { Define } from '../define.ts'
import { UsageError } from '../usage-error.ts'
import { reachingFlags } from './reaching.ts'

export const defineCompare: Define = (program, io, done) => {
  const command = program
    .command('compare')
    .description('compare servers')
    .argument('[HOST...]', 'OLD and NEW, as for check')
    .optionsGroup('Comparing:')
    .option('--interleave', 'messages to both in turns; exit 1 when a stage of delivery got slower')
    .option('--rounds <N>', 'at most so many messages to each (default 240)')
    .option('--policy <FILE>', "the relays' chatmail.ini, or JSON: their rate limit")
  reachingFlags(command)
    .optionsGroup('Output:')
    .option('--format <NAME>', 'terminal (default), md or json')
    .option('--quiet', 'the result alone')
    .option('--seed <N>', 'the same order of messages again')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .addHelpText(
      'after',
      `
--connect old:SERVICE=ADDR:PORT is for OLD alone, new: for NEW.
Exit codes: 0 no stage is slower, 1 one is, 3 not clear, 130 interrupted.

Examples:
  chatmail-check compare --interleave old.example new.example
  chatmail-check compare --interleave @reference:pace=10 @reference:pace=10,slow=rcpt+20%`,
    )
    .action(async (hosts: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      if (flags.interleave !== true)
        throw new UsageError('compare needs to know how', 'chatmail-check compare --interleave OLD NEW')
      const { interleaveCommand } = await import('../compare/interleave.ts')
      done(await interleaveCommand(hosts, flags, io))
    })
}
