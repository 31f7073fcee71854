// `chatmail-check explain ID`: a requirement, why it matters, how it is tested, how to mend it, which defects show it.
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'

export const defineExplain: Define = (program, io, done) => {
  program
    .command('explain')
    .description('explain any id: what it asks, why, how it is tested, how to fix it')
    .argument('<ID>', 'of a check, a requirement, a defect or a behaviour')
    .addHelpText(
      'after',
      `
Examples:
  chatmail-check explain encryption/refuses-cleartext
  chatmail-check explain accepts-cleartext`,
    )
    .action(async (id: string) => {
      const { explanation } = await import('../explain/explanation.ts')
      const { widthOf, wantsColor } = await import('../io.ts')
      const style = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout, io.env) }
      io.stdout.write(await explanation(id, style))
      done(exitCodes.ok)
    })
}
