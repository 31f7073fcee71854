// One notification on its way: the token is the whole body of a POST. Used by the notifier.
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

export interface PushService {
  /** Where tokens are posted to; http or https. */
  readonly url: string
  /** PEM of what to trust, for https; the system's authorities when absent. */
  readonly ca?: string
}

/** Throws when the address is none that can be posted to. */
export function checkPushService({ url }: PushService): void {
  const { protocol } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`push: ${protocol} is neither https nor http`)
}

/** The status of the answer, undefined where there was none. Never rejects; the body is not read. */
export function postToken(service: PushService, token: string, signal: AbortSignal): Promise<number | undefined> {
  const url = new URL(service.url)
  // Tokens are octets to us: as IMAP brought them.
  const body = Buffer.from(token, 'latin1')
  return new Promise((resolve) => {
    const options = {
      method: 'POST',
      signal,
      // A connection kept open would outlive the server.
      agent: false as const,
      headers: { 'content-length': body.length },
    }
    const request =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, ...(service.ca === undefined ? {} : { ca: service.ca }) })
        : requestHttp(url, options)
    request.on('error', () => resolve(undefined))
    request.on('response', (response) => {
      resolve(response.statusCode)
      response.on('error', () => {})
      response.destroy()
    })
    request.end(body)
  })
}
