// A made-up comparison of four hosts, with mail between them, and one of five as it is published. For tests.
import { compareHosts, contendersOf } from '../../harness/compare/compare.ts'
import { sharesOf } from '../../harness/compare/shares.ts'
import type { Comparison, Pair } from '../../harness/result/comparison.ts'
import type { Result } from '../../harness/result/schema.ts'
import { conforming, failing, interrupted, mixed, unreachable } from '../golden/samples.ts'

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

export const names = ['a.example', 'b.example', 'c.example', 'd.example']
const pairs = names.flatMap((from, i) =>
  names.flatMap((to, j): Pair[] => {
    const ms = 300 + 40 * i + (to === 'b.example' ? 400 : 0) + ((i * 7 + j * 5) % 4)
    return from === to ? [] : [{ from, to, samples: [ms, ms + 2, ms + 9], lost: i === 3 && j === 1 ? 1 : 0 }]
  }),
)
/** By label. */
export const results: ReadonlyMap<string, Result> = new Map(
  [conforming, failing, mixed, unreachable].map((result, at) => [names[at] ?? '', named(result, names[at] ?? '')]),
)

export const compared: Comparison = compareHosts([...results.values()].flatMap(contendersOf), {
  version: '0.1.0',
  made: new Date('2026-03-02T12:00:00Z'),
  complete: true,
  order: 'name',
  changes: [],
  pairing: { kind: 'full', seed: 1, each: 10, patience: 30_000, complete: true, pairs, ...sharesOf(pairs) },
})

const five = [conforming, failing, mixed, interrupted, unreachable].map((result, at) =>
  named(result, `${'abcde'[at]}.example`),
)

/** Of a site: five hosts, among them one whose run was stopped, and one that could not be reached. */
export const listed: Comparison = compareHosts(
  five.flatMap(contendersOf).map((one, at) => ({
    ...one,
    ...(at === 1 ? { notes: { maintenance: 'moves to a new machine until 1 April', reply: 'Will be set.' } } : {}),
  })),
  {
    version: '0.1.0',
    made: new Date('2026-03-02T12:00:00Z'),
    complete: true,
    order: 'name',
    changes: [
      {
        at: '2026-03-01T12:00:00.000Z',
        host: 'b.example',
        subject: 'conformance',
        from: 'A',
        to: 'not met',
        reasons: [],
      },
    ],
  },
)

/** By label. */
export const listedResults: ReadonlyMap<string, Result> = new Map(
  five.map((result) => [result.hosts[0]?.label ?? '', result]),
)
