// Knocks at one candidate endpoint: does the right protocol greet, over a connection we trust? Used by discovery.
import { type ConnectOptions, openSocket } from '../clients/connect.ts'
import { createHttp, type HttpClient } from '../clients/http.ts'
import { openImap } from '../clients/imap.ts'
import { openSmtp } from '../clients/smtp.ts'
import type { CertificateFacts } from '../clients/tls-facts.ts'
import type { Candidate, Endpoint, Timing, Trust } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { AllFailed, firstAnswer } from './first-answer.ts'
import { type CheckWishes, optOutPath, parseCheckWishes } from './opt-out.ts'
import { outcomeOf } from './outcome.ts'

export interface ProbeOptions {
  readonly trust: Trust
  readonly timing: Pick<Timing, 'connect' | 'reply'>
  readonly signal?: AbortSignal | undefined
}

export interface Probed {
  readonly candidate: Candidate
  /** Where it answered. */
  readonly endpoint?: Endpoint
  /** SIZE of EHLO in octets, from submission. */
  readonly messageBytes?: number
  /** What the host says of being checked, from https. */
  readonly wishes?: CheckWishes
}

type Answer = Pick<Probed, 'messageBytes' | 'wishes'>

/** Never rejects but by the signal: what goes wrong is the outcome. `addresses` are those of the endpoint's name. */
export async function probe(
  place: Omit<Endpoint, 'address'>,
  origin: string,
  addresses: readonly string[],
  options: ProbeOptions,
): Promise<Probed> {
  if (addresses.length === 0) {
    return { candidate: { endpoint: place, origin, outcome: 'no-address', detail: `${place.name} has no address` } }
  }
  const attempt = async (address: string, signal: AbortSignal) => {
    const endpoint: Endpoint = { ...place, address }
    return { endpoint, ...(await greet(connection(endpoint, options, signal))) }
  }
  try {
    const { endpoint, ...answer } = await firstAnswer(addresses, attempt, options.signal)
    return { candidate: { endpoint, origin, outcome: 'answers' }, endpoint, ...answer }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!(error instanceof AllFailed)) throw error
    const endpoint: Endpoint = { ...place, address: error.address }
    const code = error.failure.code
    const leaf = code === 'certificate' ? await shownLeaf(endpoint, options) : undefined
    return { candidate: { endpoint, origin, ...outcomeOf(endpoint, error.failure, leaf) } }
  }
}

/** A client for requests to one endpoint, wherever the URL points. */
export function httpAt(endpoint: Endpoint, options: ProbeOptions): HttpClient {
  const { trust, timing, signal } = options
  return createHttp({ locate: async () => endpoint, trust, timing, signal, userAgent: 'chatmail-check' })
}

export function urlOf(endpoint: Pick<Endpoint, 'service' | 'name'>, path: string): string {
  const host = endpoint.name.includes(':') ? `[${endpoint.name}]` : endpoint.name
  return `${endpoint.service === 'http' ? 'http' : 'https'}://${host}${path}`
}

function connection(endpoint: Endpoint, options: ProbeOptions, signal: AbortSignal): ConnectOptions {
  const { service } = endpoint
  const { timing, trust } = options
  // Ports 25 and 80 are often filtered on the way; nothing we need waits behind them.
  const connect = Math.min(timing.connect, service === 'smtp' || service === 'http' ? 3_000 : 5_000)
  return { endpoint, trust, timing: { connect, reply: Math.min(timing.reply, 10_000) }, signal }
}

async function greet(options: ConnectOptions): Promise<Answer> {
  const { service } = options.endpoint
  if (service === 'https' || service === 'http') return await greetHttp(options)
  if (service === 'imaps' || service === 'imap') {
    await using _imap = await openImap(options)
    return {}
  }
  // STARTTLS on port 25 is judged by a check, certificate included; here the greeting is enough.
  await using smtp = await openSmtp({ ...options, raw: service === 'smtp' })
  const { code, text } = smtp.greeting
  if (code !== 220) throw new WireError('protocol', 'greeting', `greeting: ${code} ${text}`)
  const size = Number(smtp.extensions.get('SIZE') ?? 0)
  return service !== 'smtp' && Number.isSafeInteger(size) && size > 0 ? { messageBytes: size } : {}
}

/** Any answer in HTTP will do. The page asked for is the one that says whether we are welcome. */
async function greetHttp(options: ConnectOptions): Promise<Answer> {
  const { endpoint } = options
  const http = httpAt(endpoint, options)
  try {
    const { status, text } = await http.request(urlOf(endpoint, optOutPath), { maxBytes: 256 * 1024 })
    return status === 200 && endpoint.service === 'https' ? { wishes: parseCheckWishes(text()) } : {}
  } catch (error) {
    if (error instanceof WireError && error.code === 'too-long') return {}
    throw error
  }
}

/** A second look without judgement, to say which certificate it is that we do not trust. */
async function shownLeaf(endpoint: Endpoint, options: ProbeOptions): Promise<CertificateFacts | undefined> {
  const signal = AbortSignal.any([AbortSignal.timeout(5_000), ...(options.signal ? [options.signal] : [])])
  const look: ConnectOptions = { ...connection(endpoint, options, signal), trust: { mode: 'presented' } }
  try {
    if (endpoint.security === 'tls') {
      await using socket = await openSocket(look)
      return socket.tls?.chain[0]
    }
    await using client = await (endpoint.service === 'imap' ? openImap(look) : openSmtp(look))
    return client.tls?.chain[0]
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}
