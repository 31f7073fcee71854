// How often equally fast servers are told apart, and how often a slower one is found: simulated rounds, the same every time.
import { describe, expect, it } from 'vitest'
import type { Arm, Round } from '../result/interleave.ts'
import { seededRandom } from '../result/statistics.ts'
import { type Judgement, judgeRounds, lookEvery } from './judge-rounds.ts'

const stages = [
  ...['tcp', 'tls', 'greeting', 'ehlo', 'auth'].map((name) => `submission.${name}`),
  ...['mail', 'rcpt', 'data', 'body', 'notify', 'fetch'].map((name) => `delivery.${name}`),
  ...['tcp', 'tls', 'greeting', 'auth'].map((name) => `reading.${name}`),
]
const most = 20 * lookEvery
const trips = { old: 0, new: 0 }

interface Machine {
  /** Milliseconds of every stage, of every server. */
  readonly base: number
  /** Spread of each stage, milliseconds. */
  readonly noise: number
  /** Share of stages that wait for something else for a while. */
  readonly spikes: number
  /** Milliseconds that everything grows by with each round. */
  readonly drift: number
}

const calm: Machine = { base: 10, noise: 0.3, spikes: 0.02, drift: 0 }
const busy: Machine = { base: 10, noise: 1.2, spikes: 0.1, drift: 0.004 }

/** Goes on as the command does, until something is decided. */
function simulate(seed: number, machine: Machine, slowed: Partial<Record<string, number>>) {
  const random = seededRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const sample = (arm: Arm, number: number) =>
    Object.fromEntries(
      stages.map((stage) => {
        const spike = random() < machine.spikes ? -Math.log(1 - random()) * 15 : 0
        const more = arm === 'new' ? (slowed[stage] ?? 0) : 0
        return [stage, Math.max(0.05, machine.base + more + number * machine.drift + normal() * machine.noise + spike)]
      }),
    )
  const rounds: Round[] = []
  let judgement: Judgement
  do {
    for (let i = 0; i < lookEvery; i++) {
      const at = rounds.length
      rounds.push({ old: sample('old', at), new: sample('new', at), control: sample('control', at) })
    }
    judgement = judgeRounds(rounds, most, trips)
  } while (judgement.verdict === 'undecided' && rounds.length < most)
  return { ...judgement, rounds: rounds.length }
}

function outcomes(runs: number, machine: Machine, slowed: Partial<Record<string, number>>) {
  return Array.from({ length: runs }, (_, seed) => simulate(seed + 1, machine, slowed))
}

describe('servers in turns', () => {
  it.each([
    ['calm', calm],
    ['busy', busy],
  ] as const)(
    'on a %s machine: equally fast ones are never called slower, and mostly called the same',
    (_, machine) => {
      const all = outcomes(20, machine, {})
      expect(all.filter(({ verdict }) => verdict === 'slower')).toEqual([])
      expect(all.filter(({ verdict }) => verdict === 'same').length).toBeGreaterThanOrEqual(19)
    },
  )

  it.each([
    ['calm', calm, 'delivery.rcpt'],
    ['calm', calm, 'reading.auth'],
    ['busy', busy, 'submission.tls'],
  ] as const)(
    'on a %s machine: 20 percent more at one stage are found there and nowhere else (%#)',
    (_, machine, stage) => {
      const all = outcomes(20, machine, { [stage]: 2 })
      const found = all.filter(({ verdict, reason }) => verdict === 'slower' && reason === `slower at ${stage}`)
      expect(found.length).toBeGreaterThanOrEqual(19)
      expect(all.filter(({ verdict }) => verdict === 'same')).toEqual([])
    },
  )

  it('finds two slow stages, or one of them first', () => {
    for (const { verdict, reason } of outcomes(5, calm, { 'delivery.mail': 3, 'delivery.fetch': 3 })) {
      expect(verdict).toBe('slower')
      expect(reason).toMatch(/^slower at (delivery\.mail, delivery\.fetch|delivery\.mail|delivery\.fetch)$/)
    }
  })

  it('finds that the whole got slower where no stage did by much', () => {
    const each = Object.fromEntries(stages.map((stage) => [stage, 0.8]))
    const all = outcomes(10, calm, each)
    expect(all.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual(
      Array.from({ length: 10 }, () => 'slower: slower at whole'),
    )
  })

  it('calls a difference within the tolerance none', () => {
    const all = outcomes(20, calm, { 'delivery.rcpt': 0.5 })
    expect(all.filter(({ verdict }) => verdict === 'slower')).toEqual([])
  })

  it('does not know, rather than being wrong, where the noise is far larger than the difference', () => {
    const wild: Machine = { base: 10, noise: 12, spikes: 0.3, drift: 0 }
    const all = outcomes(3, wild, { 'delivery.rcpt': 2 })
    expect(all.filter(({ verdict }) => verdict === 'same')).toEqual([])
    expect(all.some(({ verdict }) => verdict === 'undecided')).toBe(true)
  })

  it('does not know where messages do not come, or where the machine differs from itself', () => {
    const through = Object.fromEntries(stages.map((stage) => [stage, 10]))
    const round = (young: Round['new'], control: Round['control']): Round => ({ old: through, new: young, control })
    const some = Array.from({ length: 24 }, (_, at) => round(at % 4 === 0 ? null : through, through))
    expect(judgeRounds(some, most, trips)).toMatchObject({
      verdict: 'undecided',
      reason: '6 of 24 messages did not come through the new server',
    })
    const none = Array.from({ length: 24 }, () => round(null, through))
    expect(judgeRounds(none, most, trips)).toMatchObject({
      verdict: 'undecided',
      reason: 'no message came through both',
    })
    const late = Object.fromEntries(stages.map((stage) => [stage, 30]))
    // Pairs of the control are taken with their sign in turns: this one follows them.
    const restless = Array.from({ length: 48 }, (_, at) => round(through, [1, 2].includes(at % 4) ? late : through))
    expect(judgeRounds(restless, most, trips)).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining('this machine is not steady'),
    })
  })

  it('takes the network out: what it takes longer to the one is not the server', () => {
    const far = (ms: number) => Object.fromEntries(stages.map((stage, at) => [stage, 10 + ms + (at % 3) / 10]))
    const rounds = Array.from({ length: 36 }, (_, at): Round => {
      const wobble = (at % 5) / 10
      return {
        old: far(wobble),
        new: { ...far(20 + wobble), 'delivery.notify': 10, 'delivery.fetch': 50 },
        control: far(0),
      }
    })
    expect(judgeRounds(rounds, most, { old: 0, new: 20 }).verdict).toBe('same')
    expect(judgeRounds(rounds, most, trips).verdict).toBe('slower')
  })
})
