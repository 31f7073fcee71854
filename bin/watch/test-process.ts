// A watch as a process of its own, with short rounds over the hosts of a test world. For tests.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { World } from './test-world.ts'

const program = join(import.meta.dirname, '../chatmail-check.js')

/** `args`: hosts, named `*.test`, and flags. What it writes is kept as text. */
export function startWatch(world: World, ...args: readonly string[]) {
  const hosts = args.filter((text) => /^[a-z]+\.test$/.test(text))
  const operated = hosts.flatMap((host) => ['--i-operate', host])
  const places = ['--dns', world.dns, '--ca', world.ca, '--folder', join(world.folder, 'watch')]
  const child = spawn(process.execPath, [program, 'watch', ...args, '--every', '1s', ...operated, ...places], {
    cwd: world.folder,
    env: { ...process.env, XDG_STATE_HOME: join(world.folder, 'state') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const times = (words: RegExp): number => text.match(new RegExp(words, 'g'))?.length ?? 0
  return {
    pid: child.pid,
    get text() {
      return text
    },
    times,
    /** Until it has written that, so many times. */
    says: (words: RegExp, wanted = 1, timeout = 30_000) =>
      vi.waitFor(
        () => {
          if (times(words) < wanted) throw new Error(`${times(words)} of ${wanted} times ${words}: ${text}`)
        },
        { timeout, interval: 50 },
      ),
    /** Gives its exit code; null when the signal ended it. */
    async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}
