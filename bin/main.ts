// The command line: finds the command, runs it, and turns what goes wrong into one line, a hint and an exit code.
import { CommanderError } from 'commander'
import { exitCodes } from './exit-codes.ts'
import type { Io } from './io.ts'
import { newProgram } from './program.ts'

/** Runs one command line (without node and script) and gives its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.ok
  const program = newProgram(io, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return explainError(error, io, argv.includes('--verbose'))
  }
}

interface Hinted {
  readonly message: string
  readonly hint?: string | undefined
  readonly stack?: string | undefined
}

async function explainError(error: unknown, io: Io, verbose: boolean): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  const { TargetError } = await import('../harness/host/target-error.ts')
  const { UsageError } = await import('./usage-error.ts')
  // What the user has to mend is in the line; a stack would only hide it.
  if (error instanceof UsageError) return say(error, exitCodes.usage, io)
  if (error instanceof TargetError) {
    if (error.code === 'aborted') return exitCodes.interrupted
    if (error.isUsage) return say(error, exitCodes.usage, io)
    return say(error, exitCodes.undecided, io, verbose)
  }
  const known = error instanceof Error ? error : new Error(String(error))
  const hint = verbose
    ? 'please report this error with the lines below'
    : 'this is an error of chatmail-check: please report it with what --verbose prints'
  return say({ message: known.message, hint, stack: known.stack }, exitCodes.error, io, verbose)
}

async function say(error: Hinted, code: number, io: Io, verbose = false): Promise<number> {
  const { printable } = await import('../reports/plain-text.ts')
  io.stderr.write(`chatmail-check: ${printable(error.message)}\n`)
  if (error.hint) io.stderr.write(`  hint: ${printable(error.hint)}\n`)
  if (verbose && error.stack) io.stderr.write(`${error.stack}\n`)
  return code
}
