// The help of every command: it fits a terminal, and its examples are command lines that the program takes.
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { helpTextOf } from './help.ts'
import { newProgram } from './program.ts'

const nowhere = { write: () => true }
const fresh = (): Command =>
  newProgram({ stdout: nowhere, stderr: nowhere, env: {}, cwd: '/', signals: process, exit() {} }, () => {})

const withInner = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(withInner)]
const nameOf = (command: Command): string => (command.parent ? `${nameOf(command.parent)} ` : '') + command.name()
const names = withInner(fresh())
  .map(nameOf)
  .filter((name) => name !== 'chatmail-check complete')

function helpOf(name: string): { readonly command: Command; readonly text: string } {
  const command = withInner(fresh()).find((one) => nameOf(one) === name)
  if (command === undefined) throw new Error(`there is no command ${name}`)
  let text = ''
  command.configureOutput({
    writeOut(part) {
      text += part
    },
  })
  command.outputHelp()
  return { command, text }
}

/** Words as a shell would see them, without where the output goes. */
function wordsOf(line: string): readonly string[] {
  const words = line.replace(/ > \S+$/, '').matchAll(/"([^"]*)"|(\S+)/g)
  return [...words].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

/** The command that a line would run. Throws what commander finds wrong with it. */
async function parsed(line: string): Promise<string | undefined> {
  const program = fresh()
  let ran: string | undefined
  for (const command of withInner(program).filter((one) => one.parent !== null))
    command.action(() => {
      ran = nameOf(command)
    })
  await program.parseAsync(wordsOf(line).slice(1), { from: 'user' })
  return ran
}

describe.for(names)('%s --help', (name) => {
  const { command, text } = helpOf(name)

  it('says in a sentence what it is for, and fits 80 columns', () => {
    expect(command.description()).toMatch(/^[A-Z].*\.$/)
    expect(text).toContain(command.description().slice(0, 40))
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('has two examples or more, which the program takes as they stand', async () => {
    const shown = text.split('\nExamples:\n')[1]?.replaceAll(/ \\\n +/g, ' ') ?? ''
    const lines = [...shown.matchAll(/^ {2}(chatmail-check.*)$/gm)].map(([, line]) => line ?? '')
    expect(lines).toEqual(helpTextOf(command)?.examples.map(([line]) => line))
    expect(lines.length).toBeGreaterThanOrEqual(2)
    for (const line of lines) expect(await parsed(line), line).toMatch(/^chatmail-check [a-z]/)
    // One of them at least is about this command itself.
    const wanted = name === 'chatmail-check' ? 'chatmail-check check' : name
    expect(await Promise.all(lines.map(parsed))).toContain(wanted)
  })

  it('says of every flag what it does, and of every argument', () => {
    for (const { description, flags } of command.options) expect(description.length, flags).toBeGreaterThan(5)
    for (const argument of command.registeredArguments)
      expect(argument.description.length, argument.name()).toBeGreaterThan(5)
  })
})
