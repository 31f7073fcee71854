// The operator's own command that runs the clean-up of a host now (--expire-command), as the power `expire`.
import { Undecided } from '../../harness/check/signals.ts'
import { runCommand } from '../run-command.ts'

/** Milliseconds; a clean-up goes through all mailboxes of a host. */
const longest = 300_000

/** Each call runs it once, by the shell. That it fails says nothing about the host. */
export function expireBy(command: string, cwd: string, signal: AbortSignal): () => Promise<void> {
  return async () => {
    const trouble = await runCommand(command, { cwd, signal, longest })
    if (trouble !== undefined) throw new Undecided(`--expire-command ${trouble}`)
  }
}
