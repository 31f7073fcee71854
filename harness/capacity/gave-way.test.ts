// What gave way first: named only where there is evidence for it.
import { describe, expect, it } from 'vitest'
import { type Witness, whatGaveWay } from './gave-way.ts'
import type { ServerUsage } from './usage.ts'

const calm: ServerUsage = {
  seconds: 30,
  cpu: 0.3,
  cpuSeconds: 9,
  resident: 1e8,
  written: 1e6,
  memoryLeft: 0.5,
  diskBusy: 0.1,
  ioWait: 0.01,
}

const fell = (change: Partial<Witness> = {}): Witness => ({
  verdict: 'gives-way',
  rate: 30,
  why: 'p99 2400 ms from due to there',
  due: 900,
  limited: 0,
  said: [],
  ...change,
})
const held: Witness = { verdict: 'holds', rate: 20, due: 600, limited: 0, said: [], server: calm }

describe('what gave way', () => {
  it.for<[string, Partial<ServerUsage>, string]>([
    ['cpu', { cpu: 0.97 }, "the server's processors were busy for 97 % of the time"],
    ['cpu', { heldBack: 0.4 }, 'a quota held the server back for 40 % of the time'],
    ['memory', { memoryLeft: 0.01, cpu: 0.95 }, "1 % of the server's memory was left"],
    [
      'disk',
      { diskBusy: 0.96, ioWait: 0.3 },
      "the server's disk was busy for 96 % of the time, and the server's processors had nothing to do but wait for a disk for 30 % of the time",
    ],
    [
      'disk',
      { ioWait: 0.02, diskStalled: 0.7 },
      'all that had something to do on the server waited for a disk for 70 % of the time',
    ],
  ])('is %s, by what its machine used: %o', ([what, usage, evidence]) => {
    const steps = [held, fell({ server: { ...calm, ...usage } }), fell({ server: { ...calm, ...usage } })]
    expect(whatGaveWay('found', steps, true)).toEqual({ what, evidence })
  })

  it.for([
    ['limit', '450 4.7.1: Too much mail from <account>, rate limited', /^messages a minute: the server said "450/],
    ['limit', 'greeting: 421 4.7.0 mail Error: too many connections from 127.0.0.1', /^connections: the server said/],
    ['limit', 'LOGIN: NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded', /^connections/],
    ['disk', '452 4.3.1 Insufficient system storage', /^the server said "452 4.3.1/],
  ] as const)('is %s, by what the server said: %s', ([what, message, evidence]) => {
    const given = whatGaveWay('found', [held, fell({ said: [{ message, count: 7 }] })], false)
    expect(given).toEqual({ what, evidence: expect.stringMatching(evidence) })
    expect(given.evidence).toContain('7 times')
  })

  it('is a limit when many were turned away, whatever was said', () => {
    expect(whatGaveWay('found', [held, fell({ limited: 40 })], false)).toEqual({
      what: 'limit',
      evidence: 'at 30 messages a second the server turned 40 away',
    })
    const said = [{ message: 'greeting: 554 go away', count: 39 }]
    expect(whatGaveWay('found', [held, fell({ limited: 40, said })], false).evidence).toBe(
      'at 30 messages a second the server turned 40 away: "greeting: 554 go away"',
    )
  })

  it('is not guessed', () => {
    expect(whatGaveWay('found', [held, fell()], false)).toEqual({
      what: 'unknown',
      evidence: 'at 30 messages a second: p99 2400 ms from due to there; nobody watched the server (--sample)',
    })
    expect(whatGaveWay('found', [held, fell()], true).evidence).toContain('its sampler told nothing then')
    expect(whatGaveWay('found', [held, fell({ server: calm })], true).evidence).toContain(
      'neither processors, memory nor disk',
    )
  })

  it('is a fault, and no want of speed, when messages go wrong on a server that has all it wants', () => {
    const { what, evidence } = whatGaveWay('found', [held, fell({ why: '3 lost', server: calm })], true)
    expect([what, evidence]).toEqual([
      'unknown',
      'at 30 messages a second: 3 lost; that is a fault, and no want of speed',
    ])
  })

  it('is this machine, or nothing, when no step of the server gave way', () => {
    const late: Witness = {
      verdict: 'invalid',
      rate: 40,
      why: 'start-lag was 80, wanted p99 < 10 ms',
      due: 9,
      limited: 0,
      said: [],
    }
    expect(whatGaveWay('driver', [held, late, late], true)).toEqual({
      what: 'driver',
      evidence: 'this machine could not drive more: start-lag was 80, wanted p99 < 10 ms',
    })
    expect(whatGaveWay('driver', [held, fell({ limited: 40 }), late], true).what).toBe('driver')
    expect(whatGaveWay('most', [held], true).what).toBe('nothing')
    expect(whatGaveWay('interrupted', [held], true).what).toBe('unknown')
  })
})
