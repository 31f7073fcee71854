// One running Delta Chat core: the process, calls to it, and its events. Shared by the checks of a run.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { DcEvent, RawClient } from '@deltachat/jsonrpc-client'
import { WireError } from '../host/wire-error.ts'
import type { CoreBinary } from './binary.ts'
import { CoreGone } from './core-error.ts'
import { keptFolder, privateFolder } from './private-folder.ts'
import { rpcLines } from './rpc-lines.ts'

export type { DcEvent }

export interface Core extends AsyncDisposable {
  /** What the program says of itself: `v2.57.0`. */
  readonly version: string
  /** Where its databases are; for files that devices exchange. */
  readonly folder: string
  readonly pid: number
  /** False once the process has ended. */
  readonly alive: boolean
  /** Calls that end with the signal. */
  rpc(signal: AbortSignal): RawClient
  /** Events of one account, in order, until the returned function is called. */
  listen(account: number, onEvent: (event: DcEvent) => void): () => void
}

/** Milliseconds that the core gets to end by itself, and then after SIGTERM. */
const patience = { closing: 2_000, terminating: 2_000, starting: 10_000 }

const keptOfStderr = 4_000

/** `kept`: the folder where the databases stay for the next time; without one they are gone at the end. Throws CoreGone when it cannot be started. */
export async function startCore(binary: CoreBinary, kept?: string): Promise<Core> {
  const { RawClient } = createRequire(import.meta.url)(binary.client) as typeof import('@deltachat/jsonrpc-client')
  const folder = kept === undefined ? await privateFolder() : await keptFolder(kept)
  const child = spawn(binary.path, [], {
    // Nothing of our environment: no proxy, no variable that makes it log messages.
    env: { DC_ACCOUNTS_PATH: `${folder.path}/accounts`, TMPDIR: folder.path, RUST_LOG: 'error' },
    cwd: folder.path,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptOfStderr)
  })
  const lines = rpcLines(child.stdin, child.stdout)
  let alive = true
  const ended = new Promise<void>((resolve) => {
    const end = (message: string, cause?: unknown) => {
      alive = false
      lines.fail(new CoreGone(`${message}${stderr === '' ? '' : `: ${stderr.trim()}`}`, { cause }))
      resolve()
    }
    child.once('error', (cause) => end(`Delta Chat core could not be started from ${binary.path}`, cause))
    child.once('exit', (code, signal) => end(`Delta Chat core ended (${signal ?? `exit code ${code}`})`))
  })

  const listeners = new Map<number, Set<(event: DcEvent) => void>>()
  const takeEvents = async () => {
    const client = new RawClient(lines)
    while (alive) {
      for (const { contextId, event } of await client.getNextEventBatch()) {
        if (event.kind === 'EventChannelOverflow') lines.fail(new CoreGone('Delta Chat core lost events of ours'))
        for (const tell of listeners.get(contextId) ?? []) tell(event)
      }
    }
  }
  const close = async () => {
    await stop(child, ended)
    await folder.remove()
  }

  try {
    const info = await within(new RawClient(lines).getSystemInfo(), patience.starting)
    takeEvents().catch((error) => lines.fail(error instanceof CoreGone ? error : new CoreGone(String(error))))
    return {
      version: info.deltachat_core_version ?? 'unknown',
      folder: folder.path,
      pid: child.pid ?? 0,
      get alive() {
        return alive
      },
      rpc: (signal) =>
        new RawClient({
          notification: (method, params) => lines.notification(method, params),
          request: (method, params) => untilAborted(lines.request(method, params), signal, method),
        }),
      listen(account, onEvent) {
        const known = listeners.get(account) ?? new Set()
        listeners.set(account, known.add(onEvent))
        return () => {
          known.delete(onEvent)
          if (known.size === 0) listeners.delete(account)
        }
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Ends at the end of its input; else it is told, and else made to. Only ever the process that we started. */
async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end()
  if (await endsWithin(ended, patience.closing)) return
  child.kill('SIGTERM')
  if (await endsWithin(ended, patience.terminating)) return
  child.kill('SIGKILL')
  await ended
}

async function endsWithin(ended: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([ended.then(() => true as const), late])
  } finally {
    clearTimeout(timer)
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const signal = AbortSignal.timeout(ms)
  const late = once(signal, 'abort').then(() => {
    throw new CoreGone(`Delta Chat core did not answer within ${ms / 1000} s`)
  })
  return await Promise.race([work, late])
}

/** The core goes on with its work; whoever asked does not wait for it any more. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, method: string): Promise<T> {
  const aborted = () => new WireError('aborted', method, `told to stop during ${method}`, { cause: signal.reason })
  if (signal.aborted) {
    work.catch(() => undefined)
    throw aborted()
  }
  let onAbort: (() => void) | undefined
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(aborted())
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, stopped])
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort)
  }
}
