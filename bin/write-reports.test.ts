import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatNames } from '../reports/format-names.ts'
import { conforming, load, reference } from '../reports/golden/samples.ts'
import { formats } from '../reports/index.ts'
import { readOptions } from './options.ts'
import { writeReports } from './write-reports.ts'

async function written(result: typeof conforming, flags: Record<string, unknown>) {
  const cwd = await mkdtemp(join(tmpdir(), 'reports-'))
  const stdout: string[] = []
  const stderr: string[] = []
  const stream = (lines: string[]) => ({ isTTY: false, write: (text: string) => lines.push(text) > 0 })
  const io = { stdout: stream(stdout), stderr: stream(stderr), env: {}, cwd }
  try {
    await writeReports(result, readOptions(flags), io as never)
    return { stdout: stdout.join(''), stderr: stderr.join(''), files: await readdir(join(cwd, 'out')).catch(() => []) }
  } finally {
    await rm(cwd, { recursive: true })
  }
}

describe('writing reports', () => {
  it('writes every format into a folder, each under a name of its own', async () => {
    const { files } = await written(conforming, { format: formatNames, out: 'out' })
    expect(files.sort()).toEqual(formatNames.map((name) => formats[name].file).sort())
  })

  it('draws no badge of the reference server, says so, and writes the rest', async () => {
    const { files, stderr } = await written(reference, { format: ['json', 'badge'], out: 'out' })
    expect(files).toEqual(['result.json'])
    expect(stderr).toContain('the built-in reference server gets no badge')
    const alone = await written(reference, { format: ['badge'] })
    expect([alone.stdout, alone.stderr]).toEqual(['', expect.stringContaining('gets no badge')])
  })

  it('writes every format of a load run but the badge, which tells of checks', async () => {
    const { files, stderr } = await written(load, { format: formatNames, out: 'out' })
    expect(files).not.toContain('badge.svg')
    expect(files).toHaveLength(formatNames.length - 1)
    expect(stderr).toContain('badge has no form for load runs')
  })
})
