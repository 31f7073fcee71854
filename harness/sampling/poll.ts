// Asks once a second, one question at a time, until it is ended. Used by the samplers that have to ask.
import type { Collector } from './collector.ts'
import { printableStart } from './printable-start.ts'

/** Milliseconds from one question to the next, and how long one may take. */
const every = 1_000
const patience = 5_000
/** So many failures in a row are the end. */
const mostFailures = 10

/** `ask` throws when there is nothing to be had. The returned function ends it. */
export function startPolling(
  ask: (signal: AbortSignal) => Promise<unknown>,
  collector: Collector,
): () => Promise<void> {
  const end = new AbortController()
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  const once = async (): Promise<void> => {
    const began = performance.now()
    try {
      collector.take(await ask(AbortSignal.any([end.signal, AbortSignal.timeout(patience)])))
      failures = 0
    } catch (error) {
      if (end.signal.aborted) return
      if (++failures === mostFailures) {
        collector.end(`it cannot be asked: ${printableStart(error instanceof Error ? error.message : String(error))}`)
        return
      }
    }
    if (!end.signal.aborted) timer = setTimeout(run, Math.max(0, every - (performance.now() - began)))
  }
  let running: Promise<void> = Promise.resolve()
  const run = () => {
    running = once()
  }
  run()
  return async () => {
    end.abort()
    clearTimeout(timer)
    await running
  }
}
