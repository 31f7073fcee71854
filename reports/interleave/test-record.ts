// Made-up records of two servers in turns, judged as real ones are: a slow stage, none, and one that nothing came through. For tests.
import { type Interleave, interleaveFormat, type Round } from '../../harness/result/interleave.ts'
import { judgeRounds } from '../../harness/timeline/judge-rounds.ts'

const stages = {
  submission: ['tcp', 'tls', 'greeting', 'ehlo', 'auth'],
  delivery: ['mail', 'rcpt', 'data', 'body', 'notify', 'fetch'],
  reading: ['tcp', 'tls', 'greeting', 'auth'],
} as const

/** Milliseconds of a stage, a little different from one message to the next, the same each time. */
function took(stage: string, number: number, arm: number): number {
  const base = stage.endsWith('tcp') ? 0.6 : stage === 'delivery.notify' ? 22 : 11
  const noise = (number * number * 31 + number * (arm * 53 + 17) + stage.length * (29 + arm * 7)) % 41
  return base + (noise - 20) / 40
}

function record(n: number, slower: Readonly<Record<string, number>>): Interleave {
  const ids = Object.entries(stages).flatMap(([part, names]) => names.map((name) => `${part}.${name}`))
  const sample = (number: number, arm: number): Record<string, number> =>
    Object.fromEntries(
      ids.map((id) => [id, Number((took(id, number, arm) + (arm === 1 ? (slower[id] ?? 0) : 0)).toFixed(3))]),
    )
  const rounds = Array.from(
    { length: n },
    (_, number): Round => ({
      old: sample(number, 0),
      // One message was held up on its way.
      new: number === 19 ? { ...sample(number, 1), 'delivery.rcpt': 41 } : sample(number, 1),
      control: sample(number, 2),
    }),
  )
  const judgement = judgeRounds(rounds, 240, { old: 0, new: 0 })
  return {
    format: interleaveFormat,
    tool: { name: 'chatmail-check', version: '0.1.0' },
    started: '2026-03-01T12:00:00.000Z',
    seconds: n * 0.41,
    seed: 7,
    old: { label: 'old.example' },
    new: { label: 'new.example', roundTrip: 0.2 },
    rounds,
    stages: [...judgement.stages],
    verdict: judgement.verdict,
    reason: judgement.reason,
    troubles: [],
  }
}

export const slower = record(36, { 'delivery.rcpt': 2.1 })
export const notSlower = record(36, {})
export const broken: Interleave = {
  ...record(12, {}),
  rounds: [],
  stages: [],
  verdict: 'undecided',
  reason: '3 messages in a row did not come through new.example',
  troubles: [{ arm: 'new', text: '523 <b>Encryption</b> | needed `by` policy', count: 3 }],
}
