// `chatmail-check explain ID`: a requirement, why it matters, how it is tested, how to mend it, which defects show it.
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'

export const defineExplain: Define = (program, io, done) => {
  const command = program
    .command('explain')
    .summary('explain any id: what it asks, why, how to fix it')
    .description('Explains any id: what it asks, why, how it is tested, how to fix it.')
    .argument('<ID>', 'of a check, a requirement, a defect or a behaviour')
    .action(async (id: string) => {
      const { explanation } = await import('../explain/explanation.ts')
      const { widthOf, wantsColor } = await import('../io.ts')
      const style = { color: wantsColor(io.stdout, io.env), width: widthOf(io.stdout, io.env) }
      io.stdout.write(await explanation(id, style))
      done(exitCodes.ok)
    })
  withHelp(command, {
    examples: [
      [
        'chatmail-check explain encryption/refuses-cleartext',
        'a check: what it asks of a server, and how to mend that',
      ],
      ['chatmail-check explain accepts-cleartext', 'a defect: what it breaks, and which checks see it'],
    ],
  })
}
