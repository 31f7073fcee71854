// A `serve` in a process of its own, as test suites start it. For tests only.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ReadyRecord } from './ready-record.ts'

export interface Served extends AsyncDisposable {
  readonly record: ReadyRecord
  readonly child: ChildProcess
  /** Exit code, once it has ended. */
  readonly ended: Promise<number | null>
}

export const launcher = join(import.meta.dirname, '..', 'chatmail-check.js')

/** Throws with what it said when it ends before it is ready. */
export async function startServe(...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [launcher, 'serve', '--quiet', ...args], { stdio: 'pipe' })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    ended.then((code) => {
      throw new Error(`serve ended with ${code}: ${said}`)
    }),
  ])
  return {
    record: JSON.parse(line),
    child,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}
