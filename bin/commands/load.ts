// `chatmail-check load [SCENARIO] [HOST]`: what a server carries. The work itself is in ../load/.
import { formatHelp } from '../../reports/format-names.ts'
import { languageHelp } from '../../reports/language/names.ts'
import type { Define } from '../define.ts'
import { sampleFlags } from '../sample-flags.ts'

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

export const defineLoad: Define = (program, io, done) => {
  const load = program
    .command('load')
    .description('put load on a server of yours')
    .argument('[SCENARIO]', 'smoke, steady (default), or a scenario file of yours')
    .argument('[HOST]', 'as for check; the built-in reference server when absent')
    .optionsGroup('How much:')
    .option('--vus <N>', 'virtual users')
    .option('--duration <TIME>', 'how long: 30s, 5m')
    .option('--rate <N>', 'a second; steady: messages')
    .option('--stage <TIME:TARGET>', 'a stage of a ramping scenario: 30s:20; repeatable', collect)
    .option('-e, --env <NAME=VALUE>', 'for the scenario file, as __ENV.NAME; repeatable', collect)
    .option('--threads <N>', 'share the virtual users among threads (default 1)')
    .optionsGroup('Judging:')
    .option('--threshold <METRIC:CONDITION>', 'such as "delivery_duration:p(95)<500"; repeatable', collect)
    .option('--baseline <FILE...>', 'earlier results, folders of them, or history: exit 1 when slower than these')
    .optionsGroup('Reaching:')
    .option('--i-operate <HOST>', 'I run HOST: it may get load', collect)
    .option('--resolve <NAME=IP>', 'use this address for NAME; repeatable', collect)
    .option('--connect <SERVICE=ADDR:PORT>', 'where imaps, imap, submissions or submission is; repeatable', collect)
    .option('--dns <ADDR[:PORT]>', 'ask this DNS server')
    .option('--ca <FILE>', 'trust these roots (PEM) instead of the public ones; repeatable', collect)
    .option('--pin <SHA256>', 'trust exactly the certificate with this fingerprint')
    .option('--trust-presented', 'trust any certificate')
    .option('--wait <TIME>', 'try again until the services answer, at most this long: 60s')
    .option('-4, --ipv4', 'IPv4 only')
    .option('-6, --ipv6', 'IPv6 only')
    .option('--accounts <FILE>', 'use these accounts (lines "address password"); none is made')
    .option('--fresh', 'leave accounts of earlier runs alone')
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
Exit codes: 0 every threshold holds, 99 one does not, 120 the run says nothing
about the server, 108 ended by the scenario, 130 interrupted, 2 wrong command line
or scenario, 3 unreachable, 4 an error of chatmail-check.

Examples:
  chatmail-check load smoke
  chatmail-check load steady chat.example --i-operate chat.example --rate 20`,
    )
    .action(async (first: string | undefined, second: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { loadCommand } = await import('../load/load-command.ts')
      const args = [first, second].filter((text) => text !== undefined)
      done(await loadCommand(args, flags, io))
    })
  sampleFlags(load)
}
