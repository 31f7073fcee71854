import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { failing } from '../reports/golden/samples.ts'
import { tellGithub } from './github-actions.ts'
import type { Io } from './io.ts'

function job(env: Io['env']) {
  let stderr = ''
  const io: Io = {
    stdout: { write: () => expect.unreachable('stdout may carry JSON') },
    stderr: { write: (text) => (stderr += text) },
    env,
    cwd: '/',
    signals: { on: () => undefined, off: () => undefined },
    exit: (code) => expect.unreachable(`exit ${code}`),
  }
  return { io, stderr: () => stderr }
}

describe('GitHub Actions', () => {
  it('gets summary, errors and outputs of a run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'github-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const [summary, output] = [join(folder, 'summary'), join(folder, 'output')]
    const { io, stderr } = job({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output })
    await tellGithub(failing, 'out/result.json', io)
    expect(await readFile(summary, 'utf8')).toMatch(/^## chat\.example: FAILS/)
    expect(await readFile(output, 'utf8')).toBe('verdict=fails\nfailed=4\nreport=out/result.json\n')
    expect(stderr().match(/^::error /gm)).toHaveLength(4)
  })

  it('hears nothing elsewhere, and a missing folder is only a remark', async () => {
    const elsewhere = job({ GITHUB_STEP_SUMMARY: '/nowhere/summary' })
    await tellGithub(failing, undefined, elsewhere.io)
    expect(elsewhere.stderr()).toBe('')
    const broken = job({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '/nowhere/summary' })
    await tellGithub(failing, undefined, broken.io)
    expect(broken.stderr()).toContain('cannot write to $GITHUB_STEP_SUMMARY: there is no such file')
  })
})
