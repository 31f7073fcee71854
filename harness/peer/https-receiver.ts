// The /mxdeliv of a mail exchange of the peer: takes messages by POST over HTTPS, as chatmail servers do between each other.
// Used by exchange.ts.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { messageIdOf } from '../mail/parse.ts'
import { dotUnstuff } from '../wire/dot-stuffing.ts'
import { type Answer, type Arrival, exchangeLimits } from './arrival.ts'

export interface PostOptions {
  readonly answer: Answer
  readonly note: (text: string) => void
  readonly taken: (arrival: Arrival) => void
}

export function receivePost(request: IncomingMessage, response: ServerResponse, options: PostOptions): void {
  const chunks: Buffer[] = []
  let octets = 0
  request.on('error', () => response.destroy())
  request.on('data', (chunk: Buffer) => {
    octets += chunk.length
    if (octets > exchangeLimits.messageOctets) request.destroy()
    else chunks.push(chunk)
  })
  request.on('end', () => {
    const say = (status: number, text: string) => {
      options.note(`${request.method} ${request.url}: answered ${status} ${text}`)
      response.writeHead(status, { 'Content-Type': 'text/plain' }).end(`${text}\n`)
    }
    if (request.url !== '/mxdeliv' && request.url !== '/mxdeliv/') return say(404, 'Not Found')
    if (request.method !== 'POST') return say(405, 'Method Not Allowed')
    const refusal = options.answer('post', '')
    if (refusal !== undefined) return say(Number(refusal.slice(0, 3)), refusal.slice(4))
    const bytes = unstuffed(Buffer.concat(chunks))
    const to = valuesOf(request, 'x-mail-to').slice(0, exchangeLimits.recipients)
    if (bytes === undefined || to.length === 0) return say(400, 'no message, or nobody to give it to')
    options.taken({
      via: 'https',
      from: valuesOf(request, 'x-mail-from')[0] ?? '',
      to,
      bytes,
      messageId: messageIdOf(bytes) ?? '',
      tls: (request.socket as TLSSocket).getProtocol() ?? 'TLS',
      name: '',
      at: performance.now(),
    })
    say(200, '250 OK')
  })
}

/** The form of DATA without the dot that ends it. */
function unstuffed(body: Buffer): Uint8Array | undefined {
  return body.length === 0 ? undefined : dotUnstuff(Buffer.concat([body, Buffer.from('.\r\n')]))
}

/** Each value of a header that may be repeated, as it came. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): readonly string[] {
  return rawHeaders.flatMap((value, at) => (at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name ? [value] : []))
}
