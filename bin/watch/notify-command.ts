// The operator's own command that hears of what a watch noticed (--notify-command): the event as JSON on its standard input, and
// its sentence in an environment variable. Used by the watch.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { WatchEvent } from '../../harness/watch/ledger.ts'

/** Milliseconds. A command that hangs must not stop the watch. */
const longest = 60_000

/** Undefined when it ended with 0; otherwise what went wrong, in one line. */
export async function notifyBy(
  command: string,
  { id, host, at, kind, text }: WatchEvent,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const child = spawn(command, {
    shell: true,
    cwd,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CHATMAIL_CHECK_HOST: host,
      CHATMAIL_CHECK_EVENT: kind,
      CHATMAIL_CHECK_TEXT: text,
    },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-1_000)
  })
  // A command that reads nothing closes its input early.
  child.stdin.on('error', () => {})
  child.stdin.end(`${JSON.stringify({ id, host, at, event: kind, text })}\n`)
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longest)])
  const stop = () => void child.kill('SIGTERM')
  limit.addEventListener('abort', stop, { once: true })
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null]
    if (code === 0) return undefined
    const words = said.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
    return `it ${code === null ? `was ended by ${killedBy}` : `ended with ${code}`}${words === '' ? '' : `: ${words}`}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    limit.removeEventListener('abort', stop)
  }
}
