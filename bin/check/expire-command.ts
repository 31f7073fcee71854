// The operator's own command that runs the clean-up of a host now (--expire-command), as the power `expire`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Undecided } from '../../harness/check/signals.ts'

/** Milliseconds; a clean-up goes through all mailboxes of a host. */
const longest = 300_000
const mostWords = 200

/** Each call runs it once, by the shell. That it fails says nothing about the host. */
export function expireBy(command: string, cwd: string, signal: AbortSignal): () => Promise<void> {
  return async () => {
    const child = spawn(command, { shell: true, cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4_096)
    })
    const limit = AbortSignal.any([signal, AbortSignal.timeout(longest)])
    const stop = () => void child.kill('SIGTERM')
    limit.addEventListener('abort', stop, { once: true })
    try {
      const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null]
      if (code === 0) return
      const words = said.trim().split('\n').at(-1)?.slice(0, mostWords) ?? ''
      const how = code === null ? `was ended by ${killedBy}` : `ended with ${code}`
      throw new Undecided(`--expire-command ${how}${words === '' ? '' : `: ${words}`}`)
    } finally {
      limit.removeEventListener('abort', stop)
    }
  }
}
