// `chatmail-check list`: what there is to choose from, one line each, ids first.
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'

const topics = ['checks', 'requirements', 'defects', 'habits', 'presets', 'profiles', 'scenarios'] as const

export const defineList: Define = (program, io, done) => {
  program
    .command('list')
    .description('list checks, requirements, defects, habits, presets, profiles or scenarios')
    .argument('[TOPIC]', `${topics.join(', ')} (default: checks)`)
    .addHelpText(
      'after',
      `
Defects are ways to break the reference server, listed with the cost of the check
that sees them: with @reference:defect=NAME --fail-on may --cost COST a run exits
with 1. Those with the cost load show only under load: load steady
@reference:defect=NAME exits with 99. Habits change only what a run observes, and
never fail. Presets are real implementations that the reference server can be
like: @reference:like=PRESET.

Examples:
  chatmail-check list
  chatmail-check list defects`,
    )
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
}
