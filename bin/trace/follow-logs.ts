// The commands of `--server-log`, several at once. They are the operator's own: they come by flag and from nowhere else.
import { followCommand } from '../../harness/timeline/follow-command.ts'

export interface LogHooks {
  readonly onLine: (line: string) => void
  /** A command is over before the trace is. The trace goes on. */
  readonly onTrouble: (text: string) => void
}

/** `open`: at least one is still running. */
export function followLogs(commands: readonly string[], cwd: string, { onLine, onTrouble }: LogHooks) {
  let running = commands.length
  const following = commands.map((command) =>
    followCommand(command, {
      cwd,
      onLine,
      onEnd: (reason) => {
        running--
        onTrouble(`"${command}": ${reason}; what the log says from now on is not shown`)
      },
    }),
  )
  return {
    get open(): boolean {
      return running > 0
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.all(following.map((one) => one[Symbol.asyncDispose]()))
    },
  }
}
