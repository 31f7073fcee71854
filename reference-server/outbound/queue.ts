// The queue of mail to other servers: who is tried when, what is tried again, what goes back. Used by outbound.ts.
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Failure } from '../delivery/bounce.ts'
import type { Journal } from '../journal.ts'
import type { Courier } from './courier.ts'
import {
  addEntry,
  createDestination,
  type Destination,
  type Entry,
  forgetEntry,
  holdAll,
  release,
} from './destination.ts'
import type { KeptEntries } from './kept-entries.ts'
import { sendEntry } from './parcels.ts'
import type { Attempt, Outcome, Queue, QueueEntry, SavedEntry, Waiting } from './types.ts'

export interface MailQueue extends Queue {
  /** `id` when it was in the queue of an earlier life. */
  add(waiting: Waiting, entry: Omit<SavedEntry, 'sender' | 'message'> & { readonly id?: number }): void
  close(): Promise<void>
}

/** Connections that are kept open although there is nothing to send. */
const mostIdle = 100

export function createQueue(options: {
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
  readonly kept: KeptEntries
  readonly courier: (domain: string) => Courier
  readonly returned: (failure: Failure, message: { readonly sender: string; readonly head: string }) => void
}): MailQueue {
  const { behaviour, clock, journal, kept } = options
  const rules = () => behaviour().outbound.queue
  const entries = new Map<number, Entry>()
  const destinations = new Map<string, Destination>()
  const starving = new Set<Destination>()
  let idleWaiters: (() => void)[] = []
  let lastId = 0
  /** All with or without something to do. */
  const couriers = new Set<Courier>()
  let bytes = 0
  let lanes = 0
  let paused = false
  let closed = false

  const giveUp = (entry: Entry, recipients: readonly string[], reply: string, expired: boolean) => {
    const { undeliverable, reportsReason } = rules()
    journal.add('outbound', `gave up ${recipients.join(', ')}: ${reply}`)
    if (undeliverable === 'dropped') return
    const { message, sender } = entry.waiting
    const head = message.subarray(0, message.indexOf('\r\n\r\n') + 2).toString('latin1')
    const status = expired ? '4.4.7' : (/^\d{3} (\d\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1] ?? statusOf(reply))
    const diagnostic = reportsReason ? reply : 'unknown reason'
    for (const recipient of recipients) options.returned({ recipient, status, diagnostic }, { sender, head })
  }

  const remove = (entry: Entry) => {
    if (!entries.delete(entry.id)) return
    bytes -= entry.waiting.message.length
    kept.remove(entry.id)
    forgetEntry(entry)
  }

  /** What is not delivered now: waits, goes back or is lost. */
  const defer = (entry: Entry, reply: string, until: number) => {
    const { deferred } = rules()
    entry.lastReply = reply
    entry.nextTry = until
    if (deferred === 'retried' && clock.now() < entry.expires) {
      kept.update(describe(entry))
      return
    }
    if (deferred !== 'lost') giveUp(entry, entry.recipients, reply, deferred === 'retried')
    remove(entry)
  }

  const settle = (destination: Destination, entry: Entry, attempt: Attempt) => {
    entry.tries += 1
    entry.busy = false
    if (attempt.kind === 'unreachable') {
      journal.add('outbound', `${destination.domain} cannot be reached: ${attempt.reply}`)
      destination.failures += 1
      destination.lastFailure = clock.now()
      destination.blockedUntil = clock.now() + waitMs(destination.failures)
      for (const held of holdAll(destination, entry)) defer(held, attempt.reply, destination.blockedUntil)
      return
    }
    destination.failures = 0
    destination.blockedUntil = 0
    const left = (fate: Outcome['fate']) => attempt.outcomes.filter((outcome) => outcome.fate === fate)
    const [failed, deferred] = [left('failed'), left('deferred')]
    for (const outcome of failed) giveUp(entry, [outcome.recipient], outcome.reply, false)
    entry.recipients = deferred.map(({ recipient }) => recipient)
    const reply = deferred[0]?.reply
    if (reply === undefined) {
      journal.add('outbound', `sent to ${destination.domain}, ${left('sent').length} recipients`)
      remove(entry)
      return
    }
    journal.add('outbound', `deferred for ${destination.domain}: ${reply}`)
    destination.deferred.add(entry)
    defer(entry, reply, clock.now() + waitMs(entry.tries))
  }

  /** Twice as long after each try. */
  const waitMs = (tries: number) => {
    const { firstRetrySeconds, longestRetrySeconds } = rules()
    return Math.min(firstRetrySeconds * 2 ** Math.min(tries - 1, 30), longestRetrySeconds) * 1_000
  }

  const dismiss = (courier: Courier) => {
    courier.close()
    couriers.delete(courier)
  }

  const takeNext = ({ ready }: Destination) => (closed || paused ? undefined : ready.shift())

  const runLane = async (destination: Destination) => {
    // The reply to whoever handed the message over goes first.
    await new Promise((resolve) => setImmediate(resolve))
    const courier = destination.couriers.pop() ?? options.courier(destination.domain)
    couriers.add(courier)
    for (let entry = takeNext(destination); entry !== undefined; entry = takeNext(destination)) {
      entry.busy = true
      entry.nextTry = undefined
      const attempt = await sendEntry(entry, courier, rules()).catch(
        (error): Attempt => ({ kind: 'unreachable', reply: `451 4.3.0 ${String(error).slice(0, 200)}` }),
      )
      if (!closed || attempt.kind === 'answered') settle(destination, entry, attempt)
    }
    if (!closed && couriers.size <= mostIdle) destination.couriers.push(courier)
    else dismiss(courier)
  }

  const pump = (destination: Destination) => {
    const { workers, connections } = rules()
    for (let wanted = Math.min(connections - destination.lanes, destination.ready.length); wanted > 0; wanted--) {
      if (closed || paused) return
      if (lanes >= workers) {
        starving.add(destination)
        return
      }
      destination.lanes += 1
      lanes += 1
      clock.during(runLane(destination).then(() => laneEnded(destination)))
    }
    schedule(destination)
  }

  const laneEnded = (destination: Destination) => {
    destination.lanes -= 1
    lanes -= 1
    const [next] = starving
    if (next !== undefined) {
      starving.delete(next)
      pump(next)
    }
    pump(destination)
    if (lanes > 0) return
    for (const wake of idleWaiters) wake()
    idleWaiters = []
  }

  /** Arms the timers of a destination: the next try or the end of a lifetime, and the end of idle connections. */
  const schedule = (destination: Destination) => {
    destination.stopTimer()
    if (closed || destination.lanes > 0) return
    let next = Number.POSITIVE_INFINITY
    for (const { nextTry, expires } of destination.deferred) next = Math.min(next, nextTry ?? 0, expires)
    const idleEnd = clock.now() + behaviour().outbound.transport.idleSeconds * 1_000
    const due = destination.couriers.length > 0 ? Math.min(next, idleEnd) : next
    if (due === Number.POSITIVE_INFINITY) {
      if (destination.ready.length === 0) destinations.delete(destination.domain)
      return
    }
    destination.stopTimer = clock.after(Math.max(0, due - clock.now()), () => wake(destination, due === idleEnd))
  }

  const wake = (destination: Destination, idle: boolean) => {
    const now = clock.now()
    if (idle) for (const courier of destination.couriers.splice(0)) dismiss(courier)
    for (const entry of [...destination.deferred]) {
      if (now < entry.expires) continue
      giveUp(entry, entry.recipients, entry.lastReply ?? '421 4.4.7 never tried', true)
      remove(entry)
    }
    release(destination, (entry) => (entry.nextTry ?? 0) <= now)
    pump(destination)
  }

  const idle = () =>
    new Promise<void>((resolve) => {
      if (lanes === 0) resolve()
      else idleWaiters.push(resolve)
    })

  return {
    add(waiting, { id, domain, recipients, since, tries, lastReply, nextTry }) {
      const { entries: most, bytes: mostBytes, lifetimeDays, firstRetrySeconds, holdSeconds, losesEvery } = rules()
      lastId = id ?? lastId + 1
      if (id === undefined && losesEvery > 0 && lastId % losesEvery === 0) return
      const destination = destinations.get(domain) ?? createDestination(domain)
      destinations.set(domain, destination)
      const expires = since + lifetimeDays * 86_400_000
      const entry: Entry = {
        id: lastId,
        waiting,
        destination,
        recipients,
        since,
        expires,
        tries,
        lastReply,
        nextTry,
        busy: false,
      }
      if (entries.size >= most || bytes + waiting.message.length > mostBytes) {
        giveUp(entry, recipients, '452 4.3.1 Too many messages wait for other servers', false)
        return
      }
      entries.set(entry.id, entry)
      if (id === undefined) kept.add(describe(entry), waiting.message)
      bytes += waiting.message.length
      const now = clock.now()
      if (id === undefined && holdSeconds > 0) entry.nextTry = now + holdSeconds * 1_000
      if (destination.blockedUntil > now) {
        // A new message is a reason to look again, but not at once after a failure.
        if (now < destination.lastFailure + firstRetrySeconds * 1_000) {
          entry.nextTry = destination.blockedUntil
          entry.lastReply = 'waits for the destination'
        } else release(destination, () => true)
      }
      addEntry(entry, now)
      pump(destination)
    },
    get entries() {
      return [...entries.values()].map(describe)
    },
    save: () =>
      [...entries.values()].map((entry) => {
        const { id: _id, bytes: _bytes, ...rest } = describe(entry)
        return { ...rest, message: entry.waiting.message }
      }),
    async flush(domain) {
      for (const destination of [...destinations.values()]) {
        if (domain !== undefined && destination.domain !== domain) continue
        destination.blockedUntil = 0
        release(destination, () => true)
        pump(destination)
      }
      await idle()
    },
    pause() {
      paused = true
      return idle()
    },
    idle,
    async close() {
      closed = true
      for (const { stopTimer } of destinations.values()) stopTimer()
      for (const courier of couriers) courier.close()
      await idle()
    },
  }
}

function describe({ id, waiting, destination, recipients, since, tries, lastReply, nextTry }: Entry): QueueEntry {
  const { sender, message } = waiting
  return { id, sender, domain: destination.domain, recipients, bytes: message.length, since, tries, lastReply, nextTry }
}

/** RFC 3463: 512 means a host that does not exist; else there is nothing more to say. */
function statusOf(reply: string): string {
  if (reply.startsWith('512')) return '5.1.2'
  return reply.startsWith('4') ? '4.0.0' : '5.0.0'
}
