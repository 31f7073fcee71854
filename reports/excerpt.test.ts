import { describe, expect, it } from 'vitest'
import type { WireLine } from '../harness/result/schema.ts'
import { excerpt } from './excerpt.ts'
import { finding } from './golden/samples.ts'

const line = (direction: WireLine['direction'], text: string): WireLine => ({ at: 0, connection: 1, direction, text })
const evidence = [
  line('>', 'DATA'),
  line('<', '250 taken'),
  line('>', 'DATA'),
  line('<', '250 taken'),
  line('>', 'QUIT'),
]
const unmet = (got: string) => ({
  kind: 'expectation' as const,
  what: 'refused',
  wanted: 'code 523',
  got,
  outcome: 'unmet' as const,
})

describe('an excerpt of the wire', () => {
  it('ends with the first reply that the unmet expectation complains of', () => {
    const { lines, before, after } = excerpt(
      finding('a/b', 'fail', { evidence, expectations: [unmet('250 taken')] }),
      10,
    )
    expect([lines.length, before, after]).toEqual([2, 0, 3])
  })

  it('is the end of the conversation where no single reply is meant', () => {
    const { lines, before, after } = excerpt(
      finding('a/b', 'fail', { evidence, expectations: [unmet('0 messages')] }),
      2,
    )
    expect([lines.at(-1)?.text, before, after]).toEqual(['QUIT', 3, 0])
    expect(excerpt(finding('a/b', 'fail'), 2)).toEqual({ lines: [], before: 0, after: 0 })
  })
})
