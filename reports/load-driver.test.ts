// What a person reads of a stall, and of the machine that drove a run.
import { describe, expect, it } from 'vitest'
import type { LoadRecord } from '../harness/result/load-schema.ts'
import { load as sample } from './golden/samples.ts'
import { renderTerminal } from './terminal.ts'

const trend = (p90: number) => ({
  type: 'trend' as const,
  contains: 'time' as const,
  values: { med: 20, 'p(90)': p90, 'p(95)': p90, 'p(99)': p90, max: p90 },
})

function shown(change: Partial<LoadRecord>): string {
  if (sample.load === undefined) throw new Error('the sample is of a load run')
  return renderTerminal({ ...sample, load: { ...sample.load, ...change } }, { color: false, width: 80 }).replace(
    /\s+/g,
    ' ',
  )
}

describe('the report of a load run', () => {
  const metrics = (due: number, closed: number) => ({
    ...sample.load?.metrics,
    delivery_duration: trend(due),
    delivery_duration_closed: trend(closed),
  })

  it('shows a stall that a closed model would have hidden', () => {
    const said = 'p90 1.7 s; a test that sends a message when the last one is there would say 102 ms'
    expect(shown({ metrics: metrics(1_734, 102) })).toContain(said)
    expect(shown({ metrics: metrics(120, 90) })).not.toContain('would say')
  })

  const gate = { gate: 'calibration', value: 370, wanted: '>= 360 messages a second', advice: 'add --threads' }

  it('says what the machine could drive, and where that is from', () => {
    expect(shown({ validity: [{ ...gate, holds: true, evidence: 'measured afterwards' }] })).toContain(
      'it could drive at least 370 messages a second (measured afterwards)',
    )
    expect(
      shown({ verdict: 'invalid', validity: [{ ...gate, value: 200, holds: false, evidence: 'measured afterwards' }] }),
    ).toContain('INVALID calibration was 200 (measured afterwards), wanted >= 360 messages a second: add --threads')
  })
})
