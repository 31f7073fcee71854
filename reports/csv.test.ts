import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderCsv } from './csv.ts'
import { conforming, mixed, nothing } from './golden/samples.ts'

/** RFC 4180, read by its grammar. */
function parsed(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  while (fields.lastIndex < text.length) {
    const found = fields.exec(text)
    if (!found) throw new Error('this is not CSV')
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === ',') continue
    records.push(record)
    record = []
  }
  return records
}

describe('the CSV of samples', () => {
  it('writes a mixed run as in the golden file', async () => {
    await expect(renderCsv(mixed)).toMatchFileSnapshot('golden/csv-mixed.csv')
  })

  it('keeps samples that never ended, as lines without a value', () => {
    const lines = parsed(renderCsv(mixed)).filter(([, id]) => id === 'delivery')
    expect(lines).toHaveLength(20)
    expect(lines.filter(([, , , , , value]) => value === '')).toHaveLength(3)
    expect(lines.map(([, , , , index]) => index)).toEqual(lines.map((_, at) => String(at)))
  })

  it('has its header alone when nothing was measured', () => {
    expect(renderCsv(nothing)).toBe('host,id,title,unit,index,value\r\n')
  })

  it('gives back whatever text and number it was given', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a",\r\n;é ') })
    fc.assert(
      fc.property(text, text, fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (host, title, samples) => {
        const measurements = [{ id: 'delivery', host, title, unit: 'ms', samples, censored: 0 }]
        const [, ...lines] = parsed(renderCsv({ ...conforming, measurements }))
        expect(lines.map(([first, , third]) => [first, third])).toEqual(samples.map(() => [host, title]))
        expect(lines.map(([, , , , , value]) => Number(value))).toEqual(samples.map((sample) => sample + 0))
      }),
    )
  })
})
