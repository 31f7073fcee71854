// The flags that `load` and `load export` share: how much load, how it is judged, and how the host is reached.
import type { Command } from 'commander'
import { collect, reachingFlags } from './reaching.ts'

export function loadFlags(command: Command): Command {
  command
    .optionsGroup('How much:')
    .option('--vus <N>', 'virtual users')
    .option('--duration <TIME>', 'how long: 30s, 5m')
    .option('--rate <N>', 'a second; steady: messages')
    .option('--stage <TIME:TARGET>', 'a stage of a ramping scenario: 30s:20; repeatable', collect)
    .option('-e, --env <NAME=VALUE>', 'for the scenario file, as __ENV.NAME; repeatable', collect)
    .optionsGroup('Judging:')
    .option('--threshold <METRIC:CONDITION>', 'such as "delivery_duration:p(95)<500"; repeatable', collect)
    .optionsGroup('Consent:')
    .option('--i-operate <HOST>', 'I run HOST: it may get load', collect)
  return reachingFlags(command)
}
