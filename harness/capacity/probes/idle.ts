// How many apps can be connected, and what one costs: IMAP sessions that idle, opened one after the other up to a number. The same
// sessions then wait for messages to many at once. A probe of a capacity run.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImapIdle } from '../../clients/imap.ts'
import { leaveClean, type Mailbox, mint, openMailbox, openSender } from '../sessions.ts'
import { type ProbeContext, type Probed, reasonOf } from './types.ts'

/** Sessions of one account: Dovecot lets in ten from one address. */
const perAccount = 4
/** Milliseconds: for a sampler to tell what it was before and after. */
const rest = 2_500
/** Messages to many, how many readers each at most, and how long they may take. */
const messages = 5
const readersAtMost = 50
const patience = 20_000

interface Idling extends Mailbox {
  idle: ImapIdle
}

/** Gives a figure for idling, and one for messages to many. */
export async function probeIdle(context: ProbeContext, most: number): Promise<readonly Probed[]> {
  const idling: Idling[] = []
  try {
    const held = await hold(context, most, idling)
    return [held, await fanOut(context, idling)]
  } finally {
    await Promise.all(
      idling.map(async (session) => {
        await session.idle.done().catch(() => {})
        await leaveClean(session, context)
      }),
    )
  }
}

async function hold(context: ProbeContext, most: number, idling: Idling[]): Promise<Probed> {
  const wanted = Math.min(most, perAccount * context.accounts.length)
  const measured = context.resident() !== undefined
  if (measured) await sleep(rest, undefined, { signal: context.signal })
  const before = context.resident()
  let ended: string | undefined
  for (let n = 0; n < wanted && ended === undefined; n++) {
    const account = context.accounts[n % context.accounts.length]
    if (account === undefined) break
    try {
      const mailbox = await openMailbox(context, account)
      idling.push({ ...mailbox, idle: await mailbox.client.idle() })
    } catch (error) {
      context.signal.throwIfAborted()
      ended = reasonOf(error)
    }
  }
  if (measured) await sleep(rest, undefined, { signal: context.signal })
  const after = context.resident()
  const alive = idling.filter(({ client }) => !client.closed).length
  if (alive === 0) return { name: 'idle', missing: ended ?? 'no session idled' }
  const reason = ended === undefined ? 'no more were asked for' : `then the server said: ${ended}`
  const figure = { name: 'idle', value: alive, unit: 'connections' } as const
  if (before === undefined || after === undefined) return { ...figure, note: `${reason}; nobody watched its memory` }
  const bytesEach = Math.max(0, (after - before) / alive)
  return { ...figure, bytesEach, note: `${reason}; ${Math.round(bytesEach / 1_024)} KiB of the server's memory each` }
}

async function fanOut(context: ProbeContext, idling: readonly Idling[]): Promise<Probed> {
  const writer = context.accounts[0]
  const byAccount = new Map(idling.map((session) => [session.account.address, session]))
  const readers = [...byAccount.values()].filter(({ client }) => !client.closed).slice(0, readersAtMost)
  if (writer === undefined || readers.length < 2) return { name: 'fan-out', missing: 'fewer than two sessions idled' }
  let seconds = 0
  let delivered = 0
  try {
    await using smtp = await openSender(context, writer)
    for (let n = 0; n < messages; n++) {
      const arrivals = readers.map(({ client }) => {
        client.events()
        return client.waitFor(({ type }) => type === 'EXISTS', patience).catch(() => undefined)
      })
      const began = performance.now()
      const envelope = { from: writer.address, to: readers.map(({ account }) => account.address) }
      const outcome = await smtp.send({ envelope, bytes: mint(context, writer.address, context.body) })
      if (!outcome.accepted) {
        for (const { client } of readers) client.close()
        await Promise.all(arrivals)
        throw new Error(`${outcome.reply?.code ?? 'no reply'} ${outcome.reply?.text ?? ''}`)
      }
      const told = await Promise.all(arrivals)
      seconds += (performance.now() - began) / 1_000
      delivered += told.filter((one) => one !== undefined).length
    }
  } catch (error) {
    context.signal.throwIfAborted()
    if (delivered === 0) return { name: 'fan-out', missing: reasonOf(error) }
  }
  const missing = messages * readers.length - delivered
  const note = `${messages} messages to ${readers.length} people each, one after the other, until all idling apps were told`
  return {
    name: 'fan-out',
    value: delivered / seconds,
    unit: '1/s',
    note: missing === 0 ? note : `${note}; ${missing} were not within ${patience / 1_000} s`,
  }
}
