// ^C once: the run ends early and writes what there is. ^C twice: the process ends at once.
import { exitCodes } from './exit-codes.ts'
import type { Io } from './io.ts'

export interface Interruption {
  readonly signal: AbortSignal
  /** Gives the signals back. */
  release(): void
}

/** npm and our own launcher pass on a ^C that the terminal has sent as well; so close together it is one. Milliseconds. */
const sameKey = 250

/** `said` is called on the first ^C. `clock` gives monotonic milliseconds. */
export function interruptible(io: Io, said: () => void, clock = () => performance.now()): Interruption {
  const controller = new AbortController()
  let first: number | undefined
  const listener = (): void => {
    const now = clock()
    if (first === undefined) {
      first = now
      controller.abort(new Error('interrupted'))
      said()
    } else if (now - first > sameKey) io.exit(exitCodes.interrupted)
  }
  io.signals.on('SIGINT', listener)
  io.signals.on('SIGTERM', listener)
  return {
    signal: controller.signal,
    release() {
      io.signals.off('SIGINT', listener)
      io.signals.off('SIGTERM', listener)
    },
  }
}
