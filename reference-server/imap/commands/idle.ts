// IDLE (RFC 2177): changes are told in the same turn of the event loop in which they happen.

import { writeNews } from '../news.ts'
import { bad, type Handler, ok } from '../outcome.ts'

export const idle: Handler = async (session, { tag }) => {
  const { connection, behaviour, options } = session
  const { idle: how } = behaviour
  if (how.needsSelected && session.view === undefined) return bad('No mailbox selected.')
  if (how.continuation === 'tagged-ok') return ok('Idle completed.')
  if (how.pending === 'forgotten') session.view?.collect({ expunges: true, unadjusted: false })
  if (how.continuation === 'sent') connection.write(`+ ${behaviour.wording.idling}\r\n`)
  let notices = 0
  const tell = () => {
    if (session.forgotten || connection.closed) return
    if (!writeNews(session, { expunges: true })) return
    connection.flush()
    notices++
    if (how.forgetsAfterNotices > 0 && notices >= how.forgetsAfterNotices) session.forgotten = true
  }
  if (how.notifies === 'at-once') {
    tell()
    let queued = false
    session.onNews = () => {
      if (queued) return
      queued = true
      const fault = options.faults.take('imap:notify')
      const due = () => {
        queued = false
        if (session.onNews === undefined) return
        if (fault?.kind === 'drop') connection.destroy()
        else tell()
      }
      const delay = how.notifyDelayMs + (fault?.kind === 'slow' ? (fault.ms ?? 0) : 0)
      if (delay > 0) options.clock.after(delay, due)
      else queueMicrotask(due)
    }
  }
  connection.flush()
  const stopTimers = [
    every(how.keepaliveMs, (again) => {
      session.untagged('OK Still here')
      connection.flush()
      again()
    }),
    every(how.forgetsAfterMs, () => {
      session.forgotten = true
    }),
    every(how.closesAfterMs, () => connection.destroy()),
  ]
  function every(ms: number, due: (again: () => void) => void): () => void {
    if (ms <= 0) return () => {}
    let stop = options.clock.after(ms, fire)
    function fire() {
      due(() => {
        stop = options.clock.after(ms, fire)
      })
    }
    return () => stop()
  }
  try {
    return await untilDone()
  } finally {
    session.onNews = undefined
    for (const stop of stopTimers) stop()
  }

  async function untilDone() {
    for (;;) {
      const line = await connection.reader.line(behaviour.limits.lineBytes)
      if (line === 'ended' || line === 'endless') {
        connection.end()
        return { ...ok('Idle completed.'), silent: true }
      }
      const isDone = !('tooLong' in line) && /^done$/i.test(line.toString('latin1'))
      if (isDone && how.done === 'ignored') continue
      if (isDone && how.done === 'disconnects') {
        connection.destroy()
        return { ...ok('Idle completed.'), silent: true }
      }
      if (how.notifies !== 'never') writeNews(session, { expunges: true })
      if (!isDone) return bad('Expected DONE.')
      if (how.doneReply === 'bad') return bad(`Error in IMAP command ${tag}: Unknown command.`)
      return { ...ok('Idle completed.'), silent: how.doneReply === 'absent' }
    }
  }
}
