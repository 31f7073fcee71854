// A live peer: a mail domain of ours in the real DNS, which takes mail on real addresses. Its records are those of zone.ts.
// Opened by the command line for --peer-domain; checks see it as `t.peer()` and `t.exchange()`.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { PeerLacks } from '../../host/peer-lacks.ts'
import { TargetError } from '../../host/target-error.ts'
import type { Answer } from '../arrival.ts'
import { createAuthority, type Leaf } from '../authority.ts'
import type { Exchange, ExchangeOptions } from '../exchange.ts'
import { listen, openServers } from '../exchange-servers.ts'
import type { ExchangeCause, Peer } from '../peer.ts'
import { createSigner, type SignerKeys } from '../signer.ts'
import type { BelievedCertificate } from './certificate.ts'
import { openSharedPort, type SharedPort, type Tenant } from './shared-port.ts'
import { createTurns } from './turns.ts'
import { namesOf } from './zone.ts'

export interface StandingPlace {
  readonly address: string
  readonly port: number
}

export interface StandingPeerOptions {
  readonly domain: string
  readonly keys: SignerKeys
  /** Where all exchanges are that need no port of their own. */
  readonly shared: StandingPlace
  /** Where one at a time has the ports for itself. */
  readonly lone: StandingPlace | undefined
  readonly certificate: BelievedCertificate | undefined
}

export interface StandingPeer extends Peer, AsyncDisposable {}

const needsSecondAddress = 'needs a second address of ours (--peer-listen twice)'

/** Listens. Throws TargetError `bad-file` for a certificate of another name, `bad-option` for a port that cannot be had. */
export async function openStandingPeer(options: StandingPeerOptions): Promise<StandingPeer> {
  const { domain, keys, shared, lone, certificate } = options
  const names = namesOf(domain)
  if (certificate !== undefined && !certificate.covers(names.host)) {
    throw new TargetError('bad-file', `--peer-cert: the certificate is not for ${names.host}`)
  }
  const authority = await createAuthority()
  const leaf = certificate ?? (await authority.issue('self', names.host))
  const port = await listening(shared, () => openSharedPort({ ...shared, name: names.host, leaf }))
  if (lone !== undefined) {
    // Not kept open, but it must be to be had.
    await listening(lone, () => tryPort(lone)).catch(async (error: unknown) => {
      await port[Symbol.asyncDispose]()
      throw error
    })
  }
  const label = `c${randomBytes(4).toString('hex')}`
  const takeTurn = createTurns()
  let opened = 0

  const atLone = async (
    place: StandingPlace,
    options: ExchangeOptions,
    { transcript, signal }: ExchangeCause,
    own: string,
  ): Promise<Exchange> => {
    const isBare = options.mx === 'none' || isByHttps(options)
    const mailDomain = options.beside?.domain ?? `${own}.${isBare ? names.bare : names.lone}`
    const name = isBare ? mailDomain : names.lone
    const kind = options.certificate ?? 'good'
    const shown: Leaf = kind === 'good' && certificate ? certificate : await authority.issue(kind, name)
    const endTurn = await takeTurn(signal)
    try {
      const servers = await openServers({
        ...options,
        answer: forDomain(mailDomain, options.answer),
        name,
        leaf: shown,
        transcript,
        at: { address: place.address, smtp: place.port, https: 443 },
      })
      const close = async () => {
        await servers[Symbol.asyncDispose]()
        endTurn()
      }
      return { ...exchangeOf(mailDomain, name), ...pick(servers), [Symbol.asyncDispose]: close }
    } catch (error) {
      endTurn()
      throw inWords(error, place)
    }
  }

  return {
    ...(await createSigner({ domain: names.from, below: names.below, above: domain, other: names.other }, keys)),
    async exchange(options, cause) {
      const lacks = whatLacks(options, { names, lone, certificate })
      if (lacks !== undefined) throw new PeerLacks(lacks)
      opened += 1
      const own = `${options.privateName ? '_' : ''}x${opened}-${label}`
      if (options.spare === 'instead') {
        return {
          ...switchedOff(`${own}.${names.next}`, names.lone),
          [Symbol.asyncDispose]: asDispose(await takeTurn(cause.signal)),
        }
      }
      if (lone !== undefined && needsPorts(options, certificate)) return atLone(lone, options, cause, own)
      const below = options.spare === 'below' ? names.two : domain
      const usual = options.mx === 'null' ? names.nullMx : `${own}.${below}`
      return inShared(port, options.beside?.domain ?? usual, names.host, options, cause)
    },
    [Symbol.asyncDispose]: () => port[Symbol.asyncDispose](),
  }
}

function inShared(
  port: SharedPort,
  domain: string,
  host: string,
  { answer = () => undefined }: ExchangeOptions,
  { transcript }: ExchangeCause,
): Exchange {
  const tenant: Tenant = { domain, answer, transcript, arrivals: [], visits: [] }
  const leave = port.admit(tenant)
  return { ...exchangeOf(domain, host), ...pick(tenant), [Symbol.asyncDispose]: async () => leave() }
}

/** What needs more than a name: a greeting, a certificate or a web server of its own. */
function needsPorts(options: ExchangeOptions, certificate: BelievedCertificate | undefined): boolean {
  const { certificate: wanted = 'good', clear = false, greetingDelayMs = 0, mx, beside } = options
  const shown = certificate === undefined && options.privateName ? 'self' : 'good'
  const isSecond = beside !== undefined && !isNext(beside.domain)
  return clear || greetingDelayMs > 0 || mx === 'none' || isByHttps(options) || wanted !== shown || isSecond
}

/** The domain of an exchange whose host is the one that is switched off. */
function isNext(domain: string): boolean {
  return domain.split('.')[1] === 'next'
}

function isByHttps({ https = 'closed' }: ExchangeOptions): boolean {
  return https !== 'closed'
}

/** Why there is no such exchange here, or undefined. */
function whatLacks(
  options: ExchangeOptions,
  {
    names,
    lone,
    certificate,
  }: Pick<StandingPeerOptions, 'lone' | 'certificate'> & { readonly names: ReturnType<typeof namesOf> },
): string | undefined {
  const { mx = 'record', spare, beside, https = 'closed', privateName = false } = options
  // Nothing is sent to an exchange with a flaw either: where mail to good ones cannot be shown, it would only lie in a queue.
  if (!privateName && certificate === undefined)
    return 'needs a certificate that other servers believe (--peer-cert, --peer-key)'
  const hasRecords = beside === undefined || /^[^.]+\.(two|next)\./.test(beside.domain)
  if (!hasRecords) return 'needs MX records of the moment, and those of a live peer stay as they are'
  if (https === 'web') return 'needs a name that is new to the server and has an MX record'
  if (!needsPorts(options, certificate) && spare === undefined) return undefined
  if (lone === undefined) return needsSecondAddress
  if (https === 'mxdeliv' && lone.port !== 25) return 'needs port 443 beside port 25 at the second address of ours'
  const shown = mx === 'none' || isByHttps(options) ? `x.${names.bare}` : names.lone
  const isGood = (options.certificate ?? 'good') === 'good' && options.clear !== true
  if (isGood && !certificate?.covers(shown)) return `needs --peer-cert to be for ${shown.replace(/^x\./, '*.')} as well`
  return undefined
}

function exchangeOf(domain: string, name: string) {
  const cannot = () => {
    throw new PeerLacks('needs an exchange that can be switched off, and the ports of a live peer stay open')
  }
  return { domain, name, address: (localpart: string) => `${localpart}@${domain}`, down: cannot, up: cannot }
}

/** Nobody listens there, as long as it has its turn. */
function switchedOff(domain: string, name: string): Omit<Exchange, typeof Symbol.asyncDispose> {
  return { ...exchangeOf(domain, name), arrivals: [], visits: [], down: () => {} }
}

function asDispose(end: () => void): () => Promise<void> {
  return async () => end()
}

function pick({ arrivals, visits }: Pick<Exchange, 'arrivals' | 'visits'>): Pick<Exchange, 'arrivals' | 'visits'> {
  return { arrivals, visits }
}

/** Mail for exchanges that were here before is not wanted any more: a 550 takes it out of the queue of its sender. */
function forDomain(domain: string, answer: Answer = () => undefined): Answer {
  return (stage, value) => {
    const foreign = stage === 'rcpt' && !value.toLowerCase().endsWith(`@${domain.toLowerCase()}`)
    return foreign ? '550 5.1.1 nobody here has that name' : answer(stage, value)
  }
}

async function tryPort({ address, port }: StandingPlace): Promise<void> {
  const server = createServer()
  await listen(server, address, port)
  await new Promise((resolve) => server.close(resolve))
}

async function listening<T>(place: StandingPlace, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    throw inWords(error, place)
  }
}

function inWords(cause: unknown, { address, port }: StandingPlace): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const words = {
    EADDRINUSE: 'the port is taken',
    EACCES: 'not allowed',
    EADDRNOTAVAIL: 'not an address of this machine',
  }
  const why = Object.entries(words).find(([known]) => known === code)?.[1]
  if (why === undefined) return cause
  const hint =
    code === 'EACCES' ? 'ports below 1024 need rights; or lead port 25 to another one and name that' : undefined
  return new TargetError('bad-option', `--peer-listen: cannot listen at ${address}:${port}: ${why}`, {
    ...(hint === undefined ? {} : { hint }),
    cause,
  })
}
