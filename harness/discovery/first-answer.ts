// Tries the addresses of one name, each a little after the one before, and keeps the first that answers (RFC 8305).
import { type WireCode, WireError } from '../host/wire-error.ts'

/** Milliseconds before the next address is tried while the last one is silent. */
const stagger = 300

/** Which failure says most when all addresses fail. */
const telling: readonly WireCode[] = [
  'certificate',
  'tls',
  'protocol',
  'too-long',
  'refused',
  'closed',
  'reset',
  'timeout',
  'unreachable',
  'aborted',
]

export class AllFailed extends Error {
  /** The most telling failure and the address it happened at. */
  readonly failure: WireError
  readonly address: string

  constructor(address: string, failure: WireError) {
    super(failure.message, { cause: failure })
    this.name = 'AllFailed'
    this.address = address
    this.failure = failure
  }
}

/** Resolves with the first success; the other attempts are aborted. Throws AllFailed. `addresses` must not be empty. */
export function firstAnswer<T>(
  addresses: readonly string[],
  attempt: (address: string, signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const stop = new AbortController()
  const linked = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  const failures: { address: string; error: WireError }[] = []
  let next = 0
  let running = 0
  let timer: NodeJS.Timeout | undefined

  return new Promise<T>((resolve, reject) => {
    const start = () => {
      clearTimeout(timer)
      const address = addresses[next++]
      if (address === undefined) return
      running++
      if (next < addresses.length) timer = setTimeout(start, stagger)
      attempt(address, linked).then(resolve, (error: unknown) => {
        running--
        if (!(error instanceof WireError)) return reject(error)
        failures.push({ address, error })
        if (next < addresses.length && !linked.aborted) start()
        else if (running === 0) reject(worst(failures))
      })
    }
    start()
  }).finally(() => {
    clearTimeout(timer)
    stop.abort()
  })
}

function worst(failures: readonly { address: string; error: WireError }[]): Error {
  const sorted = [...failures].sort((a, b) => telling.indexOf(a.error.code) - telling.indexOf(b.error.code))
  const first = sorted[0]
  return first === undefined ? new Error('no address to try') : new AllFailed(first.address, first.error)
}
