import { describe, expect, it } from 'vitest'
import { conforming, finding } from '../../reports/golden/samples.ts'
import type { Finding, Result } from '../result/schema.ts'
import { conformanceBand, federationBand, speedBand } from './bands.ts'

const list: Result = { ...conforming, profile: 'list/1' }
const [host] = list.hosts
const withFindings = (...more: Finding[]): Result => ({ ...list, findings: [...list.findings, ...more] })
const skipped = (more: Partial<Finding>) => withFindings(finding('inbound/rule', 'skipped', more))

describe('the band of conformance', () => {
  it.for<readonly [string, Result, string, string | undefined]>([
    ['all holds', list, 'A', 'holds'],
    ['a recommended point fails', withFindings(finding('imap/rule', 'fail', { level: 'should' })), 'B', 'should'],
    ['a required point fails', withFindings(finding('imap/rule', 'fail')), 'not met', 'fails'],
    ['one is undecided', withFindings(finding('imap/rule', 'inconclusive')), 'not measured', 'undecided'],
    ['port 25 is out of reach', skipped({ skipped: 'reach', missing: 'smtp' }), 'not measured', 'untested'],
    ['it needs the clock', skipped({ skipped: 'power', missing: 'clock' }), 'A', 'holds'],
    ['it is not in the profile', skipped({ skipped: 'profile' }), 'A', 'holds'],
    ['the profile is quick', { ...list, profile: 'quick/1' }, 'not measured', 'quick'],
    ['it was stopped', { ...list, complete: false }, 'not measured', 'stopped'],
    ['only some ran', { ...list, options: { only: ['imap/*'] } }, 'not measured', 'chosen'],
    ['nothing ran', { ...list, findings: [] }, 'not measured', undefined],
  ])('when %s is told with its reason', ([, result, band, kind]) => {
    const found = conformanceBand(result, 'chat.example')
    expect([found.band, found.reasons[0]?.kind]).toEqual([band, kind])
  })
})

describe('the band of speed', () => {
  const timed = (samples: number[], censored = 0, tcp = [24, 25]) => {
    const base = { host: 'chat.example', title: '', unit: 'ms' }
    const measurements = [
      { ...base, id: 'delivery', samples, censored },
      { ...base, id: 'submission.tcp', samples: tcp, censored: 0 },
    ]
    if (!host) throw new Error('a sample has a host')
    return speedBand({ ...list, measurements }, host)
  }
  const about = (middle: number, spread = 2) => Array.from({ length: 40 }, (_, at) => middle + ((at % 5) - 2) * spread)

  it.for([
    ['fast', timed(about(200)), 'A', 'fast'],
    ['within a second', timed(about(800)), 'B', 'fast'],
    ['beyond', timed(about(1_300)), 'not met', 'slow'],
    ['too few', timed([200, 210]), 'not measured', 'few'],
    ['lost', timed(about(200), 5), 'not met', 'beyond'],
    ['a path as noisy as the difference', timed(about(450), 0, [24, 40]), 'not measured', 'jitter'],
    ['a path that was not measured', timed(about(450), 0, []), 'not measured', 'jitter'],
  ] as const)('of %s is told with its reason', ([, found, band, kind]) => {
    expect([found.band, found.reasons[0]?.kind]).toEqual([band, kind])
  })

  it('is a tie, and the better one, where the interval holds the limit', () => {
    const samples = [...about(300).slice(0, 34), 480, 490, 510, 560, 600, 620]
    expect(timed(samples, 0, [24, 24])).toMatchObject({ band: 'A', tie: true, reasons: [{ kind: 'tie' }] })
  })
})

describe('the band of mail to others', () => {
  it('is B only of what is surely slower, and none of a run that is not whole', () => {
    const share = (ms: number) => [{ host: 'chat.example', ms, interval: { low: ms - 20, high: ms + 20 } }]
    const shares = (out: number) => ({ typical: 300, outbound: share(out), inbound: share(0), residues: [], noise: 5 })
    expect(federationBand(shares(50), 'chat.example', list).band).toBe('B')
    expect(federationBand(shares(15), 'chat.example', list).band).toBe('A')
    expect(federationBand(undefined, 'chat.example', list).band).toBe('not measured')
    expect(federationBand(shares(50), 'chat.example', { ...list, complete: false }).band).toBe('not measured')
  })
})
