// The flags that `load` and `load export` share: how much load, how it is judged, and how the host is reached.
import { Argument, type Command } from 'commander'
import { shippedScenarios } from '../load/shipped-scenarios.ts'
import { collect, reachingFlags } from './reaching.ts'

export function scenarioArgument(description: string): Argument {
  const argument = new Argument('[SCENARIO]', description)
  argument.argChoices = shippedScenarios.map(({ name }) => name)
  return argument
}

export function loadFlags(command: Command): Command {
  command
    .optionsGroup('How much:')
    .option('--vus <N>', 'virtual users (default: as the scenario says)')
    .option('--duration <TIME>', 'how long: 30s, 5m (default: as the scenario says)')
    .option('--rate <N>', 'so many a second; of steady: messages (default: as the scenario says)')
    .option('--stage <TIME:TARGET>', 'a stage of a ramping scenario: 30s:20; repeatable', collect)
    .option('-e, --env <NAME=VALUE>', 'for the scenario file, as __ENV.NAME; repeatable', collect)
    .optionsGroup('Judging:')
    .option('--threshold <METRIC:CONDITION>', 'such as "delivery_duration:p(95)<500"; repeatable', collect)
    .optionsGroup('Consent:')
    .option('--i-operate <HOST>', 'I run HOST: it may get load', collect)
  return reachingFlags(command)
}
