// A run from its beginning until every thread is done: shows how it goes, holds it against thresholds and stop rules, and stops it
// when somebody wants that. Used by the run.
import type { LoadMoment } from '../../result/load-moment.ts'
import { timeNow } from '../thread/clock.ts'
import { abortingThreshold, type Threshold } from '../thresholds/thresholds.ts'
import type { Intake } from './intake.ts'
import { busyShare, processorTime } from './processors.ts'
import { reasonToStop } from './stop-rules.ts'
import type { ThreadHandle } from './thread-handle.ts'

const judgeEvery = 2_000
/** Before that messages may pile up because this machine is not warm, milliseconds. */
const warm = 10_000
/** A thread that does not end this long after it was told to, milliseconds. */
const patience = 10_000

/** What the scenario file wants of the run: that it ends, and who is to be told; or that it has failed. */
export interface Wish {
  reason?: string
  /** Why the run has failed, as the file says; it goes on. */
  failed?: string
  heard?: () => void
}

export interface Watch {
  readonly threads: readonly ThreadHandle[]
  readonly intake: Intake
  readonly wish: Wish
  readonly thresholds: readonly Threshold[]
  readonly setupData: unknown
  readonly signal: AbortSignal
  readonly mostOnTheirWay?: number | undefined
  /** Once a second; `elapsed` in milliseconds. */
  readonly onMoment: (moment: LoadMoment, elapsed: number) => void
}

export interface Watched {
  /** Milliseconds. */
  readonly elapsed: number
  readonly stopped: string | undefined
  readonly interrupted: number
  /** How busy the processors of this machine were, with everything that ran on it: 0 to 1. */
  readonly processors: number
}

export async function watchRun(watch: Watch): Promise<Watched> {
  const { threads, intake, wish, thresholds, setupData, signal, mostOnTheirWay = Number.POSITIVE_INFINITY } = watch
  // A little ahead, so that all threads begin together.
  const at = timeNow() + 50
  intake.overTime.begin(at)
  const elapsed = () => Math.max(0, timeNow() - at)
  let stopped: string | undefined
  let giveUp: NodeJS.Timeout | undefined
  let impatient: (error: Error) => void = () => {}
  const stuck = new Promise<never>((_, reject) => {
    impatient = reject
  })
  const stop = (reason: string) => {
    if (stopped !== undefined) return
    stopped = reason
    for (const thread of threads) thread.tell({ kind: 'stop' })
    giveUp = setTimeout(() => impatient(new Error('a thread does not end')), patience)
  }
  const interrupted = () => stop('interrupted')
  wish.heard = () => stop(`the scenario ended the run: ${wish.reason}`)
  let moment = intake.moment(timeNow())
  const show = setInterval(() => {
    moment = intake.moment(timeNow())
    watch.onMoment(moment, elapsed())
  }, 1_000)
  const judge = setInterval(() => {
    const breached = abortingThreshold(thresholds, elapsed())
    if (breached !== undefined) stop(`${breached.metric} ${breached.threshold} does not hold`)
    const reason = reasonToStop(intake.registry, moment)
    if (reason !== undefined) stop(`to spare the server: ${reason}`)
    const onTheirWay = intake.overTime.onTheirWay(timeNow())
    if (elapsed() >= warm && onTheirWay > mostOnTheirWay) stop(`${onTheirWay} messages were on their way at once`)
  }, judgeEvery)
  try {
    for (const thread of threads) thread.tell({ kind: 'begin', at, setupData })
    signal.addEventListener('abort', interrupted)
    if (signal.aborted) interrupted()
    else if (wish.reason !== undefined) wish.heard()
    const before = processorTime()
    const over = await Promise.race([Promise.all(threads.map((thread) => thread.hear('over'))), stuck])
    return {
      elapsed: elapsed(),
      stopped,
      interrupted: over.reduce((sum, one) => sum + one.interrupted, 0),
      processors: busyShare(before, processorTime()),
    }
  } finally {
    signal.removeEventListener('abort', interrupted)
    clearInterval(show)
    clearInterval(judge)
    clearTimeout(giveUp)
  }
}
