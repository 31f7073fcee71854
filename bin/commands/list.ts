// `chatmail-check list`: what there is to choose from, one line each, ids first.
import { Argument } from 'commander'
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'

const topics = ['checks', 'requirements', 'defects', 'habits', 'presets', 'profiles', 'scenarios'] as const

export const defineList: Define = (program, io, done) => {
  const argument = new Argument('[TOPIC]', `${topics.join(', ')} (default: checks)`)
  argument.argChoices = [...topics]
  const command = program
    .command('list')
    .summary('list checks, requirements, defects and so on')
    .description('Lists checks, requirements, defects, habits, presets, profiles or scenarios.')
    .addArgument(argument)
    .action(async (topic = 'checks') => {
      const { unknown } = await import('../usage-error.ts')
      const known = topics.find((item) => item === topic)
      if (known === undefined) throw unknown('topic', topic, topics)
      const { rowsOf } = await import('../list-rows.ts')
      const rows = await rowsOf(known)
      const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
      for (const row of rows) {
        io.stdout.write(
          `${row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()}\n`,
        )
      }
      done(exitCodes.ok)
    })
  withHelp(command, {
    notes: [
      'Defects are ways to break the reference server, listed with the cost of the check that sees them: with ' +
        '@reference:defect=NAME --fail-on may --cost COST a run exits with 1. Those with the cost load show only under ' +
        'load: load steady @reference:defect=NAME exits with 99. Habits change only what a run observes, and never fail. ' +
        'Presets are real implementations that the reference server can be like: @reference:like=PRESET.',
    ],
    examples: [
      ['chatmail-check list', 'every check, one a line'],
      ['chatmail-check list defects', 'what the reference server can be made to do wrong'],
    ],
  })
}
