// Looks at how a service secures itself: a whole handshake with whatever certificate it shows, or the answer to an offer of
// our own making. Used by the checks of the area transport.
import { randomBytes } from 'node:crypto'
import { DEFAULT_CIPHERS } from 'node:tls'
import type { Endpoint } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { concat } from '../wire/octets.ts'
import { type ClientHello, clientHello, type HelloAnswer, helloAnswer } from '../wire/tls-hello.ts'
import { openSocket } from './connect.ts'
import type { ConnectOptions } from './connect-options.ts'
import { openImap } from './imap.ts'
import type { LineSocket } from './line-socket.ts'
import { openSmtp } from './smtp.ts'
import type { TlsFacts } from './tls-facts.ts'
import { wireFailure } from './wire-failure.ts'

export type { ClientHello } from '../wire/tls-hello.ts'

/** closes: hangs up without an alert, as some do. */
export type OfferAnswer = HelloAnswer | { readonly kind: 'closes' }

/** Certificates and what else is in a first answer. */
const mostOctets = 131_072

/** Keys that a client of today would not even look at are to be seen, too. */
const anyKey = `${DEFAULT_CIPHERS}:@SECLEVEL=0`

/**
 * What a client sees that takes any certificate: over TLS 1.2 or newer, after the greeting, and after STARTTLS where the
 * endpoint asks for it. Whether the certificate is good stands in the facts.
 */
export async function lookAtTls(options: ConnectOptions): Promise<TlsFacts> {
  const patient = { ...options, anyCertificate: true, ciphers: anyKey }
  await using session = await openSession(patient)
  if (session.tls === undefined) throw new WireError('protocol', 'TLS', 'TLS: the session is in clear')
  return session.tls
}

/** The answer to an offer. Throws WireError where nothing in TLS comes of it: silence, a refused STARTTLS. */
export async function offerTls(options: ConnectOptions, offer: ClientHello): Promise<OfferAnswer> {
  await using socket = await openSocket({ ...options, endpoint: { ...options.endpoint, security: 'none' } })
  if (options.endpoint.security === 'starttls') await askForTls(socket, options.endpoint)
  socket.stage = 'TLS'
  socket.tap?.note(`a ClientHello up to ${offer.version} with ${offer.suites.length} suites`)
  socket.write(clientHello(offer, randomBytes(32)))
  try {
    return await readAnswer(socket)
  } catch (error) {
    if (error instanceof WireError && (error.code === 'closed' || error.code === 'reset')) return { kind: 'closes' }
    throw error
  }
}

function openSession(options: ConnectOptions) {
  const { service } = options.endpoint
  if (service === 'https' || service === 'http') return openSocket(options)
  return service === 'imaps' || service === 'imap' ? openImap(options) : openSmtp(options)
}

async function readAnswer(socket: LineSocket): Promise<HelloAnswer> {
  let received: Uint8Array = new Uint8Array()
  while (received.length < mostOctets) {
    const head = await socket.readBytes(5)
    const answered = understand(socket, concat([received, head]))
    if (answered !== undefined) return answered
    const rest = await socket.readBytes((head[3] ?? 0) * 256 + (head[4] ?? 0))
    received = concat([received, head, rest])
    const answer = understand(socket, received)
    if (answer !== undefined) return answer
  }
  throw new WireError('too-long', 'TLS', `TLS: an answer of more than ${mostOctets} octets`)
}

function understand(socket: LineSocket, received: Uint8Array): HelloAnswer | undefined {
  try {
    return helloAnswer(received)
  } catch (cause) {
    throw socket.fail(wireFailure(cause, 'TLS'))
  }
}

/** As far as the STARTTLS of a service, line by line: what follows is not text. */
async function askForTls(socket: LineSocket, { service }: Endpoint): Promise<void> {
  const tell = async (line: string, last: RegExp, stage: string) => {
    socket.tap?.sent(line)
    socket.write(`${line}\r\n`)
    await hear(last, stage)
  }
  /** Reads on to the last line of a reply, which must be a good one. */
  const hear = async (last: RegExp, stage: string) => {
    socket.stage = stage
    for (let lines = 0; lines < 100; lines++) {
      const line = await socket.readLine()
      if (last.test(line)) return
      if (/^(\d{3}(?!-)|a |\* BYE)/i.test(line)) throw new WireError('protocol', stage, `${stage}: ${line}`)
    }
    throw new WireError('too-long', stage, `${stage}: a reply of more than 100 lines`)
  }
  if (service === 'imap') {
    await hear(/^\* (OK|PREAUTH)/i, 'greeting')
    await tell('a STARTTLS', /^a OK/i, 'STARTTLS')
    return
  }
  await hear(/^220(?!-)/, 'greeting')
  await tell('EHLO [127.0.0.1]', /^250(?!-)/, 'EHLO')
  await tell('STARTTLS', /^220(?!-)/, 'STARTTLS')
}
