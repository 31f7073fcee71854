import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as samples from './golden/samples.ts'
import { renderMarkdown } from './markdown.ts'

const { conforming, partial, reference, mixed, failing, unreachable, nothing, several, huge } = samples

describe('the Markdown report', () => {
  for (const [name, result] of Object.entries({ partial, reference, mixed, failing, unreachable, nothing, several })) {
    it(`writes a ${name} run as in the golden file`, async () => {
      await expect(renderMarkdown(result)).toMatchFileSnapshot(`golden/markdown-${name}.md`)
    })
  }

  it('says it all in the first 20 lines', () => {
    const lines = renderMarkdown(failing).split('\n').slice(0, 20)
    expect(lines[0]).toBe('## chat.example: FAILS in 4 points')
    expect(lines.filter((line) => line.startsWith('| `'))).toHaveLength(5)
    expect(lines.join('\n')).toContain('- Behaves like a server that accepts every message')
    expect(renderMarkdown(partial).split('\n').slice(0, 20).join('\n')).toContain('- delivery p50 249 ms')
  })

  it('stays far below the limit of 1 MiB', () => {
    expect(Buffer.byteLength(renderMarkdown(huge))).toBeLessThan(300_000)
  })

  it('shows whatever a server says as text', () => {
    const [problem] = failing.findings.filter(({ verdict }) => verdict === 'fail')
    if (!problem) throw new Error('a failing sample is needed')
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>|`*[]()!\\\n\r &#a-~') }), (text) => {
        const evidence = [{ at: 0, connection: 1, direction: '<' as const, text }]
        const hostile = { ...conforming, findings: [{ ...problem, reason: text, fix: text, evidence }] }
        const lines = renderMarkdown(hostile).split('\n')
        const row = lines.find((line) => line.startsWith('| `')) ?? ''
        expect(row.replace(/\\[\s\S]/g, '').split('|')).toHaveLength(6)
        expect(row).not.toMatch(/[<>]/)
        expect(lines.filter((line) => line.startsWith('    1 < '))).toHaveLength(1)
      }),
    )
  })
})
