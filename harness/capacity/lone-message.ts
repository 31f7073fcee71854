// How long one message takes while nothing else is going on: the measure of whether a server has come to rest. Used by the capacity run.
import { setTimeout as sleep } from 'node:timers/promises'
import type { SmtpClient } from '../clients/smtp.ts'
import type { LoadAccount, PoolMessage } from '../load/chatmail/assets.ts'
import { leaveClean, type Mailbox, mint, openMailbox, openSender, type Place } from './sessions.ts'

/** Milliseconds: how long one message may take, the pause before the next, and what is added to twice the usual for the clock's sake. */
const patience = 30_000
const between = 500
const slack = 20

export class LoneMessage {
  readonly #place: Place
  readonly #body: PoolMessage
  readonly #writer: LoadAccount
  readonly #reader: LoadAccount
  #idle: number | undefined

  constructor(place: Place, body: PoolMessage, [writer, reader]: readonly [LoadAccount, LoadAccount]) {
    this.#place = place
    this.#body = body
    this.#writer = writer
    this.#reader = reader
  }

  /** Milliseconds that a message takes on a server at rest: the median of three. Throws when none arrives. */
  async measureIdle(): Promise<number> {
    const taken = await this.#some(3, between)
    this.#idle = [...taken].sort((a, b) => a - b)[1] ?? taken[0] ?? 0
    return this.#idle
  }

  /** Waits until a message takes less than twice the usual; gives up after `atMost` milliseconds: false. */
  async rested(atMost: number): Promise<boolean> {
    const usual = this.#idle
    if (usual === undefined) throw new Error('measureIdle() comes first')
    const until = performance.now() + atMost
    do {
      this.#place.signal.throwIfAborted()
      // A server that does not let us in yet is not at rest.
      const [taken] = await this.#some(1, 0).catch(() => [])
      if (taken !== undefined && taken < 2 * usual + slack) return true
      await sleep(between, undefined, { signal: this.#place.signal })
    } while (performance.now() < until)
    return false
  }

  async #some(count: number, pause: number): Promise<readonly number[]> {
    const mailbox = await openMailbox(this.#place, this.#reader)
    let smtp: SmtpClient | undefined
    try {
      smtp = await openSender(this.#place, this.#writer)
      const taken: number[] = []
      for (let n = 0; n < count; n++) {
        if (n > 0) await sleep(pause, undefined, { signal: this.#place.signal })
        taken.push(await this.#once(mailbox, smtp))
      }
      return taken
    } finally {
      await smtp?.[Symbol.asyncDispose]()
      await leaveClean(mailbox, this.#place)
    }
  }

  async #once({ client }: Mailbox, smtp: SmtpClient): Promise<number> {
    client.events()
    const before = client.exists
    const idle = await client.idle()
    try {
      const began = performance.now()
      const envelope = { from: this.#writer.address, to: [this.#reader.address] }
      const outcome = await smtp.send({ envelope, bytes: mint(this.#place, this.#writer.address, this.#body) })
      if (!outcome.accepted)
        throw new Error(`a lone message was refused: ${outcome.reply?.code} ${outcome.reply?.text}`)
      const told = client.exists > before ? true : await client.waitFor(({ type }) => type === 'EXISTS', patience)
      if (told === undefined) throw new Error(`a lone message did not arrive within ${patience / 1_000} s`)
      return performance.now() - began
    } finally {
      await idle.done()
    }
  }
}
