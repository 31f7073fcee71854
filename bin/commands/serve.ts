// `chatmail-check serve`: the reference server for people and for test suites of other programs.
import type { Define } from '../define.ts'
import { withHelp } from '../help.ts'
import { collect } from './reaching.ts'

export const defineServe: Define = (program, io, done) => {
  const command = program
    .command('serve')
    .summary('run the reference server until ^C')
    .description('Runs the reference server, for people and for test suites, until ^C.')
    .option(
      '--ports <SERVICE=PORT,...>',
      'fixed ports: imaps=1993,submissions=1465; "standard" for 993, 465, 25 and so on (default: any free ones)',
      collect,
    )
    .option('--listen <ADDR>', 'listen here (default 127.0.0.1); anything but loopback must be asked for')
    .option('--domain <NAME>', 'mail domain (default chat.test); repeatable, also _chat.test or [127.0.0.1]', collect)
    .option('--dns <ADDR:PORT>', 'serve the zones of the domains by DNS there')
    .option('--peer-dns <ADDR:PORT>', 'ask this name server for the domains of others, and send mail there')
    .option('--peer-ca <FILE>', 'trust this certificate authority of other servers; repeatable', collect)
    .option('--push <URL>', 'post the device tokens of those who get mail there (default: the journal notes whom)')
    .option('--accounts <NAMES>', 'accounts to make at the start: alice,bob@second.test', collect)
    .option('--control <ADDR:PORT>', 'give test suites power over the server by HTTP there; port 0: any free one')
    .option('--control-token <TOKEN>', 'what they must send (default: CHATMAIL_CHECK_CONTROL_TOKEN, or a random one)')
    .option('--exit-with-stdin', 'end when standard input ends: with the test runner that started it')
    .option('--state <DIR>', 'keep the CA in DIR and reuse it (default: a fresh one in a temporary folder)')
    .option('--like <PRESET>', 'with the choices of a real implementation, see "chatmail-check list presets"')
    .option(
      '--data <DIR>',
      'keep accounts, mail and the CA in DIR, safe against a kill at any time (Node 22.13 or newer)',
    )
    .option('--defect <DEFECT>', 'with this defect; repeatable, see "chatmail-check list defects"', collect)
    .option('--variant <N>', 'take permitted choices differently (default 0)')
    .option('--seed <N>', 'the same passwords each time for --accounts')
    .option('--ready-file <FILE>', 'write the JSON ready line into FILE as well, once all is ready')
    .option('--quiet', 'the JSON ready line alone')
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { serveCommand } = await import('../serve/serve-command.ts')
      done(await serveCommand(flags, io))
    })
  withHelp(command, {
    notes: [
      'On a terminal the text for people goes to stdout. Elsewhere stdout carries one JSON line, once the server is ready, ' +
        'and the text goes to stderr. This server is for tests: without --data it keeps mail in memory, and anybody who ' +
        'reaches it can make accounts.',
    ],
    examples: [
      ['chatmail-check serve --accounts alice,bob', 'two accounts to log in to with a mail program'],
      [
        'chatmail-check serve --control 127.0.0.1:0 --ready-file r.json --exit-with-stdin',
        'for a test suite, which reads r.json and drives the server by HTTP',
      ],
    ],
  })
}
