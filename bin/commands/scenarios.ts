// `chatmail-check scenarios [copy NAME [FILE]]`: the load scenarios that are shipped, to read and to change.
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'

export const defineScenarios: Define = (program, io, done) => {
  const scenarios = program
    .command('scenarios')
    .description('list the load scenarios, or copy one to change it')
    .addHelpText(
      'after',
      `
Without a word after it, it lists the scenarios and the question of each.

Examples:
  chatmail-check scenarios
  chatmail-check scenarios copy steady my-evening.ts`,
    )
    .action(async () => {
      const { shippedScenarios } = await import('../load/shipped-scenarios.ts')
      const width = Math.max(...shippedScenarios.map(({ name }) => name.length))
      for (const { name, question } of shippedScenarios) io.stdout.write(`${name.padEnd(width)}  ${question}\n`)
      done(exitCodes.ok)
    })
  scenarios
    .command('copy')
    .description('copy a scenario beside you; a file that is there already stays as it is')
    .argument('<NAME>', 'of the scenario')
    .argument('[FILE]', 'a .ts or .js file (default: NAME, TypeScript where this Node runs it)')
    .action(async (name: string, file: string | undefined) => {
      const { copyScenario } = await import('../load/copy-scenario.ts')
      io.stdout.write(await copyScenario(name, file, io.cwd))
      done(exitCodes.ok)
    })
}
