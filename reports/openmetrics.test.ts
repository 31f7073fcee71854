import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as samples from './golden/samples.ts'
import { renderOpenMetrics } from './openmetrics.ts'

const { conforming, partial, reference, mixed, failing, unreachable, interrupted, nothing, several } = samples
const runs = { conforming, partial, reference, mixed, failing, unreachable, interrupted, nothing, several }

type Point = { name: string; labels: Record<string, string>; value: number }

const metadata = /^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/
const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\} (\S+)$/
const unescaped = (text: string): string =>
  text.replace(/\\(["\\n])/g, (_, found: string) => (found === 'n' ? '\n' : found))

/** What OpenMetrics 1.0 asks of a text like ours: throws, or gives its points by family. */
function validated(text: string): Map<string, Point[]> {
  const families = new Map<string, { type: string; points: Point[] }>()
  const seen = new Set<string>()
  if (!text.endsWith('\n# EOF\n') && text !== '# EOF\n') throw new Error('no # EOF at the end')
  let current = ''
  for (const line of text.split('\n').slice(0, -2)) {
    const [, kind, name = '', rest = ''] = metadata.exec(line) ?? []
    if (kind !== undefined) {
      if (name !== current && families.has(name)) throw new Error(`${name} is interleaved`)
      current = name
      const family = families.get(name) ?? { type: 'unknown', points: [] }
      if (family.points.length > 0) throw new Error(`${line} after its samples`)
      if (kind === 'UNIT' && !name.endsWith(`_${rest}`)) throw new Error(`${name} does not end in its unit`)
      families.set(name, kind === 'TYPE' ? { ...family, type: rest } : family)
      continue
    }
    const [, full = '', inside = '', value = ''] = sample.exec(line) ?? []
    const family = families.get(current)
    if (full === '' || !family) throw new Error(`neither metadata nor a sample: ${line}`)
    const suffix = full.slice(current.length)
    const allowed = family.type === 'histogram' ? ['_bucket', '_count', '_sum'] : ['']
    if (!full.startsWith(current) || !allowed.includes(suffix))
      throw new Error(`${full} in a ${family.type} ${current}`)
    if (seen.has(`${full}{${inside}}`)) throw new Error(`twice: ${line}`)
    seen.add(`${full}{${inside}}`)
    const labels = [...inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [
      key,
      unescaped(text),
    ])
    const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)
    if (Number.isNaN(number)) throw new Error(`not a number: ${line}`)
    family.points.push({ name: full, labels: Object.fromEntries(labels), value: number })
  }
  for (const [name, { type, points }] of families) if (type === 'histogram') wellFormed(name, points)
  return new Map([...families].map(([name, { points }]) => [name, points]))
}

function wellFormed(name: string, points: readonly Point[]): void {
  for (const host of new Set(points.map(({ labels }) => labels.host))) {
    const mine = points.filter(({ labels }) => labels.host === host)
    const buckets = mine.filter((point) => point.name === `${name}_bucket`)
    const values = buckets.map(({ value }) => value)
    if (buckets.at(-1)?.labels.le !== '+Inf') throw new Error(`${name} does not end with +Inf`)
    if (values.some((value, at) => value < (values[at - 1] ?? 0))) throw new Error(`${name} is not cumulative`)
    const count = mine.find((point) => point.name === `${name}_count`)?.value
    if (count !== values.at(-1)) throw new Error(`${name}: count is not that of +Inf`)
  }
}

const valuesOf = (text: string, name: string): [string | undefined, number][] =>
  (validated(text).get(`chatmail_check_${name}`) ?? []).map(({ labels, value }) => [
    labels.verdict ?? labels.le ?? labels.host,
    value,
  ])

describe('the OpenMetrics report', () => {
  for (const [name, result] of Object.entries({ conforming, mixed, several })) {
    it(`writes a ${name} run as in the golden file`, async () => {
      await expect(renderOpenMetrics(result)).toMatchFileSnapshot(`golden/openmetrics-${name}.txt`)
    })
  }

  it.each(Object.entries(runs))('is valid when the run is %s', (_, result) => {
    for (const name of validated(renderOpenMetrics(result)).keys()) expect(name).toMatch(/^chatmail_check_[a-z_]+$/)
  })

  it('has a validator that sees what is wrong', () => {
    const good = renderOpenMetrics(conforming)
    expect(() => validated(good.replace('# EOF\n', ''))).toThrow(/EOF/)
    expect(() => validated(good.replace('le="+Inf"} 20', 'le="+Inf"} 3'))).toThrow(/cumulative|count/)
    expect(() => validated(good.replace('} 1\n', '} one\n'))).toThrow(/not a number/)
    expect(() => validated(good.replace('host="chat.example"', 'host="chat"example"'))).toThrow(/neither/)
  })

  it('counts verdicts, and says which one the host has', () => {
    const text = renderOpenMetrics(failing)
    expect(Object.fromEntries(valuesOf(text, 'findings'))).toMatchObject({ pass: 2, fail: 5, skipped: 2, error: 0 })
    expect(valuesOf(text, 'problems')).toEqual([['chat.example', 4]])
    expect(valuesOf(text, 'verdict').filter(([, value]) => value === 1)).toEqual([['fails', 1]])
    expect(valuesOf(text, 'last_run_timestamp_seconds')).toEqual([
      ['chat.example', Date.parse('2026-03-01T12:00:31.200Z') / 1_000],
    ])
  })

  it('counts messages that never came as infinitely late', () => {
    const text = renderOpenMetrics(mixed)
    expect(valuesOf(text, 'delivery_lost')).toEqual([['chat.example', 3]])
    const buckets = valuesOf(text, 'delivery_seconds')
    expect(buckets.slice(-4)).toEqual([
      ['30.0', 17],
      ['+Inf', 20],
      ['chat.example', 20],
      ['chat.example', Number.POSITIVE_INFINITY],
    ])
  })

  it('is valid whatever a host is called, and gives the name back', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a"\\\n{},= é') }), (label) => {
        const hosts = conforming.hosts.map((host) => ({ ...host, label }))
        expect(valuesOf(renderOpenMetrics({ ...conforming, hosts }), 'run_complete')).toEqual([[label, 1]])
      }),
    )
  })

  const promtool = spawnSync('promtool', ['--version']).status === 0
  it.skipIf(!promtool).for(Object.entries(runs))('is accepted by promtool: %s (needs promtool)', ([, result]) => {
    // promtool reads the older format, in which UNIT is a comment as EOF is.
    const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: renderOpenMetrics(result) })
    // 3: it has advice on names; 1: it cannot read it.
    expect([0, 3], String(stderr)).toContain(status)
  })

  it('tells the days left of the certificate that expires first', () => {
    const left = {
      id: 'certificate-days-left',
      host: 'chat.example',
      title: 't',
      unit: 'days',
      samples: [62],
      censored: 0,
    }
    const text = renderOpenMetrics({ ...conforming, measurements: [left] })
    expect(valuesOf(text, 'certificate_days_left')).toEqual([['chat.example', 62]])
    expect(valuesOf(renderOpenMetrics(conforming), 'certificate_days_left')).toEqual([])
  })
})
