import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import packageFile from '../package.json' with { type: 'json' }
import { manPage, manPath } from './man-page.ts'

describe('docs/chatmail-check.1', () => {
  it('is up to date (npm run man writes it), and the package names it', async () => {
    const stale = (await readFile(manPath, 'utf8')) === manPage() ? '' : 'docs/chatmail-check.1 is old: npm run man'
    expect(stale).toBe('')
    expect(manPath.endsWith(`/${packageFile.man}`)).toBe(true)
  })

  it('gives mandoc nothing to warn of, and fits 80 columns', ({ skip }) => {
    const lint = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', manPath], { encoding: 'utf8' })
    skip(lint.error !== undefined, 'there is no mandoc here')
    expect([lint.status, lint.stdout]).toEqual([0, ''])
    const { stdout } = spawnSync('mandoc', ['-T', 'utf8', '-O', 'width=78', manPath], { encoding: 'utf8' })
    // Bold and underlined letters are struck twice.
    const lines = stdout.replace(/.\x08/g, '').split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.some((line) => line.includes('--only "encryption/*"'))).toBe(true)
  })
})
