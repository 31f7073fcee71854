// Which stage is slow, over several messages, and why as far as its shape tells. Pure. Used by the trace and by delivery checks.
import type { Stage } from '../clients/stage.ts'
import { percentile } from '../result/statistics.ts'
import type { Advice, Diagnosis, StageName } from '../result/trace.ts'
import { type Known, patterns, slowStages } from './advice.ts'
import { type RoundTrips, serverShare, type Timeline } from './timeline.ts'

type Side = 'sender' | 'reader'

/** The server's milliseconds in one stage on one side, a number each time it happened. */
interface Share {
  readonly stage: StageName
  readonly side: Side
  readonly samples: readonly number[]
}

/** From here on a stage is felt. */
const slowMs = 100

const messageStages: readonly StageName[] = ['mail', 'rcpt', 'data', 'body', 'notify', 'fetch']

const noTrips: RoundTrips = { sender: 0, reader: 0 }

export function diagnose(timelines: readonly Timeline[], roundTrips: RoundTrips = noTrips): Diagnosis {
  const shares = sharesOf(timelines, roundTrips)
  const advice: Advice[] = shares.flatMap((share) => {
    const id = patternOf(share)
    return id === undefined ? [] : [{ ...known(id, patterns[id]), stage: share.stage }]
  })
  if (timelines.some(({ waited = 0 }) => waited > 0)) advice.push(known('throttled', patterns.throttled))
  const worst = worstOf(shares)
  if (worst === undefined) return { advice }
  const slow = isSlow(worst)
  if (slow && patternOf(worst) === undefined) {
    advice.push({ ...known(`slow-${worst.stage}`, slowStages[worst.stage]), stage: worst.stage })
  }
  const { stage, side, samples } = worst
  const slowest = { stage, side, median: round(percentile(samples, 50)), longest: round(Math.max(...samples)), slow }
  // What explains the slowest stage comes first.
  const first = advice.filter((each) => each.stage === stage)
  return { slowest, advice: withoutRepeats([...first, ...advice]) }
}

/** Setting up a session is not part of every message: it counts where it is slow, or where there is nothing else. */
function worstOf(shares: readonly Share[]): Share | undefined {
  const ofMessages = shares.filter(({ stage }) => messageStages.includes(stage))
  const some = shares.some(isSlow) || ofMessages.length === 0 ? shares : ofMessages
  return some.toSorted((a, b) => mean(b.samples) - mean(a.samples))[0]
}

function isSlow({ samples }: Share): boolean {
  return mean(samples) >= slowMs
}

/** A shape known by the time it takes, if the samples have one. */
function patternOf({ stage, samples }: Share): 'dovecot-notify-delay' | 'delayed-ack' | undefined {
  if (stage === 'notify' && isHalfASecond(samples)) return 'dovecot-notify-delay'
  if ((stage === 'greeting' || stage === 'ehlo') && isDelayedAck(samples)) return 'delayed-ack'
  return undefined
}

/** 500 ms and what a delivery takes; nearly nothing comes earlier, and a single one that waits elsewhere makes no difference. */
function isHalfASecond(samples: readonly number[]): boolean {
  return samples.length >= 3 && percentile(samples, 25) >= 470 && percentile(samples, 50) <= 650
}

/** Linux delays an ACK by 40 ms. The fastest of several, since whatever else delays an answer makes it longer. */
function isDelayedAck(samples: readonly number[]): boolean {
  if (samples.length < 2) return false
  const least = Math.min(...samples)
  return least >= 36 && least <= 50 && percentile(samples, 50) <= 60
}

function sharesOf(timelines: readonly Timeline[], roundTrips: RoundTrips): readonly Share[] {
  const all = new Map<string, { stage: StageName; side: Side; samples: number[] }>()
  const add = (stages: readonly Stage<StageName>[], side: Side) => {
    for (const stage of stages) {
      const home = stage.name === 'fetch' ? 'reader' : side
      const key = `${home} ${stage.name}`
      const entry = all.get(key) ?? { stage: stage.name, side: home, samples: [] }
      entry.samples.push(serverShare(stage, roundTrips[home]))
      all.set(key, entry)
    }
  }
  for (const { stages, reader } of timelines) {
    add(stages, 'sender')
    add(reader, 'reader')
  }
  return [...all.values()]
}

function known(id: string, { text, fix }: Known): Advice {
  return { id, text, fix: { ...fix } }
}

/** One pattern at several stages is said once, for the first. */
function withoutRepeats(advice: readonly Advice[]): Advice[] {
  return advice.filter(({ id }, at) => advice.findIndex((other) => other.id === id) === at)
}

function mean(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
