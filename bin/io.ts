// What the command line has of the process: streams, environment, signals, and the way out. The launcher makes it; tests make their own.

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

interface Input {
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown
  off(event: 'end' | 'close' | 'error', listener: () => void): unknown
  resume(): unknown
  pause(): unknown
}

type Signal = 'SIGINT' | 'SIGTERM'

export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute; relative paths of flags start here. */
  readonly cwd: string
  readonly signals: {
    on(signal: Signal, listener: () => void): unknown
    off(signal: Signal, listener: () => void): unknown
  }
  /** For `serve --exit-with-stdin`, which alone looks at it. */
  readonly stdin?: Input
  /** Ends the process at once, for the second ^C. */
  exit(code: number): void
}

/** Columns of a stream, 80 where it has none. */
export function widthOf(output: Output, env: Io['env']): number {
  const told = Number(env.COLUMNS)
  // Some pseudo-terminals say 0.
  return output.columns || (Number.isInteger(told) && told > 0 ? told : 80)
}

/** https://no-color.org/ and the usual FORCE_COLOR; otherwise colour for terminals only. */
export function wantsColor(output: Output, env: Io['env']): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true
  return output.isTTY === true && env.TERM !== 'dumb'
}
