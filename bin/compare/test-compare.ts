// Runs the command line in this process, with a finger on ^C. Used by the tests of compare, by day and by night.
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import { main } from '../main.ts'

/** `hear` gets what is written to stderr, and may press ^C. */
export async function runIn(
  folder: string,
  args: readonly string[],
  hear: (text: string, press: () => void) => void = () => {},
  env: Readonly<Record<string, string>> = {},
) {
  const signals = new EventEmitter()
  let [stdout, stderr] = ['', '']
  const exitCode = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: {
      write(text) {
        stderr += text
        hear(text, () => signals.emit('SIGINT'))
      },
    },
    env: { XDG_STATE_HOME: join(folder, 'state'), ...env },
    cwd: folder,
    signals,
    exit: (code) => expect.unreachable(`exit ${code}`),
  })
  return { exitCode, stdout, stderr }
}
