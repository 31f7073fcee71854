// `chatmail-check watch HOST...`: looks at relays again and again, and says when something changes. The work is in ../watch/.
import { languageHelp, languageNames } from '../../reports/language/names.ts'
import { optionOf, profiles } from '../choices.ts'
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'
import { collect, reachingFlags } from './reaching.ts'

export const defineWatch: Define = (program, io, done) => {
  const command = program
    .command('watch')
    .summary('look at relays again and again, say what changes')
    .description('Sends a message every quarter of an hour, serves metrics, and says when something changes.')
    .argument('<HOST...>', 'relays; two or more can tell a relay that is down from a network that is')
    .optionsGroup('Watching:')
    .option('--every <TIME>', 'from one round of a host to the next (default 15m; 5m at least)')
    .addOption(optionOf('--full <TIME|never>', 'a full run of checks so often (default 24h; daily at most)', ['never']))
    .addOption(optionOf('--profile <NAME>', 'of full runs: quick, list (default) or full', profiles))
    .option('--only <PATTERN>', 'of full runs: these checks alone; repeatable', collect)
    .option('--skip <PATTERN>', 'of full runs: not these checks; repeatable', collect)
    .option('--once', 'one round of each host, then end: for a timer')
    .option('--i-operate <HOST>', 'I run HOST: it may be asked more often; repeatable', collect)
    .option('--folder <DIR>', "journal, page, metrics and keys (default: in the user's state folder)")
    .optionsGroup('Telling:')
    .option('--listen <ADDR:PORT>', 'serve the page, and /metrics for Prometheus: 127.0.0.1:9469')
    .option('--textfile <FILE>', 'metrics for the textfile collector of node_exporter')
    .addOption(optionOf('--lang <LANG>', languageHelp.replace('html and md', 'the page and reports'), languageNames))
    .option('--notify-command <CMD>', 'run CMD when something changes; the event is JSON on its standard input')
    .option('--notify-chat <INVITE>', 'tell the Delta Chat user whose invitation link this is')
    .option('--notify-via <HOST>', 'the relay to write from: not one of those that are watched')
    .option('--quiet', 'changes alone')
  reachingFlags(command).action(async (hosts: readonly string[], flags: Readonly<Record<string, unknown>>) => {
    const { watchCommand } = await import('../watch/watch-command.ts')
    done(await watchCommand(hosts, flags, io))
  })
  withHelp(command, {
    notes: [
      'A round costs one message, two when it fails. Accounts are made once, in the first round and the first full run, ' +
        'and are kept. ^C ends the watch; the next one goes on where it ended.',
    ],
    exitCodes: [
      [exitCodes.ok, 'ended by ^C; with --once: all deliver'],
      [1, 'with --once: one does not'],
      [exitCodes.usage, 'wrong command line'],
      [exitCodes.undecided, 'with --once: one could not be judged'],
      [exitCodes.error, 'an error of chatmail-check'],
    ],
    examples: [
      [
        'chatmail-check watch chat.example other.example --listen 127.0.0.1:9469',
        'two relays, with a page and metrics in the browser',
      ],
      [
        'chatmail-check watch chat.example --once --textfile /var/lib/node/chatmail.prom',
        'one round, from a timer, for the collector of node_exporter',
      ],
    ],
  })
}
