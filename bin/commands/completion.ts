// `chatmail-check completion SHELL`: the script that lets a shell complete command lines, and `complete`, which such a script asks.
import { Argument } from 'commander'
import type { Define } from '../define.ts'
import { exitCodes } from '../exit-codes.ts'
import { withHelp } from '../help.ts'

const shells = ['bash', 'zsh', 'fish'] as const

export const defineCompletion: Define = (program, io, done) => {
  const shell = new Argument('<SHELL>', shells.join(', '))
  shell.argChoices = [...shells]
  const completion = program
    .command('completion')
    .summary('print a script that makes your shell complete')
    .description('Prints the script that lets your shell complete command lines.')
    .addArgument(shell)
    .action(async (name: string) => {
      const { unknown } = await import('../usage-error.ts')
      const known = shells.find((one) => one === name)
      if (known === undefined) throw unknown('shell', name, shells)
      const { readFile } = await import('node:fs/promises')
      io.stdout.write(await readFile(new URL(`../completion/completion.${known}`, import.meta.url), 'utf8'))
      done(exitCodes.ok)
    })
  withHelp(completion, {
    table: {
      title: 'A line for the file with which your shell starts (of zsh: after compinit):',
      rows: [
        ['~/.bashrc', 'eval "$(chatmail-check completion bash)"'],
        ['~/.zshrc', 'eval "$(chatmail-check completion zsh)"'],
        ['~/.config/fish/config.fish', 'chatmail-check completion fish | source'],
      ],
    },
    examples: [
      ['chatmail-check completion bash', 'the script for bash; it asks the program that you have then'],
      ['chatmail-check completion zsh > ~/.zfunc/_chatmail-check', 'a file for a folder in the fpath of zsh'],
    ],
  })
  program
    .command('complete', { hidden: true })
    .description('Prints what could stand at the end of a command line; the scripts of completion ask it.')
    .argument('[WORD...]', 'of the command line, after the name of the program')
    .action(async (words: readonly string[]) => {
      const { candidates } = await import('../completion/candidates.ts')
      const { kind, items } = await candidates(program, words)
      // Meanings are one line; a tab ends the word.
      const lines = items.map(([word, meaning]) => `${word}\t${meaning.replace(/\s+/g, ' ')}`)
      io.stdout.write(`${[kind, ...lines].join('\n')}\n`)
      done(exitCodes.ok)
    })
}
