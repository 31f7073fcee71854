// Waits in an iteration, and no longer than it lasts. Used by chats.
import { timeNow } from '../thread/clock.ts'

/** Resolves at that moment, at once when it has passed. Rejects when the iteration is ended. */
export async function pauseUntil(moment: number, signal: AbortSignal | undefined): Promise<void> {
  const wait = moment - timeNow()
  if (wait <= 0) return
  await new Promise<void>((resolve, reject) => {
    const aborted = () => {
      clearTimeout(timer)
      reject(new Error('the iteration was ended'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    }, wait)
    if (signal?.aborted) aborted()
    else signal?.addEventListener('abort', aborted, { once: true })
  })
}
