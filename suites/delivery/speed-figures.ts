// What the speed of delivery comes to in figures: of each message and each session, as a whole and stage by stage.
// Used by the checks of speed.
import type { CheckContext } from '../../harness/check/types.ts'
import type { StageName } from '../../harness/result/trace.ts'
import { serverShare, type Timeline } from '../../harness/timeline/timeline.ts'

const ofMessage = {
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA to 354',
  body: 'the message to its 250',
  notify: '250 to EXISTS',
  fetch: 'EXISTS to the whole message',
} as const satisfies Partial<Record<StageName, string>>

const ofSession = ['tcp', 'tls', 'greeting', 'ehlo', 'auth'] as const satisfies readonly StageName[]

/** Milliseconds without the network; null when it did not come in time. */
export function totalOf({ stages }: Timeline, roundTrip: number): number | null {
  if (stages.at(-1)?.name !== 'fetch') return null
  return stages.reduce((sum, stage) => sum + serverShare(stage, roundTrip), 0)
}

/** The same of one stage; null when the message did not come to it. */
export function shareOf({ stages }: Timeline, name: StageName, roundTrip: number): number | null {
  const stage = stages.find((each) => each.name === name)
  return stage === undefined ? null : serverShare(stage, roundTrip)
}

/** Messages without the network; sessions with it, since whoever opens one waits for both. */
export function measureSpeed(
  t: CheckContext,
  messages: readonly Timeline[],
  sessions: readonly Timeline[],
  roundTrip: number,
): void {
  const totals = messages.map((message) => totalOf(message, roundTrip))
  t.measure('delivery', 'delivery, from submission to fetched', 'ms', totals)
  for (const [name, words] of Object.entries(ofMessage) as [keyof typeof ofMessage, string][]) {
    const shares = messages.map((message) => shareOf(message, name, roundTrip))
    t.measure(`delivery.${name}`, `delivery, stage ${words}`, 'ms', shares)
  }
  measureSessions(
    t,
    'submission',
    sessions.map(({ stages }) => stages),
  )
  measureSessions(
    t,
    'reading',
    sessions.map(({ reader }) => reader),
  )
}

function measureSessions(t: CheckContext, id: 'submission' | 'reading', opened: readonly Timeline['stages'][]): void {
  const title = `opening a session for ${id}`
  const lengths = (name?: StageName) =>
    opened.map((stages) =>
      stages
        .filter((stage) => name === undefined || stage.name === name)
        .reduce((ms, { started, ended }) => ms + ended - started, 0),
    )
  t.measure(id, title, 'ms', lengths())
  for (const name of ofSession) {
    const took = lengths(name)
    if (took.some((ms) => ms > 0)) t.measure(`${id}.${name}`, `${title}, stage ${name}`, 'ms', took)
  }
}
