// The command line: finds the command, runs it, and turns what goes wrong into one line, a hint and an exit code.
import { Command, CommanderError } from 'commander'
import { defineCheck } from './commands/check.ts'
import { defineExplain } from './commands/explain.ts'
import { defineList } from './commands/list.ts'
import { defineLoad } from './commands/load.ts'
import { defineReport } from './commands/report.ts'
import { defineScenarios } from './commands/scenarios.ts'
import { defineServe } from './commands/serve.ts'
import { defineTrace } from './commands/trace.ts'
import { defineWatch } from './commands/watch.ts'
import { exitCodes } from './exit-codes.ts'
import { type Io, widthOf } from './io.ts'
import { toolVersion } from './version.ts'

/** Runs one command line (without node and script) and gives its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.ok
  const program = newProgram(io)
  const commands = [
    defineCheck,
    defineTrace,
    defineLoad,
    defineWatch,
    defineScenarios,
    defineServe,
    defineReport,
    defineList,
    defineExplain,
  ]
  for (const define of commands) {
    define(program, io, (code) => {
      exitCode = code
    })
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return explainError(error, io, argv.includes('--verbose'))
  }
}

function newProgram(io: Io): Command {
  return new Command('chatmail-check')
    .description('Finds out whether a chatmail server keeps its promises, and how fast it is.')
    .usage('[HOST...] [flags]\n       chatmail-check COMMAND ...')
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(widthOf(io.stdout, io.env), 80), subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: /, 'chatmail-check: ').replace(/^\((.*)\)$/m, '  hint: $1')),
    })
    .addHelpText('after', help)
}

const help = `
HOST is a domain (chat.example), an address ([192.0.2.1]), a self-signed name
(_chat.example) or @reference, the built-in reference server, which is also what
is checked when no HOST is named. All flags: chatmail-check check --help

Exit codes: 0 conforms, 1 fails, 2 wrong command line, 3 undecided, 4 an error of
chatmail-check, 130 interrupted.

Examples:
  chatmail-check                  try it out on the built-in reference server
  chatmail-check chat.example     check a relay`

interface Hinted {
  readonly message: string
  readonly hint?: string | undefined
  readonly stack?: string | undefined
}

async function explainError(error: unknown, io: Io, verbose: boolean): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  const { TargetError } = await import('../harness/host/target-error.ts')
  const { UsageError } = await import('./usage-error.ts')
  if (error instanceof UsageError) return say(error, exitCodes.usage, io, verbose)
  if (error instanceof TargetError) {
    if (error.code === 'aborted') return exitCodes.interrupted
    return say(error, error.isUsage ? exitCodes.usage : exitCodes.undecided, io, verbose)
  }
  const known = error instanceof Error ? error : new Error(String(error))
  const hint = verbose
    ? 'please report this error with the lines below'
    : 'this is an error of chatmail-check: please report it with what --verbose prints'
  return say({ message: known.message, hint, stack: known.stack }, exitCodes.error, io, verbose)
}

async function say(error: Hinted, code: number, io: Io, verbose: boolean): Promise<number> {
  const { printable } = await import('../reports/plain-text.ts')
  io.stderr.write(`chatmail-check: ${printable(error.message)}\n`)
  if (error.hint) io.stderr.write(`  hint: ${printable(error.hint)}\n`)
  if (verbose && error.stack) io.stderr.write(`${error.stack}\n`)
  return code
}
