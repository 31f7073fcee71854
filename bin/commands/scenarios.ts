// `chatmail-check scenarios [copy NAME [FILE]]`: the load scenarios that are shipped, to read and to change.
import { Argument } from 'commander'
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'
import { shippedScenarios } from '../load/shipped-scenarios.ts'

export const defineScenarios: Define = (program, io, done) => {
  const scenarios = program
    .command('scenarios')
    .summary('list the load scenarios, or copy one to change it')
    .description('Lists the load scenarios that are shipped, or copies one to change it.')
    .action(async () => {
      const width = Math.max(...shippedScenarios.map(({ name }) => name.length))
      for (const { name, question } of shippedScenarios) io.stdout.write(`${name.padEnd(width)}  ${question}\n`)
      done(exitCodes.ok)
    })
  const name = new Argument('<NAME>', 'of the scenario')
  name.argChoices = shippedScenarios.map((scenario) => scenario.name)
  const copy = scenarios
    .command('copy')
    .summary('copy a scenario beside you')
    .description('Copies a scenario beside you; a file that is there already stays as it is.')
    .addArgument(name)
    .argument('[FILE]', 'a .ts or .js file (default: NAME, TypeScript where this Node runs it)')
    .action(async (name: string, file: string | undefined) => {
      const { copyScenario } = await import('../load/copy-scenario.ts')
      io.stdout.write(await copyScenario(name, file, io.cwd))
      done(exitCodes.ok)
    })
  withHelp(scenarios, {
    notes: ['Without a word after it, it lists the scenarios and the question of each.'],
    examples: [
      ['chatmail-check scenarios', 'what there is'],
      ['chatmail-check scenarios copy steady my-evening.ts', 'one of your own, made from steady'],
    ],
  })
  withHelp(copy, {
    examples: [
      ['chatmail-check scenarios copy steady my-evening.ts', 'a copy under another name'],
      ['chatmail-check scenarios copy soak', 'a copy of soak in this folder'],
    ],
  })
}
