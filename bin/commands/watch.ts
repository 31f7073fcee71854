// `chatmail-check watch HOST...`: looks at relays again and again, and says when something changes. The work is in ../watch/.
import { languageHelp } from '../../reports/language/names.ts'
import type { Define } from '../define.ts'
import { collect, reachingFlags } from './reaching.ts'

export const defineWatch: Define = (program, io, done) => {
  const command = program
    .command('watch')
    .description('send a message every quarter of an hour, serve metrics, and say when something changes')
    .argument('<HOST...>', 'relays; two or more can tell a relay that is down from a network that is')
    .optionsGroup('Watching:')
    .option('--every <TIME>', 'from one round of a host to the next (default 15m; 5m at least)')
    .option('--full <TIME|never>', 'a full run of checks so often (default 24h; daily at most)')
    .option('--profile <NAME>', 'of full runs: quick, list (default) or full')
    .option('--only <PATTERN>', 'of full runs: these checks alone; repeatable', collect)
    .option('--skip <PATTERN>', 'of full runs: not these checks; repeatable', collect)
    .option('--once', 'one round of each host, then end: for a timer')
    .option('--i-operate <HOST>', 'I run HOST: it may be asked more often; repeatable', collect)
    .option('--folder <DIR>', "journal, page, metrics and keys (default: in the user's state folder)")
    .optionsGroup('Telling:')
    .option('--listen <ADDR:PORT>', 'serve the page, and /metrics for Prometheus: 127.0.0.1:9469')
    .option('--textfile <FILE>', 'metrics for the textfile collector of node_exporter')
    .option('--lang <LANG>', languageHelp.replace('html and md', 'the page and reports'))
    .option('--notify-command <CMD>', 'run CMD when something changes; the event is JSON on its standard input')
    .option('--notify-chat <INVITE>', 'tell the Delta Chat user whose invitation link this is')
    .option('--notify-via <HOST>', 'the relay to write from: not one of those that are watched')
    .option('--quiet', 'changes alone')
  reachingFlags(command)
    .addHelpText(
      'after',
      `
A round costs one message, two when it fails. Accounts are made once, in the
first round and the first full run, and are kept. ^C ends the watch; the next
one goes on where it ended.

Exit codes: 0 ended by ^C; with --once: 0 all deliver, 1 one does not, 3 could
not be judged. 2 wrong command line, 4 an error of chatmail-check.

Examples:
  chatmail-check watch chat.example other.example --listen 127.0.0.1:9469
  chatmail-check watch chat.example --once --textfile /var/lib/node/chatmail.prom`,
    )
    .action(async (hosts: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { watchCommand } = await import('../watch/watch-command.ts')
      done(await watchCommand(hosts, flags, io))
    })
}
