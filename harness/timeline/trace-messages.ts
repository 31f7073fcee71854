// Sends messages one after another and times each: over new connections, over open ones, and after half a minute of idling.
// Paced below what the host allows; what it asks us to wait is in no figure. Used by the trace command.
import { setTimeout as delay } from 'node:timers/promises'
import type { Line } from '../check/host-run.ts'
import { Throttled } from '../check/signals.ts'
import type { Stage } from '../clients/stage.ts'
import { WireError } from '../host/wire-error.ts'
import { createMailer } from '../mail/mailer.ts'
import type { StageName, TracedMessage } from '../result/trace.ts'
import { type TimedMessage, timeMessage } from './time-message.ts'
import { type Opened, type TraceEnds, TraceSessions } from './trace-sessions.ts'

export interface TraceOptions extends TraceEnds {
  readonly count: number
  /** Milliseconds from one message to the next, at least. */
  readonly interval: number
  /** Lets the reader idle for half a minute before every tenth message. */
  readonly rests: boolean
  readonly seed: number
  readonly version: string
  /** Ends the trace after what it is waiting for now; sessions end with `line`. */
  readonly interrupt: AbortSignal
  readonly line: Line
  /** Monotonic milliseconds that count as 0. */
  readonly began: number
  /** Before it is sent. The id has its angle brackets. */
  onMinted(messageId: string): void
  onMessage(message: TracedMessage): void
  /** Nothing is to be seen for a while, and why. */
  onWait?(why: string): void
}

/** Dovecot hibernates idle sessions after 30 s, as chatmail relays configure it. */
export const restMs = 31_000
/** One over new connections, eight over those, one after a rest; and again. */
const round = 10
/** So many in a row that nothing came of end the trace. */
const hopeless = 3
/** Nobody waits longer for a chat message. */
const patienceMs = 30_000

/** Milliseconds between messages that keep below the host's rate. */
export function politeInterval(host: TraceEnds['from']['host'], wanted: number): number {
  const { value: perMinute } = host.policy.sendPerMinute
  return perMinute > 0 ? Math.max(wanted, Math.ceil((1.05 * 60_000) / perMinute)) : wanted
}

export function kindOf(number: number, rests: boolean): TracedMessage['kind'] {
  const at = (number - 1) % round
  if (at === 0) return 'cold'
  return at === round - 1 && rests ? 'rested' : 'warm'
}

/** Throws ControlUnmet or BudgetSpent when there is no sense in going on. */
export async function traceMessages(options: TraceOptions): Promise<void> {
  let waited = 0
  await using sessions = new TraceSessions(options, {
    line: options.line,
    version: options.version,
    slowDown: async (ms) => {
      waited += ms
      options.onWait?.(`the server asks us to slow down: waiting for ${Math.ceil(ms / 1_000)} s`)
      await pause(ms, options.interrupt)
      if (options.interrupt.aborted) throw new Throttled('stopped while waiting')
    },
  })
  const mailer = createMailer({ seed: options.seed, keyring: options.from.keyring })
  let failures = 0
  let next = performance.now()
  for (let number = 1; number <= options.count && failures < hopeless; number++) {
    const kind = kindOf(number, options.rests)
    if (kind === 'cold') await sessions.drop()
    if (kind === 'rested') await rest(options)
    await pause(next - performance.now(), options.interrupt)
    if (options.interrupt.aborted) return
    next = performance.now() + politeInterval(options.from.host, options.interval)
    waited = 0
    const mail = await mailer.encrypted(options.sender, options.reader)
    options.onMinted(mail.messageId)
    const common = { number, messageId: mail.messageId, log: [] }
    let opened: Opened = { sender: [], reader: [] }
    try {
      opened = await sessions.open()
      const { submission, watcher } = sessions
      if (!watcher) throw new Error('an open session watches')
      const patience = Math.min(patienceMs, options.to.host.timing.arrival)
      const timed = await timeMessage(() => submission.send(mail), watcher, mail.messageId, patience)
      sessions.watcher = timed.watcher
      const what = outcomeOf(timed)
      failures = what.outcome === 'arrived' ? 0 : failures + 1
      options.onMessage({
        ...common,
        ...what,
        kind: opened.sender.length + opened.reader.length > 0 ? 'cold' : kind,
        stages: since(options.began, [...opened.sender, ...timed.stages]),
        reader: since(options.began, opened.reader),
        waited,
      })
      // A server that refuses an ordinary message refuses the next one, too.
      if (what.outcome === 'refused') return
    } catch (error) {
      if (!(error instanceof WireError || error instanceof Throttled)) throw error
      if (options.interrupt.aborted) return
      failures++
      options.onMessage({
        ...common,
        kind,
        outcome: 'broken',
        reason: error.message,
        stages: since(options.began, opened.sender),
        reader: since(options.began, opened.reader),
        waited,
      })
      await sessions.drop()
    }
  }
}

/** A connection that is gone says nothing of the message: it is neither late nor refused. */
function outcomeOf({ outcome, stages, watcher }: TimedMessage): Pick<TracedMessage, 'outcome' | 'reason'> {
  if (stages.at(-1)?.name === 'fetch') return { outcome: 'arrived' }
  const error = outcome.error ?? watcher.client.error
  if (error) return { outcome: 'broken', reason: error.message }
  if (outcome.accepted) return { outcome: 'late' }
  return { outcome: 'refused', reason: `${outcome.reply?.code} ${outcome.reply?.text}` }
}

/** By the host's own clock where we have power over it, else by waiting. */
async function rest({ to, interrupt, onWait }: TraceOptions): Promise<void> {
  const { clock } = to.host.powers
  if (clock) return clock.advance(restMs)
  onWait?.(`the reader idles for ${restMs / 1_000} s`)
  await pause(restMs, interrupt)
}

/** Ends early, and without a word, when it is time to stop. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined)
}

function since(began: number, stages: readonly Stage<StageName>[]): TracedMessage['stages'] {
  const ms = (at: number) => Math.round((at - began) * 100) / 100
  return stages.map(({ name, started, ended }) => ({ name, started: ms(started), ended: ms(ended) }))
}
