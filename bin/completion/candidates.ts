// What could stand at the end of a command line: walks the commands and flags as the program itself defines them.
import type { Argument, Command, Option } from 'commander'
import { type Offer, valuesOf } from './values.ts'

/** `words` follow the name of the program; the last one is being typed, and may be empty. */
export async function candidates(program: Command, words: readonly string[]): Promise<Offer> {
  const typed = words.at(-1) ?? ''
  const { command, operands, pending, given, onlyOperands } = walk(program, words.slice(0, -1))
  const isFlag = typed.startsWith('-') && !onlyOperands
  if (pending !== undefined && !(pending.variadic && isFlag)) return await valuesOf(fromOption(pending), typed)
  const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(typed) ?? []
  if (isFlag && name !== undefined && value !== undefined) {
    const option = optionsOf(command).find((one) => one.long === name)
    if (option === undefined || !takesValue(option)) return { kind: 'words', items: [] }
    const { kind, items } = await valuesOf(fromOption(option), value)
    return { kind, items: items.map(([word, text]) => [`${name}=${word}`, text]) }
  }
  if (isFlag) return { kind: 'words', items: flagsOf(command, given).filter(([word]) => word.startsWith(typed)) }
  const argument = argumentAt(command, operands)
  const values: Offer =
    argument === undefined ? { kind: 'words', items: [] } : await valuesOf(fromArgument(argument), typed)
  const commands = operands === 0 && !onlyOperands ? subcommands(command) : []
  return { ...values, items: [...commands.filter(([word]) => word.startsWith(typed)), ...values.items] }
}

interface Place {
  readonly command: Command
  /** Words so far that are no flags. */
  readonly operands: number
  /** The flag whose value comes next. */
  readonly pending: Option | undefined
  readonly given: ReadonlySet<Option>
  /** `--` was said. */
  readonly onlyOperands: boolean
}

function walk(program: Command, words: readonly string[]): Place {
  let command = program
  let operands = 0
  let pending: Option | undefined
  let onlyOperands = false
  const given = new Set<Option>()
  for (const word of words) {
    const isFlag = !onlyOperands && word.startsWith('-') && word.length > 1
    if (pending !== undefined && !(pending.variadic && isFlag)) {
      if (!pending.variadic) pending = undefined
    } else if (word === '--' && !onlyOperands) {
      onlyOperands = true
      pending = undefined
    } else if (isFlag) {
      const [name] = word.split('=', 1)
      const option = optionsOf(command).find(({ short, long }) => name === short || name === long)
      if (option !== undefined) given.add(option)
      pending = option !== undefined && takesValue(option) && !word.includes('=') ? option : undefined
    } else {
      const inner = operands === 0 && !onlyOperands ? command.commands.find((one) => one.name() === word) : undefined
      if (inner !== undefined) command = inner
      else operands += 1
    }
  }
  return { command, operands, pending, given, onlyOperands }
}

/** The command that runs when none is named. */
function usual(command: Command): Command | undefined {
  return command.parent === null ? command.commands[0] : undefined
}

function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...(usual(command)?.options ?? [])]
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional
}

function flagsOf(command: Command, given: ReadonlySet<Option>): readonly (readonly [string, string])[] {
  const open = optionsOf(command).filter((option) => !option.hidden && (!given.has(option) || option.parseArg))
  const flags = open.map(({ long, short, description }) => [long ?? short ?? '', description] as const)
  return [...flags, ['--help', 'print the help']]
}

function argumentAt(command: Command, operands: number): Argument | undefined {
  const all = (usual(command) ?? command).registeredArguments
  const last = all.at(-1)
  return all[operands] ?? (last?.variadic ? last : undefined)
}

function subcommands(command: Command): readonly (readonly [string, string])[] {
  const help = command.createHelp()
  return help.visibleCommands(command).map((one) => [one.name(), help.subcommandDescription(one)])
}

function fromOption({ flags, argChoices, parseArg }: Option): Parameters<typeof valuesOf>[0] {
  const [, placeholder = ''] = /[<[]([^>\]]*)[>\]]$/.exec(flags) ?? []
  return { placeholder, choices: argChoices ?? [], list: parseArg !== undefined }
}

function fromArgument(argument: Argument): Parameters<typeof valuesOf>[0] {
  return { placeholder: argument.name(), choices: argument.argChoices ?? [], list: false }
}
