// In place of ../../clients/connect.ts in an exported script: the same sessions over k6's TCP extension, which makes TCP and TLS
// in one step and takes trust from k6's own settings. Used by the SMTP and the IMAP client.
import type { ConnectOptions } from '../../clients/connect-options.ts'
import { WireError } from '../../host/wire-error.ts'
import { K6Socket } from './socket.ts'

export type { ConnectOptions } from '../../clients/connect-options.ts'

/** Throws WireError of stage `connect`. */
export async function openSocket(options: ConnectOptions): Promise<K6Socket> {
  if (options.endpoint.security !== 'tls') {
    throw new WireError('protocol', 'connect', 'connect: k6 cannot change to TLS under way')
  }
  const socket = new K6Socket(options)
  await socket.connect()
  return socket
}
