// Waits for a promise, but not longer than the server's clock allows. Used by both ways to deliver.
import type { Clock } from '../clock.ts'
import { Unreachable } from './reply-reader.ts'

export async function within<T>(
  work: Promise<T>,
  limit: { readonly clock: Clock; readonly seconds: number; readonly what: string },
): Promise<T> {
  let stop = () => {}
  const late = new Promise<never>((_resolve, reject) => {
    stop = limit.clock.after(limit.seconds * 1_000, () => {
      reject(new Unreachable(`no ${limit.what} within ${limit.seconds} s`))
    })
  })
  try {
    return await Promise.race([work, late])
  } finally {
    stop()
  }
}
