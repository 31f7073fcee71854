import { describe, expect, it } from 'vitest'
import { compareHosts, contendersOf } from '../../harness/compare/compare.ts'
import { sharesOf } from '../../harness/compare/shares.ts'
import type { Comparison, Pair } from '../../harness/result/comparison.ts'
import type { Result } from '../../harness/result/schema.ts'
import { conforming, failing, mixed, unreachable } from '../golden/samples.ts'
import { comparisonFormats } from './index.ts'

const named = (result: Result, label: string): Result => {
  const host = <T extends { readonly host: string }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, host: label }))
  return {
    ...result,
    profile: 'list/1',
    hosts: result.hosts.slice(0, 1).map((record) => ({ ...record, label })),
    findings: host(result.findings),
    measurements: host(result.measurements),
  }
}

const names = ['a.example', 'b.example', 'c.example', 'd.example']
const pairs = names.flatMap((from, i) =>
  names.flatMap((to, j): Pair[] => {
    const ms = 300 + 40 * i + (to === 'b.example' ? 400 : 0) + ((i * 7 + j * 5) % 4)
    return from === to ? [] : [{ from, to, samples: [ms, ms + 2, ms + 9], lost: i === 3 && j === 1 ? 1 : 0 }]
  }),
)
const compared: Comparison = compareHosts(
  [conforming, failing, mixed, unreachable].flatMap((result, at) => contendersOf(named(result, names[at] ?? ''))),
  {
    version: '0.1.0',
    made: new Date('2026-03-02T12:00:00Z'),
    complete: true,
    order: 'name',
    changes: [],
    pairing: { kind: 'full', seed: 1, each: 10, patience: 30_000, complete: true, pairs, ...sharesOf(pairs) },
  },
)

describe('the reports of a comparison', () => {
  it.for(['terminal', 'md', 'csv', 'html'] as const)('write it as %s as in the golden file', async (name) => {
    const { file, render } = comparisonFormats[name]
    await expect(render(compared, { color: false, width: 80 })).toMatchFileSnapshot(`../golden/${file}`)
  })

  it('keep within 80 columns, and name the receiver of the slowest pair', () => {
    const text = comparisonFormats.terminal.render(compared, { color: false, width: 80 })
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(text).toContain('b.example is slow to take mail in')
  })

  it('have no script and ask for nothing', () => {
    const page = comparisonFormats.html.render(compared, { color: false, width: 80 })
    expect(page).not.toMatch(/<script|src=|https?:\/\//)
  })
})
