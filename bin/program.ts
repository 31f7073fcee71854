// The program as commander knows it: every command with its flags. Light: what a command does is read when it runs.
import { Command, type Help, type Option } from 'commander'
import { defineCapacity } from './commands/capacity.ts'
import { defineCheck } from './commands/check.ts'
import { defineCompare } from './commands/compare.ts'
import { defineCompletion } from './commands/completion.ts'
import { defineExplain } from './commands/explain.ts'
import { defineHistory } from './commands/history.ts'
import { defineList } from './commands/list.ts'
import { defineLoad } from './commands/load.ts'
import { defineReport } from './commands/report.ts'
import { defineScenarios } from './commands/scenarios.ts'
import { defineServe } from './commands/serve.ts'
import { defineTrace } from './commands/trace.ts'
import { defineWatch } from './commands/watch.ts'
import { usualExitCodes } from './exit-codes.ts'
import { withHelp } from './help.ts'
import { type Io, widthOf } from './io.ts'
import { toolVersion } from './version.ts'

/** `check` is the first: it runs when no command is named. `done` takes the exit code of the command that ran. */
const commands = [
  defineCheck,
  defineTrace,
  defineLoad,
  defineCapacity,
  defineWatch,
  defineScenarios,
  defineCompare,
  defineServe,
  defineReport,
  defineHistory,
  defineList,
  defineExplain,
  defineCompletion,
]

export function newProgram(io: Io, done: (exitCode: number) => void): Command {
  const program = new Command('chatmail-check')
    .description('Finds out whether a chatmail server keeps its promises, and how fast it is.')
    .usage('[HOST...] [flags]\n       chatmail-check COMMAND ...')
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({
      helpWidth: Math.min(widthOf(io.stdout, io.env), 80),
      subcommandTerm: (command) => command.name(),
      // Values stand in the text already.
      optionDescription: (option: Option) => option.description,
      argumentDescription: (argument) => argument.description,
    } satisfies Partial<Help>)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
  withHelp(program, {
    notes: [
      'HOST is a domain (chat.example), an address ([192.0.2.1]), a self-signed name (_chat.example) or @reference, ' +
        'the built-in reference server, which is also what is checked when no HOST is named. ' +
        'All flags: chatmail-check check --help',
    ],
    exitCodes: usualExitCodes,
    examples: [
      ['chatmail-check', 'try it out on the built-in reference server'],
      ['chatmail-check chat.example', 'check a relay'],
    ],
  })
  for (const define of commands) define(program, io, done)
  for (const command of withInner(program))
    command.configureOutput({ outputError: (text, write) => write(usageText(text, command)) })
  return program
}

function withInner(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withInner)]
}

/** What commander finds wrong, in our form: one line and a hint. */
function usageText(text: string, command: Command): string {
  const [, what = text, guess] = /^error: (.*?)\n?(?:\(Did you mean (.*)\?\))?\n?$/s.exec(text) ?? []
  const names = [command, ...ancestors(command)].map((one) => one.name()).reverse()
  const hint = guess === undefined ? `${names.join(' ')} --help shows what it takes` : `did you mean ${guess}?`
  return `chatmail-check: ${plainly(what.trim())}\n  hint: ${hint}\n`
}

function plainly(what: string): string {
  return what
    .replace(/^option '(.*)' argument missing$/, '$1: the value is missing')
    .replace(/^required option '(.*)' not specified$/, '$1 is missing, and needed')
    .replace(/^missing required argument '(.*)'$/, '$1 is missing, and needed')
}

function ancestors({ parent }: Command): readonly Command[] {
  return parent === null ? [] : [parent, ...ancestors(parent)]
}
