// When `serve` ends: at ^C or SIGTERM, when its standard input ends (if asked), or when somebody says stop.
import { type Interruption, interruptible } from '../interruption.ts'
import type { Io } from '../io.ts'

export interface Stopping extends Pick<Interruption, 'release'> {
  /** Ends it from inside. */
  stop(): void
  /** Resolves at the end. A pending promise alone keeps no process alive; the listening sockets do. */
  readonly stopped: Promise<void>
}

export function untilStopped(io: Io, withStdin: boolean): Stopping {
  const interruption = interruptible(io, () => undefined)
  let stop = () => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  interruption.signal.addEventListener('abort', stop, { once: true })
  const input = withStdin ? io.stdin : undefined
  input?.on('end', stop)
  input?.on('close', stop)
  input?.on('error', stop)
  // What is written there is of no interest, but only a stream that is read comes to its end.
  input?.resume()
  return {
    stop,
    stopped,
    release() {
      interruption.release()
      input?.off('end', stop)
      input?.off('close', stop)
      input?.off('error', stop)
      input?.pause()
    },
  }
}
