// The operator's own command that hears of what a watch noticed (--notify-command): the event as JSON on its standard input, and
// its sentence in an environment variable. Used by the watch.
import type { WatchEvent } from '../../harness/watch/ledger.ts'
import { eventText } from '../../reports/watch-events.ts'
import { runCommand } from '../run-command.ts'

/** Milliseconds. A command that hangs must not stop the watch. */
const longest = 60_000

/** Undefined when it ended with 0; otherwise what went wrong, in one line. */
export async function notifyBy(
  command: string,
  event: WatchEvent,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const { id, host, at, kind } = event
  const text = eventText(event)
  try {
    const trouble = await runCommand(command, {
      cwd,
      signal,
      longest,
      input: `${JSON.stringify({ id, host, at, event: kind, text })}\n`,
      env: { CHATMAIL_CHECK_HOST: host, CHATMAIL_CHECK_EVENT: kind, CHATMAIL_CHECK_TEXT: text },
    })
    return trouble === undefined ? undefined : `it ${trouble}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
