// Delivery by POST to /mxdeliv of a mail exchange, tried before SMTP. Used by the courier.
import { Agent, type RequestOptions, request } from 'node:https'
import type { TransportBehaviour } from '../behaviour/outbound.ts'
import type { Clock } from '../clock.ts'
import type { Place } from '../network/network.ts'
import { within } from './deadline.ts'
import { stuff } from './dot-stuffing.ts'
import { Unreachable } from './reply-reader.ts'
import type { TlsOptions } from './trust.ts'
import type { Parcel } from './types.ts'

/** A reply is a line; whoever sends more is not listened to. */
const mostReplyBytes = 4_096

export interface HttpsClient {
  /** The status of the answer; throws Unreachable. */
  post(to: { readonly host: string; readonly place: Place; readonly tls: TlsOptions }, parcel: Parcel): Promise<number>
  close(): void
}

export function createHttpsClient(rules: () => TransportBehaviour, clock: Clock): HttpsClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 })
  const once = (options: RequestOptions, body: Buffer) =>
    new Promise<number>((resolve, reject) => {
      const call = request(options, (response) => {
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > mostReplyBytes) response.destroy()
        })
        resolve(response.statusCode ?? 0)
      })
      call.once('error', (error) => {
        // The other side may hang up on an idle connection just when we use it again: nothing has been read then.
        const stale = call.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET'
        if (stale) resolve(once(options, body))
        else reject(new Unreachable(error.message))
      })
      call.end(body)
    })
  return {
    async post({ host, place, tls }, parcel) {
      const { timeoutSeconds, stuffsDots } = rules()
      const body = stuff(parcel.bytes, stuffsDots)
      const given = new AbortController()
      const options: RequestOptions & TlsOptions = {
        ...tls,
        agent,
        method: 'POST',
        path: '/mxdeliv',
        host: place.address,
        port: place.port,
        signal: given.signal,
        headers: {
          Host: host.includes(':') ? `[${host}]` : host,
          'X-MAIL-FROM': parcel.sender,
          'X-MAIL-TO': [...parcel.recipients],
          'Content-Length': body.length,
        },
      }
      try {
        return await within(once(options, body), { clock, seconds: timeoutSeconds, what: 'answer to POST' })
      } catch (error) {
        given.abort()
        throw error
      }
    },
    close: () => agent.destroy(),
  }
}
