// Opens a connection to an endpoint under one deadline: TCP, then TLS where the endpoint begins with it.
// Used by every client.
import { setMaxListeners } from 'node:events'
import { connect as dial, type Socket } from 'node:net'
import { WireError } from '../host/wire-error.ts'
import type { ConnectOptions } from './connect-options.ts'
import { LineSocket } from './line-socket.ts'
import { abortedError, wireFailure } from './wire-failure.ts'

export type { ConnectOptions } from './connect-options.ts'

/** A connected socket, already in TLS when the endpoint's security is `tls`. Throws WireError of stage `connect` or `TLS`. */
export async function openSocket(options: ConnectOptions): Promise<LineSocket> {
  const { endpoint, signal, timing } = options
  const began = performance.now()
  const raw = await openTcp(options)
  const socket = new LineSocket(raw, options, began)
  if (signal?.aborted) socket.fail(abortedError('connect', signal))
  const left = Math.max(1, timing.connect - (performance.now() - began))
  if (endpoint.security === 'tls') await socket.startTls(left)
  return socket
}

function openTcp(options: ConnectOptions): Promise<Socket> {
  const { endpoint, timing, signal } = options
  const where = `${endpoint.address} port ${endpoint.port}`
  if (signal?.aborted) return Promise.reject(abortedError('connect', signal))
  // A check has as many connections on one signal as it likes.
  if (signal !== undefined) setMaxListeners(0, signal)
  options.onConnect?.()
  return new Promise((resolve, reject) => {
    const raw = dial({ host: endpoint.address, port: endpoint.port, noDelay: true })
    const settle = (error: WireError | undefined) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
      raw.off('connect', connected)
      raw.off('error', failed)
      if (error === undefined) return resolve(raw)
      // Whatever the dying socket still has to say must not become an uncaught error.
      raw.on('error', () => {})
      raw.destroy()
      reject(error)
    }
    const connected = () => settle(undefined)
    const failed = (cause: Error) => settle(wireFailure(cause, 'connect'))
    const aborted = () => settle(abortedError('connect', signal as AbortSignal))
    const timer = setTimeout(
      () => settle(new WireError('timeout', 'connect', `connect: no answer from ${where} within ${timing.connect} ms`)),
      timing.connect,
    )
    raw.on('connect', connected)
    raw.on('error', failed)
    signal?.addEventListener('abort', aborted)
  })
}
