// The two sessions of a trace: the sender's submission and the reader's idling mailbox, opened anew where they are not there.

import type { HostRun, Line } from '../check/host-run.ts'
import { ControlUnmet } from '../check/signals.ts'
import { type Submission, submissionOver } from '../check/submission.ts'
import type { Stage } from '../clients/stage.ts'
import type { Account } from '../host/account.ts'
import type { StageName } from '../result/trace.ts'
import { startWatching, type Watcher } from './time-message.ts'

export interface TraceEnds {
  readonly from: HostRun
  readonly to: HostRun
  readonly sender: Account
  readonly reader: Account
}

export interface SessionHooks {
  readonly line: Line
  /** Who we are, for the server's log. */
  readonly version: string
  /** Waits because the server asked us to slow down. */
  slowDown(ms: number): Promise<void>
}

/** What was opened, stage by stage; nothing of what was open already. */
export interface Opened {
  readonly sender: readonly Stage<StageName>[]
  readonly reader: readonly Stage<StageName>[]
}

/** A limit of so many messages a minute relents within a minute. */
const patientTries = 8

export class TraceSessions implements AsyncDisposable {
  readonly #ends: TraceEnds
  readonly #hooks: SessionHooks
  #submission: Submission | undefined
  watcher: Watcher | undefined

  constructor(ends: TraceEnds, hooks: SessionHooks) {
    this.#ends = ends
    this.#hooks = hooks
  }

  get submission(): Submission {
    if (!this.#submission) throw new Error('open() comes first')
    return this.#submission
  }

  /** Opens what is not open. Throws ControlUnmet when the server lets us in no more, or WireError. */
  async open(): Promise<Opened> {
    const reader = this.watcher && !this.watcher.client.closed ? [] : await this.#openReader()
    const sender = this.#submission && !this.#submission.client.closed ? [] : await this.#openSender()
    return { sender, reader }
  }

  /** Both ends say goodbye. */
  async drop(): Promise<void> {
    const open = [this.#submission, this.watcher?.client]
    this.#submission = undefined
    this.watcher = undefined
    await Promise.allSettled(open.map((session) => session?.[Symbol.asyncDispose]()))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drop()
  }

  async #openSender(): Promise<readonly Stage<StageName>[]> {
    const { from, sender } = this.#ends
    const client = await from.smtp(this.#hooks.line)
    this.#submission = submissionOver(client, {
      spendMessage: () => from.spending.message(false),
      pause: (ms) => this.#hooks.slowDown(ms),
      backoff: from.host.timing.backoff,
      tries: patientTries,
    })
    const reply = await client.authPlain(sender.address, sender.password)
    if (reply.code !== 235)
      throw new ControlUnmet(`${sender.address} logs in for submission`, `${reply.code} ${reply.text}`, undefined)
    return client.stages
  }

  async #openReader(): Promise<readonly Stage<StageName>[]> {
    const { to, reader } = this.#ends
    const client = await to.imap(this.#hooks.line)
    const reply = await client.login(reader.address, reader.password)
    if (reply.status !== 'OK') {
      await client[Symbol.asyncDispose]()
      throw new ControlUnmet(`${reader.address} logs in`, `${reply.status} ${reply.text}`, undefined)
    }
    if (client.capabilities.has('ID')) await client.id({ name: 'chatmail-check', version: this.#hooks.version })
    this.watcher = await startWatching(client)
    return client.stages
  }
}
