// Turns at something that only one may have at a time. Used by standing-peer.ts for the ports of the lone address.

/** Resolves with what ends the turn; rejects with the signal's reason. */
export type TakeTurn = (signal: AbortSignal) => Promise<() => void>

export function createTurns(): TakeTurn {
  let last = Promise.resolve()
  return async (signal) => {
    const before = last
    let end = () => {}
    const mine = new Promise<void>((resolve) => {
      end = resolve
    })
    last = before.then(() => mine)
    try {
      await reached(before, signal)
    } catch (error) {
      end()
      throw error
    }
    return end
  }
}

function reached(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    void turn.then(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
  })
}
