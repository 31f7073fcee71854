// The context of one run of one check: everything it may do, tied to one signal and closed when it ends.
import type { HttpClient } from '../clients/http.ts'
import type { ImapClient } from '../clients/imap.ts'
import type { TlsFacts } from '../clients/tls-facts.ts'
import type { ClientHello, OfferAnswer } from '../clients/tls-probe.ts'
import type { TurnClient } from '../clients/turn.ts'
import { createDeltaChat, type DeltaChat } from '../deltachat/delta-chat.ts'
import type { Account } from '../host/account.ts'
import type { Endpoint, Host } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { createMailer, type Mailer } from '../mail/mailer.ts'
import type { Exchange, ExchangeOptions } from '../peer/exchange.ts'
import type { Peer } from '../peer/peer.ts'
import type { Lease } from './account-pool.ts'
import type { HostRun, Line } from './host-run.ts'
import { LeasedInbox } from './inbox.ts'
import type { Matcher } from './matchers.ts'
import { ExpectationRecorder } from './recorder.ts'
import { ControlUnmet } from './signals.ts'
import { type Submission, submissionOver } from './submission.ts'
import type {
  Accounts,
  BatchContext,
  CheckContext,
  EventuallyOptions,
  Inbox,
  Recorder,
  SessionOptions,
  Side,
} from './types.ts'

export interface Measured {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly samples: readonly number[]
  readonly censored: number
}

export interface ContextOptions {
  readonly run: HostRun
  readonly line: Line
  readonly leases: readonly Lease[]
  readonly seed: number
  /** A second try, to confirm what the first one saw. */
  readonly confirming: boolean
  /** The second host, and the accounts leased there. */
  readonly partner?: { readonly run: HostRun; readonly leases: readonly Lease[] }
  /** Of the other side, so that each knows what was minted. */
  readonly mail?: Mailer
}

interface Credentials {
  readonly address: string
  readonly password: string
}

export class RunningContext extends ExpectationRecorder implements BatchContext, AsyncDisposable {
  readonly host: CheckContext['host']
  readonly signal: AbortSignal
  readonly mail: Mailer
  readonly https: HttpClient
  readonly measurements: Measured[] = []
  readonly members = new Map<string, ExpectationRecorder>()
  /** Where in the transcript each member of a batch began. */
  readonly marks = new Map<string, number>()
  readonly #run: HostRun
  readonly #line: Line
  readonly #leases: readonly Lease[]
  readonly #confirming: boolean
  readonly #inboxes = new Map<string, LeasedInbox>()
  readonly #open: AsyncDisposable[] = []
  #handedOut = 0
  readonly #partner: RunningContext | undefined
  #deltachat: Promise<DeltaChat> | undefined

  constructor(options: ContextOptions) {
    super()
    this.host = options.run.host
    this.signal = options.line.signal
    this.mail = options.mail ?? createMailer({ seed: options.seed, keyring: options.run.keyring })
    this.#run = options.run
    this.#line = options.line
    this.#leases = options.leases
    this.#confirming = options.confirming
    this.https = options.run.http(options.line)
    if (options.partner)
      this.#partner = new RunningContext({ ...withoutPartner(options), ...options.partner, mail: this.mail })
  }

  get partner(): Side {
    if (!this.#partner) throw new Error('a check takes a second host without needs.hosts')
    return this.#partner
  }

  now(): number {
    return performance.now()
  }

  async accounts<N extends number>(n: N): Promise<Accounts<N>> {
    const leases = this.#leases.slice(this.#handedOut, this.#handedOut + n)
    if (leases.length < n)
      throw new Error(`the check takes more accounts than its needs.accounts says (${this.#leases.length})`)
    this.#handedOut += n
    return leases.map((lease) => lease.account) as unknown as Accounts<N>
  }

  unusedCredentials(options: Parameters<CheckContext['unusedCredentials']>[0] = {}): Credentials {
    const credentials = this.#run.pool.unusedCredentials(options)
    this.#line.transcript.hide(credentials.password)
    return credentials
  }

  async made(account: Credentials, { reserved = false }: { reserved?: boolean } = {}): Promise<void> {
    this.#run.spending.account()
    if (reserved) this.#run.pool.fresh++
    else await this.#run.pool.adopt(account)
  }

  async submission(account?: Credentials, options: SessionOptions = {}): Promise<Submission> {
    const client = await this.#run.smtp(this.#line, options)
    const submission = submissionOver(client, {
      spendMessage: () => this.#run.spending.message(this.#confirming),
      pause: (ms) => this.pause(ms),
      backoff: this.host.timing.backoff,
      tries: 4,
    })
    this.#open.push(submission)
    if (account) {
      this.#line.transcript.hide(account.password)
      const reply = await client.authPlain(account.address, account.password)
      if (reply.code !== 235) {
        throw new ControlUnmet(
          `${account.address} logs in for submission`,
          `${reply.code} ${reply.text}`,
          'onboarding/creates-account-on-first-smtp-login',
        )
      }
    }
    return submission
  }

  async imap(account?: Credentials, options: SessionOptions = {}): Promise<ImapClient> {
    const client = await this.#run.imap(this.#line, options)
    this.#open.push(client)
    if (account) {
      this.#line.transcript.hide(account.password)
      const reply = await client.login(account.address, account.password)
      if (reply.status !== 'OK') {
        throw new ControlUnmet(
          `${account.address} logs in`,
          `${reply.status} ${reply.text}`,
          'onboarding/lets-owner-back-in',
        )
      }
    }
    return client
  }

  peer(): Promise<Peer> {
    return this.#run.peer()
  }

  async exchange(options: ExchangeOptions = {}): Promise<Exchange> {
    const exchange = await (await this.#run.peer()).exchange(options, this.#line)
    this.#open.push(exchange)
    return exchange
  }

  tls(endpoint: Endpoint, options: Pick<SessionOptions, 'servername'> = {}): Promise<TlsFacts> {
    return this.#run.tls(this.#line, endpoint, options)
  }

  offerTls(endpoint: Endpoint, offer: ClientHello): Promise<OfferAnswer> {
    return this.#run.offerTls(this.#line, endpoint, offer)
  }

  async turn(name: string, port: number): Promise<TurnClient> {
    const client = await this.#run.turn(this.#line, name, port)
    this.#open.push(client)
    return client
  }

  deltachat(): Promise<DeltaChat> {
    this.#deltachat ??= this.#openDeltaChat()
    return this.#deltachat
  }

  async #openDeltaChat(): Promise<DeltaChat> {
    const { transcript } = this.#line
    const tap = transcript.tap()
    const own = this.#run
    const other = this.#partner === undefined ? undefined : this.#partner.#run
    const spending = (host: Host) => (host === other?.host ? other : own).spending
    const deltachat = createDeltaChat({
      core: await this.#run.core(),
      host: this.host,
      signal: this.signal,
      note: (text) => tap.note(text),
      hide: (secret) => transcript.hide(secret),
      onLink: (host) => spending(host).connection(),
      onSent: (host) => spending(host).sent(this.#confirming),
    })
    this.#open.push(deltachat)
    return deltachat
  }

  endpoint(...[service, name, port, security]: Parameters<CheckContext['endpoint']>) {
    return this.#run.endpoint(service, name, port, security, this.signal)
  }

  inbox(account: Account): Inbox {
    return this.#inbox(account.address)
  }

  async eventually<T>(
    what: string,
    probe: () => Promise<T>,
    wanted: Matcher<T>,
    options: EventuallyOptions<T> = {},
  ): Promise<T> {
    // Once the rule is broken, what follows is only evidence: it is looked at, but not long waited for.
    const broken = this.expectations.some((item) => item.outcome === 'unmet')
    const within = (options.within ?? this.host.timing.arrival) / (broken ? 8 : 1)
    const until = this.now() + within
    let wait = Math.max(2, within / 1000)
    let got = await probe()
    while (!wanted.matches(got) && !wanted.hopeless?.(got) && this.now() < until) {
      await this.pause(Math.min(wait, Math.max(1, until - this.now())))
      wait = Math.min(wait * 1.5, 500)
      got = await probe()
    }
    if (!wanted.matches(got) && !wanted.hopeless?.(got)) {
      await this.#lookAfresh()
      if (this.#partner) await this.#partner.#lookAfresh()
      got = await probe()
    }
    if (options.control) this.control(what, got, wanted)
    else this.expect(what, got, wanted, options.tolerate ? { tolerate: options.tolerate } : {})
    return got
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) return reject(aborted(this.signal))
      const onAbort = () => {
        clearTimeout(timer)
        reject(aborted(this.signal))
      }
      const timer = setTimeout(() => {
        this.signal.removeEventListener('abort', onAbort)
        resolve()
      }, ms)
      this.signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  measure(id: string, title: string, unit: string, samples: readonly (number | null)[]): void {
    const ended = samples.filter((sample) => sample !== null)
    this.measurements.push({ id, title, unit, samples: ended, censored: samples.length - ended.length })
  }

  member(id: string): Recorder {
    let recorder = this.members.get(id)
    if (!recorder) {
      recorder = new ExpectationRecorder()
      this.members.set(id, recorder)
      this.marks.set(id, this.#line.transcript.lines.length)
    }
    return recorder
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#partner?.[Symbol.asyncDispose]()
    await Promise.allSettled(this.#open.map((session) => session[Symbol.asyncDispose]()))
  }

  #inbox(address: string): LeasedInbox {
    const known = this.#inboxes.get(address)
    if (known) return known
    const lease = this.#leases.find((item) => item.account.address === address)
    if (!lease) throw new Error(`no lease on ${address}: take it by t.accounts()`)
    const inbox = new LeasedInbox(lease, this.mail.minted)
    this.#inboxes.set(address, inbox)
    return inbox
  }

  /** Before anything counts as lost, the store itself is asked over fresh sessions. */
  async #lookAfresh(): Promise<void> {
    for (const [address, inbox] of this.#inboxes) {
      const lease = this.#leases.find((item) => item.account.address === address)
      if (!lease) continue
      try {
        await inbox.lookAfresh(() => this.imap(lease.account))
      } catch (error) {
        if (!(error instanceof WireError || error instanceof ControlUnmet)) throw error
        this.note(`could not look again through a fresh session: ${error.message}`)
      }
    }
  }
}

function withoutPartner({ partner, ...options }: ContextOptions): ContextOptions {
  return options
}

function aborted(signal: AbortSignal): WireError {
  return new WireError('aborted', 'pause', 'told to stop', { cause: signal.reason })
}
