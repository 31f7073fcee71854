// `chatmail-check trace [END [END]]`: one message after another, stage by stage. The work itself is in ../trace/.
import { optionOf, traceFormats } from '../choices.ts'
import type { Define } from '../define.ts'
import { withHelp } from '../help.ts'
import { collect, reachingFlags } from './reaching.ts'

export const defineTrace: Define = (program, io, done) => {
  const command = program
    .command('trace')
    .summary('send one message after another, show which stage is slow')
    .description('Sends one message after another, and shows what each stage takes and which is slow.')
    .argument('[END...]', 'from and to: chat.example, alice@chat.example; two hosts for mail between them')
    .optionsGroup('Tracing:')
    .option('--count <N>', 'so many messages (default 20)')
    .option('--interval <TIME>', 'from one message to the next (default 1s; never faster than the relay allows)')
    .option('--no-idle', 'do not let the reader idle for 31 s before every tenth message')
    .option('--server-log <CMD>', 'run CMD, and show what it says of our messages; repeatable', collect)
    .option('--policy <FILE>', "the relay's chatmail.ini, or JSON: its rate limit")
  reachingFlags(command)
    .optionsGroup('Output:')
    .addOption(optionOf('--format <NAME>', 'terminal (default) or json', traceFormats))
    .option('--quiet', 'the result alone')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .action(async (ends: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { traceCommand } = await import('../trace/trace-command.ts')
      done(await traceCommand(ends, flags, io))
    })
  withHelp(command, {
    notes: ['Messages are deleted at the end. ^C ends the trace and prints what there is.'],
    examples: [
      ['chatmail-check trace chat.example', 'where the time goes between two accounts of one relay'],
      ['chatmail-check trace alice@chat.example bob@other.example --count 5', 'the same from one relay to another'],
    ],
  })
}
