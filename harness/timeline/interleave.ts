// Sends messages to two servers and to the reference server in turns, each over new sessions, in an order that a seed gives.
// Used by `compare --interleave`.
import { setTimeout as delay } from 'node:timers/promises'
import { type HostRun, type Line, startHostRun } from '../check/host-run.ts'
import { ControlUnmet, Throttled } from '../check/signals.ts'
import type { Stage } from '../clients/stage.ts'
import type { Account } from '../host/account.ts'
import type { Host } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { createMailer } from '../mail/mailer.ts'
import { createRandom, type Random } from '../mail/random.ts'
import { type Arm, arms, type parts, type Round, type StageId } from '../result/interleave.ts'
import type { StageName } from '../result/trace.ts'
import { timeMessage } from './time-message.ts'
import { politeInterval } from './trace-messages.ts'
import { TraceSessions } from './trace-sessions.ts'

/** Senders of each server take turns, so that none of them comes to its limit of messages. */
export const sendersEach = 4

/** Nobody waits longer for a chat message. */
const patienceMs = 30_000

/** One of the servers with its accounts, leased until it is closed. */
export interface ArmRun extends AsyncDisposable {
  readonly host: Host
  readonly run: HostRun
  readonly senders: readonly Account[]
  readonly reader: Account
}

export type Sample = Readonly<Record<string, number>>

export interface RoundOptions {
  readonly arms: Readonly<Record<Arm, ArmRun>>
  readonly seed: number
  readonly version: string
  readonly line: Line
  readonly interrupt: AbortSignal
  onTrouble(arm: Arm, text: string): void
  onWait(arm: Arm, ms: number): void
}

/** Throws ControlUnmet when the server does not let the accounts in, BudgetSpent when it may not be asked for so many. */
export async function openArm(host: Host, line: Line): Promise<ArmRun> {
  const run = startHostRun(host, () => line)
  try {
    const wanted = sendersEach + 1
    const accounts = (await run.pool.lease(wanted, wanted, line.signal)).map(({ account }) => account)
    const [reader, ...senders] = accounts
    if (reader === undefined) throw new Error('accounts were leased')
    return { host, run, senders, reader, [Symbol.asyncDispose]: () => run.pool.close() }
  } catch (error) {
    await run.pool.close()
    throw error
  }
}

/** Rounds without end: whoever asks for them stops when it knows enough, or when `interrupt` ends the last one early. */
export async function* rounds(options: RoundOptions): AsyncGenerator<Round> {
  const random = createRandom(options.seed)
  const apart = Math.max(...arms.map((arm) => politeInterval(options.arms[arm].host, 0) / sendersEach))
  let next = performance.now()
  let order: readonly Arm[] = arms
  for (let number = 0; ; number++) {
    await pause(next - performance.now(), options.interrupt)
    next = performance.now() + apart
    // There and back again: what grows from one message to the next falls on all alike.
    order = number % 2 === 0 ? shuffled(random) : order.toReversed()
    const came: Partial<Record<Arm, Sample>> = {}
    for (const arm of order) {
      if (options.interrupt.aborted) return
      const sample = await deliver(arm, number, options)
      if (sample !== undefined) came[arm] = sample
    }
    if (options.interrupt.aborted) return
    yield { old: came.old ?? null, new: came.new ?? null, control: came.control ?? null }
  }
}

/** Undefined when nothing came of it. */
async function deliver(arm: Arm, number: number, options: RoundOptions): Promise<Sample | undefined> {
  const { run, host, senders, reader } = options.arms[arm]
  const sender = senders[number % senders.length]
  if (sender === undefined) throw new Error('an arm has senders')
  const mailer = createMailer({ seed: options.seed + number, keyring: run.keyring })
  const mail = await mailer.encrypted(sender, reader)
  await using sessions = new TraceSessions(
    { from: run, to: run, sender, reader },
    {
      line: options.line,
      version: options.version,
      async slowDown(ms) {
        options.onWait(arm, ms)
        await pause(ms, options.interrupt)
        if (options.interrupt.aborted) throw new Throttled('stopped while waiting')
      },
    },
  )
  try {
    const opened = await sessions.open()
    const { submission, watcher } = sessions
    if (watcher === undefined) throw new Error('an open session watches')
    const patience = Math.min(patienceMs, host.timing.arrival)
    const timed = await timeMessage(() => submission.send(mail), watcher, mail.messageId, patience)
    sessions.watcher = timed.watcher
    if (timed.stages.at(-1)?.name !== 'fetch') {
      const { accepted, reply, error } = timed.outcome
      const refused = error?.message ?? `${reply?.code} ${reply?.text}`
      options.onTrouble(arm, accepted ? `a message did not arrive within ${patience / 1_000} s` : refused)
      return undefined
    }
    return {
      ...lengths('submission', opened.sender),
      ...lengths('delivery', timed.stages),
      ...lengths('reading', opened.reader),
    }
  } catch (error) {
    if (!(error instanceof WireError || error instanceof Throttled || error instanceof ControlUnmet)) throw error
    if (!options.interrupt.aborted) options.onTrouble(arm, error.message)
    return undefined
  }
}

function lengths(part: (typeof parts)[number], stages: readonly Stage<StageName>[]): Sample {
  const took: Partial<Record<StageId, number>> = {}
  for (const { name, started, ended } of stages) took[`${part}.${name}`] = Math.round((ended - started) * 1_000) / 1_000
  return took as Sample
}

function shuffled(random: Random): readonly Arm[] {
  const left = [...arms]
  return arms.flatMap(() => left.splice(random.below(left.length), 1))
}

/** Ends early, and without a word, when it is time to stop. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined)
}
