// Runs a command that the operator named by a flag, by the shell, once and within a time. Used by --expire-command and --notify-command.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface CommandOptions {
  readonly cwd: string
  /** Ends it early. */
  readonly signal: AbortSignal
  /** Milliseconds that it may take. */
  readonly longest: number
  /** For its standard input; none when absent. */
  readonly input?: string
  /** Beside our own environment. */
  readonly env?: Readonly<Record<string, string>>
}

const mostWords = 200

/** Undefined when it ended with 0; otherwise how it ended, and its last words: `ended with 3: no such host`. */
export async function runCommand(command: string, options: CommandOptions): Promise<string | undefined> {
  const { cwd, signal, longest, input, env } = options
  const child = spawn(command, {
    shell: true,
    cwd,
    env: { ...process.env, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_096)
  })
  // A command that reads nothing closes its input early.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longest)])
  const stop = () => void child.kill('SIGTERM')
  limit.addEventListener('abort', stop, { once: true })
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null]
    if (code === 0) return undefined
    const words = said.trim().split('\n').at(-1)?.slice(0, mostWords) ?? ''
    const how = code === null ? `was ended by ${killedBy}` : `ended with ${code}`
    return `${how}${words === '' ? '' : `: ${words}`}`
  } finally {
    limit.removeEventListener('abort', stop)
  }
}
