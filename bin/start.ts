// Runs the program with what its process has: arguments, streams, signals. Used by the launcher and by standalone programs.
import type { Io } from './io.ts'

/** Ends the process with the exit code, once everything is written. */
export async function start(process: NodeJS.Process): Promise<void> {
  // A reader that goes away (`| head`) is no error of ours.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }
  const io: Io = {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    get stdin() {
      return process.stdin
    },
    signals: process,
    exit: (code) => process.exit(code),
  }
  const { main } = await import('./main.ts')
  const code = await main(process.argv.slice(2), io)
  process.exitCode = code
  // A pipe may still be full.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}
