// How long the network alone takes: the report sets delivery times beside it.
import { connect } from 'node:net'
import type { Endpoint, Host } from '../host/host.ts'

export interface RoundTripOptions {
  readonly connects?: number
  /** Milliseconds for one connect. */
  readonly timeout?: number
  readonly signal?: AbortSignal | undefined
}

/** Median milliseconds of a TCP connect, or undefined when none succeeded. Connects one after another. */
export async function measureRoundTrip(
  endpoint: Pick<Endpoint, 'address' | 'port'>,
  options: RoundTripOptions = {},
): Promise<number | undefined> {
  const samples: number[] = []
  for (let i = 0; i < (options.connects ?? 3) && options.signal?.aborted !== true; i++) {
    const sample = await connectTime(endpoint, options)
    if (sample !== undefined) samples.push(sample)
  }
  samples.sort((a, b) => a - b)
  const middle = samples[Math.floor(samples.length / 2)]
  if (middle === undefined || samples.length % 2 === 1) return middle
  return (middle + (samples[samples.length / 2 - 1] ?? middle)) / 2
}

/** The same to where a host takes mail or gives it, within the host's own patience; undefined where it has no such service. */
export async function roundTripTo(
  { endpoints, timing }: Pick<Host, 'endpoints' | 'timing'>,
  service: 'submission' | 'imap',
  options: Pick<RoundTripOptions, 'connects'> = {},
): Promise<number | undefined> {
  const endpoint = endpoints[`${service}s`] ?? endpoints[service]
  return endpoint === undefined ? undefined : await measureRoundTrip(endpoint, { timeout: timing.connect, ...options })
}

function connectTime(
  endpoint: Pick<Endpoint, 'address' | 'port'>,
  options: RoundTripOptions,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const started = performance.now()
    const socket = connect({ host: endpoint.address, port: endpoint.port, noDelay: true })
    const end = (time: number | undefined) => {
      options.signal?.removeEventListener('abort', stop)
      socket.destroy()
      resolve(time)
    }
    const stop = () => end(undefined)
    options.signal?.addEventListener('abort', stop, { once: true })
    socket.setTimeout(options.timeout ?? 5_000, stop)
    // Stays for good: an error after the end must not be uncaught.
    socket.on('error', stop)
    socket.once('connect', () => end(performance.now() - started))
  })
}
