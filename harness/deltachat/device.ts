// One device: an account of the core, what has happened to it so far, and waiting for what is to happen.
import type { RawClient, T } from '@deltachat/jsonrpc-client'
import type { Core, DcEvent } from './core.ts'
import { withoutSecrets } from './core-error.ts'
import type { Links } from './socks.ts'

export type Message = T.Message

export interface Seen<K extends DcEvent['kind'] = DcEvent['kind']> {
  /** Monotonic ms. */
  readonly at: number
  readonly event: Extract<DcEvent, { kind: K }>
}

export interface Device extends AsyncDisposable {
  /** The core's number of the account. */
  readonly id: number
  readonly address: string
  readonly rpc: RawClient
  /** Its way to the host; of this device alone. */
  readonly links: Links
  /** Everything so far but plain information; take its length to look for what comes later. */
  readonly seen: readonly Seen[]
  /** The first such event, of those that came since `from` or that come within so many ms. */
  event<K extends DcEvent['kind']>(
    kind: K,
    options?: { fits?: (event: Extract<DcEvent, { kind: K }>) => boolean; within?: number; from?: number },
  ): Promise<Seen<K> | undefined>
  /** The first message that fits, looked at anew whenever something happens to one. */
  message(
    fits: (message: Message) => boolean,
    options?: { within?: number; from?: number },
  ): Promise<{ at: number; message: Message } | undefined>
}

export interface DeviceOptions {
  readonly core: Core
  readonly id: number
  readonly links: Links
  readonly signal: AbortSignal
  /** Default of `within`. */
  readonly patience: number
  /** Warnings and errors of the core, in its words. */
  readonly onTrouble: (text: string) => void
}

/** Events of one account in one check; a server cannot make a core say more without end. */
const mostEvents = 20_000

export function watchDevice({ core, id, links, signal, patience, onTrouble }: DeviceOptions) {
  const seen: Seen[] = []
  let wake: (() => void)[] = []
  const quit = core.listen(id, (event) => {
    if (event.kind === 'Info') return
    if (event.kind === 'Warning' || event.kind === 'Error')
      onTrouble(`${event.kind.toLowerCase()}: ${withoutSecrets(event.msg)}`)
    if (seen.length >= mostEvents) return
    seen.push({ at: performance.now(), event })
    for (const resume of wake.splice(0)) resume()
  })
  const rpc = core.rpc(signal)

  /** Until something happens, the time is over or the check ends; true when something happened. */
  const change = (until: number): Promise<boolean> =>
    new Promise((resolve) => {
      const end = (happened: boolean) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        wake = wake.filter((item) => item !== resume)
        resolve(happened)
      }
      const resume = () => end(true)
      const onAbort = () => end(false)
      const timer = setTimeout(() => end(false), Math.max(0, until - performance.now()))
      wake.push(resume)
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) end(false)
    })

  const device: Omit<Device, 'address' | typeof Symbol.asyncDispose> = {
    id,
    rpc,
    links,
    seen,
    async event(kind, { fits, within = patience, from = 0 } = {}) {
      const until = performance.now() + within
      for (let at = from; ; ) {
        for (; at < seen.length; at++) {
          const one = seen[at]
          if (one?.event.kind !== kind) continue
          const found = one as unknown as Seen<typeof kind>
          if (!fits || fits(found.event)) return found
        }
        if (!(await change(until)) && at >= seen.length) return undefined
      }
    },
    async message(fits, { within = patience, from = 0 } = {}) {
      const until = performance.now() + within
      for (let at = from; ; ) {
        for (; at < seen.length; at++) {
          const one = seen[at]
          const msgId = one && 'msgId' in one.event ? one.event.msgId : 0
          if (!one || typeof msgId !== 'number' || msgId <= 0) continue
          const message = await rpc.getMessage(id, msgId).catch(() => undefined)
          if (message && fits(message)) return { at: one.at, message }
        }
        if (!(await change(until)) && at >= seen.length) return undefined
      }
    },
  }
  return { device, quit }
}
