// Wakes devices when mail comes: posts their tokens to a notification service, again after a while where that fails, and
// forgets the tokens of devices that are gone. Started by startReference.
import type { Accounts, User } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import { firstAddress } from '../filter/from.ts'
import { type Entity, firstHeader } from '../filter/mime.ts'
import type { Journal } from '../journal.ts'
import { checkPushService, type PushService, postToken } from './post.ts'

export interface Notifier {
  /** A message was delivered to this user. */
  delivered(user: User, message: Pick<Entity, 'headers'>): void
  /** Wakes the own devices of a user, as METADATA lets them ask for. */
  wake(address: string): void
  /** Notifications that have not come to an end. */
  readonly pending: number
  close(): Promise<void>
}

/** One token on its way. */
interface Job {
  /** Whose token it is. */
  readonly address: string
  readonly token: string
  /** When the mail came, milliseconds since 1970. */
  readonly since: number
  /** Tries that failed. */
  readonly tries: number
}

/** Nobody fills the memory by a service that does not answer. */
const mostPending = 10_000

/** Without a service nobody is asked for, and nobody waits: the journal notes what would have been done. */
export function createNotifier(options: {
  readonly service: PushService | undefined
  readonly accounts: Accounts
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
}): Notifier {
  const { service, accounts, clock, journal } = options
  const rules = () => options.behaviour().push
  if (service !== undefined) checkPushService(service)
  /** Ready to be tried, by the number of tries before: each round has requests of its own. */
  const ready = new Map<number, Job[]>()
  const running = new Map<number, number>()
  const asleep = new Set<() => void>()
  const requests = new Set<Promise<void>>()
  const closing = new AbortController()
  let pending = 0

  const ended = (text: string) => {
    pending -= 1
    journal.add('push', text)
  }

  /** Lets a job wait for its next try, or gives it up. */
  const schedule = (job: Job) => {
    const { delaysSeconds, lifetimeSeconds } = rules()
    const delay = delaysSeconds[job.tries]
    if (delay === undefined) return ended(`gave up to notify ${job.address} after ${job.tries} tries`)
    if (clock.now() + delay * 1000 > job.since + lifetimeSeconds * 1000) {
      return ended(`gave up to notify ${job.address}: too late`)
    }
    const due = () => {
      const lane = ready.get(job.tries) ?? []
      ready.set(job.tries, lane)
      lane.push(job)
      pump(job.tries)
    }
    if (delay === 0) return due()
    const cancel = clock.after(delay * 1000, () => {
      asleep.delete(cancel)
      due()
    })
    asleep.add(cancel)
  }

  const pump = (round: number) => {
    const { firstTriesAtOnce, retriesAtOnce } = rules()
    const lane = ready.get(round) ?? []
    while (!closing.signal.aborted && (running.get(round) ?? 0) < (round === 0 ? firstTriesAtOnce : retriesAtOnce)) {
      const job = lane.shift()
      if (job === undefined) {
        ready.delete(round)
        return
      }
      running.set(round, (running.get(round) ?? 0) + 1)
      const request = attempt(job).finally(() => {
        requests.delete(request)
        running.set(round, (running.get(round) ?? 1) - 1)
        pump(round)
      })
      requests.add(request)
      clock.during(request)
    }
  }

  const attempt = async (job: Job) => {
    if (service === undefined) return
    const { timeoutSeconds, doneWith, goneTokens } = rules()
    const patience = new AbortController()
    const cancel = clock.after(timeoutSeconds * 1000, () => patience.abort())
    const status = await postToken(service, job.token, AbortSignal.any([closing.signal, patience.signal]))
    cancel()
    if (closing.signal.aborted) return
    if (status === 200 || (doneWith === 'any-2xx' && status !== undefined && status >= 200 && status < 300)) {
      ended(`notified a device of ${job.address}`)
    } else if (status === 410) {
      if (goneTokens === 'removed') accounts.find(job.address)?.store.removeDeviceToken(job.token)
      ended(`a device of ${job.address} is gone`)
    } else {
      journal.add('push', `notifying ${job.address} failed: ${status === undefined ? 'no answer' : `status ${status}`}`)
      schedule({ ...job, tries: job.tries + 1 })
    }
  }

  const notify = (user: User) => {
    const { wakes } = rules()
    const owners = wakes === 'everyone' ? accounts.list() : [user]
    const all = owners.flatMap(({ address, store }) => store.deviceTokens.map((token) => ({ address, token })))
    const devices = wakes === 'first-device' ? all.slice(0, 1) : all
    if (devices.length === 0) return
    if (service === undefined) {
      journal.add('push', `would notify ${devices.length} devices of ${user.address}`)
      return
    }
    for (const device of devices) {
      if (pending >= mostPending) {
        journal.add('push', `too many notifications wait: dropped one for ${device.address}`)
        continue
      }
      pending += 1
      schedule({ ...device, since: clock.now(), tries: 0 })
    }
  }

  return {
    get pending() {
      return pending
    },
    delivered(user, { headers }) {
      const { notifies } = rules()
      const author = firstAddress(firstHeader(headers, 'from') ?? '')?.toLowerCase()
      if (notifies === 'nobody' || (notifies === 'others' && author === user.address)) return
      notify(user)
    },
    wake(address) {
      const user = accounts.find(address)
      if (user !== undefined && rules().notifies !== 'nobody') notify(user)
    },
    async close() {
      closing.abort()
      for (const cancel of asleep) cancel()
      asleep.clear()
      ready.clear()
      pending = 0
      await Promise.all(requests)
    },
  }
}
