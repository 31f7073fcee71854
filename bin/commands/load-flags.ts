// The flags that `load` and `load export` share: how much load, how it is judged, and how the host is reached.
import type { Command } from 'commander'
import { collect } from './reaching.ts'

export function loadFlags(command: Command): Command {
  return command
    .optionsGroup('How much:')
    .option('--vus <N>', 'virtual users')
    .option('--duration <TIME>', 'how long: 30s, 5m')
    .option('--rate <N>', 'a second; steady: messages')
    .option('--stage <TIME:TARGET>', 'a stage of a ramping scenario: 30s:20; repeatable', collect)
    .option('-e, --env <NAME=VALUE>', 'for the scenario file, as __ENV.NAME; repeatable', collect)
    .optionsGroup('Judging:')
    .option('--threshold <METRIC:CONDITION>', 'such as "delivery_duration:p(95)<500"; repeatable', collect)
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
}
