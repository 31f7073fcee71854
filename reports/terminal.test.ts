import { describe, expect, it } from 'vitest'
import * as samples from './golden/samples.ts'
import { columns } from './plain-text.ts'
import { renderTerminal } from './terminal.ts'

const { conforming, partial, known, reference, mixed, failing, unreachable, interrupted, nothing, several } = samples
const { load, loadFailing, loadInvalid } = samples
const checked = { conforming, partial, known, reference, mixed, failing, unreachable, interrupted, nothing, several }
const runs = { ...checked, load, 'load-failing': loadFailing, 'load-invalid': loadInvalid }
const plain = { color: false, width: 80 }

describe('the terminal report', () => {
  for (const [name, result] of Object.entries(runs)) {
    it(`shows a ${name} run as in the golden file`, async () => {
      const text = renderTerminal(result, plain)
      for (const line of text.split('\n')) expect(columns(line), line).toBeLessThanOrEqual(80)
      await expect(text).toMatchFileSnapshot(`golden/terminal-${name}.txt`)
    })
  }

  it('shows verbose, narrow, coloured output with all evidence as in the golden file', async () => {
    const options = { color: true, width: 50, verbose: true, evidence: 'all' } as const
    await expect(renderTerminal(samples.mixed, options)).toMatchFileSnapshot('golden/terminal-mixed-verbose.txt')
  })

  it('says only verdict and figures when quiet', async () => {
    await expect(renderTerminal(samples.mixed, { ...plain, quiet: true })).toMatchFileSnapshot(
      'golden/terminal-quiet.txt',
    )
  })

  it('lets no control character of a server through', () => {
    for (const evidence of ['all', 'failures', 'none'] as const) {
      const text = renderTerminal(samples.mixed, { ...plain, verbose: true, evidence })
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
  })

  it('adds colour without changing a character', () => {
    const coloured = renderTerminal(samples.mixed, { color: true, width: 80 })
    expect(coloured).toContain('\u001b[31m')
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderTerminal(samples.mixed, plain))
  })

  it('shows the first of many that say the same, and names the others under it, unless all are asked for', () => {
    const [one] = samples.failing.findings.filter(({ verdict }) => verdict === 'fail')
    if (one === undefined) return expect.unreachable('a failure')
    const alike = Array.from({ length: 5 }, (_, n) => ({
      ...one,
      check: `encryption/refuses-${n}`,
      requirement: `encryption.refuses-${n}`,
      reason: `it is refused: wanted 523, got 250 queued as 4x${n}YzAb9q`,
      expectations: [],
    }))
    const other = { ...alike[0], check: 'encryption/other', requirement: 'encryption.other', fix: 'Something else.' }
    const result = { ...samples.failing, findings: [...alike, other] } as typeof samples.failing
    const text = renderTerminal(result, plain)
    expect(text.match(/^PROBLEM {2}encryption\/.*$/gm)).toEqual([
      'PROBLEM  encryption/refuses-0',
      'PROBLEM  encryption/other',
    ])
    expect(text).toMatch(/also +seen alike with the same fix in 4 more checks \(--verbose\):\s+encryption\/refuses-1,/)
    expect(renderTerminal(result, { ...plain, verbose: true })).not.toContain('seen alike')
  })

  it('stays bounded on a huge run', () => {
    const text = renderTerminal(samples.huge, plain)
    expect(text.length).toBeLessThan(2_000_000)
    expect(text).toContain('250 of encryption (--verbose lists them)')
  })
})
