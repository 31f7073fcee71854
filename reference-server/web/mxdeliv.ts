// `/mxdeliv`: other servers hand over mail by HTTPS where they can, with port 25's questions and answers. A web route.
import { receiveMessage } from '../inbound/receive.ts'
import { judgeInboundRecipient } from '../inbound/relay-role.ts'
import type { InboundServices } from '../inbound/services.ts'
import { parsePath } from '../smtp/command.ts'
import { unstuff } from '../smtp/dot-stuffing.ts'
import type { Answer, WebRequest } from './types.ts'

/** Undefined: the path is not ours. */
export type Mxdeliv = (request: WebRequest, path: string) => Promise<Answer> | undefined

export function createMxdeliv(services: InboundServices): Mxdeliv {
  return (request, path) => {
    const { mxdeliv } = services.behaviour().inbound
    const here = path === '/mxdeliv' || (mxdeliv.prefix && path.startsWith('/mxdeliv'))
    return mxdeliv.served && here ? takeRequest(request, services) : undefined
  }
}

async function takeRequest(request: WebRequest, services: InboundServices): Promise<Answer> {
  const { inbound, limits, delivery } = services.behaviour()
  const { mxdeliv } = inbound
  if (request.method !== 'POST') return text(mxdeliv.methodStatus, 'Method Not Allowed', [['Allow', 'POST']])
  const refuse = (reply: string) => text(mxdeliv.refusalStatus, mxdeliv.refusalBody === 'reply' ? reply : '')

  const most = mxdeliv.frontLimitBytes === 0 ? limits.messageBytes : mxdeliv.frontLimitBytes
  const body = await request.body(Math.min(most, limits.messageBytes))
  if (body === undefined)
    return tooLarge(most < limits.messageBytes ? undefined : mxdeliv.sizeReply, mxdeliv.sizeStatus)

  const sender = addressIn('FROM', request.headers('x-mail-from')[0] ?? '')
  if (sender === undefined) return refuse('501 5.1.7 Bad sender address syntax')
  const recipients: string[] = []
  for (const written of request.headers('x-mail-to')) {
    const recipient = addressIn('TO', written)
    if (recipient === undefined || recipient === '') return refuse('501 5.1.3 Bad recipient address syntax')
    if (recipients.length >= limits.recipients) return refuse(limits.recipientsReply)
    const refusal = judgeInboundRecipient(recipient, services)
    if (refusal !== undefined) return refuse(refusal)
    recipients.push(recipient)
  }
  if (recipients.length === 0 && mxdeliv.withoutRecipients === 'refuse') {
    return refuse('554 5.5.1 Error: no valid recipients')
  }
  // A lone dot would have ended DATA: what follows it is not of this message.
  if (mxdeliv.dotStuffed && hasLoneDot(body)) return refuse(inbound.malformedReply)
  const refusal = await receiveMessage(
    {
      bytes: mxdeliv.dotStuffed ? unstuff(body, delivery.dotUnstuffing) : body,
      sender,
      recipients,
      client: request.client,
    },
    services,
    mxdeliv.judges,
  )
  return refusal === undefined ? text(200, mxdeliv.taken) : refuse(refusal)
}

/** Undefined: no address. Angle brackets are not asked for. */
function addressIn(keyword: 'FROM' | 'TO', written: string): string | undefined {
  const path = parsePath(`${keyword}:<${written.trim().replace(/^<(.*)>$/, '$1')}>`, keyword)
  return typeof path === 'string' ? undefined : path.address
}

function hasLoneDot(body: Buffer): boolean {
  return body.subarray(0, 3).equals(Buffer.from('.\r\n')) || body.includes('\r\n.\r\n')
}

/** Without an SMTP reply it is the web server in front that speaks. */
function tooLarge(reply: string | undefined, status: number): Answer {
  if (reply !== undefined) return text(status, reply)
  const body = '<html><head><title>413 Request Entity Too Large</title></head></html>\r\n'
  return { status: 413, headers: [['Content-Type', 'text/html']], body }
}

function text(status: number, body: string, headers: readonly [string, string][] = []): Answer {
  return { status, headers: [['Content-Type', 'text/plain; charset=utf-8'], ...headers], body }
}
