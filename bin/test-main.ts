// Runs a command line in this process and hears what it says. For tests.
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { Io } from './io.ts'
import { main } from './main.ts'

export interface Surroundings {
  readonly cwd: string
  /** Where results and accounts are kept; `state` in `cwd` when absent. */
  readonly state?: string
  readonly env?: Io['env']
  readonly isTTY?: boolean
  /** Hears everything that is written to either stream, and may press ^C. */
  readonly hear?: (text: string, press: () => void) => void
}

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** That still wait for ^C; there should be none. */
  readonly listeners: number
}

/** Throws where the program would have ended its process at once. */
export async function runMain(args: readonly string[], around: Surroundings): Promise<Ran> {
  const { cwd, state = join(cwd, 'state'), env = {}, isTTY = false, hear = () => {} } = around
  const signals = new EventEmitter()
  const written = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof written) => ({
    isTTY,
    write(text: string) {
      written[name] += text
      hear(text, () => signals.emit('SIGINT'))
    },
  })
  const exitCode = await main(args, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: { XDG_STATE_HOME: state, ...env },
    cwd,
    signals,
    exit(code) {
      throw new Error(`exit ${code}`)
    },
  })
  return { exitCode, ...written, listeners: signals.listenerCount('SIGINT') }
}
