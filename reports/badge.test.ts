import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { renderBadge } from './badge.ts'
import * as samples from './golden/samples.ts'

const xmllint = spawnSync('xmllint', ['--version']).status === 0
const { conforming, failing, unreachable, interrupted, several, mixed } = samples
const runs = Object.entries({ conforming, failing, unreachable, interrupted, several, mixed })

const words = (svg: string): string[] => [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text = '']) => text)

describe('the badge', () => {
  for (const [name, result] of Object.entries({ conforming, failing, unreachable })) {
    it(`draws a ${name} run as in the golden file`, async () => {
      await expect(renderBadge(result)).toMatchFileSnapshot(`golden/badge-${name}.svg`)
    })
  }

  it.each([
    [conforming, 'conforms'],
    [failing, 'fails 4'],
    [unreachable, 'undecided'],
    [interrupted, 'undecided'],
    [mixed, 'undecided'],
    [{ ...conforming, options: { only: ['imap/*'] } }, 'undecided'],
    [{ ...conforming, options: { skip: ['delivery/*'] } }, 'undecided'],
  ])('says what was seen and no more (%#)', (result, word) => {
    expect(words(renderBadge(result))).toEqual(['chatmail', word])
  })

  it('has a title for those who do not see it', () => {
    expect(renderBadge(failing)).toContain(
      '<title>chatmail: fails 4. chat.example FAILS in 4 points, profile quick/1, 2026-03-01</title>',
    )
  })

  it.skipIf(!xmllint).for(runs)('is well-formed when the run is %s (needs xmllint)', ([, result]) => {
    const hostile = { ...result, profile: '</title><script>&"\u0000\u001b' }
    const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: renderBadge(hostile) })
    expect([status, String(stderr)]).toEqual([0, ''])
  })

  it('asks nobody for anything', () => {
    expect(renderBadge(failing)).not.toMatch(/href|url\(|<(image|style|script|foreignObject)/)
  })
})
