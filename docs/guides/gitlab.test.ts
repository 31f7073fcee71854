// The job for GitLab that docs/ci.md shows: its keys as GitLab documents them, and its script run as a runner does.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readResult } from '../../reports/json.ts'
import { runBlocks } from './test-guide.ts'

const guide = readFileSync(join(import.meta.dirname, '../ci.md'), 'utf8')
const [, section = ''] = /^## GitLab\n(.*?)^## /ms.exec(guide) ?? []
const [, snippet = ''] = /^```yaml\n(.*?)^```$/ms.exec(section) ?? []

/** https://docs.gitlab.com/ci/yaml/: of a job, what is used here; another key is a mistake. */
const job = z.strictObject({
  image: z.string(),
  script: z.array(z.string()).min(1),
  allow_failure: z.strictObject({ exit_codes: z.union([z.number(), z.array(z.number())]) }).optional(),
  artifacts: z.strictObject({
    when: z.enum(['on_success', 'on_failure', 'always']),
    paths: z.array(z.string()).min(1),
    reports: z.strictObject({ junit: z.string() }),
  }),
})

/** Each line by itself; the first that fails ends the job. */
const runner = ['sh', '-e'] as const

describe('the job for GitLab', () => {
  it('has the keys that GitLab documents', () => {
    expect(z.record(z.string(), job).parse(parse(snippet))).toHaveProperty('relay')
    const [, more = ''] = /`(allow_failure: [^`]*)`/.exec(section) ?? []
    expect(job.pick({ allow_failure: true }).parse(parse(more))).toEqual({ allow_failure: { exit_codes: [3] } })
  })

  it('fails with the relay, and leaves its reports where it says', { timeout: 60_000 }, async () => {
    const { script, artifacts } = job.parse(parse(snippet).relay)
    const [done] = await runBlocks([script.join('\n')], { 'chat.example': { defects: ['accepts-cleartext'] } }, runner)
    expect(done?.code, done?.text).toBe(1)
    const junit = done?.files.get(artifacts.reports.junit) ?? ''
    expect(junit).toMatch(/^<\?xml [^>]*>\s*<testsuites [^>]*failures="[1-9]/)
    expect(junit).toContain('refuses-cleartext')
    const inPaths = [...(done?.files.keys() ?? [])].filter((path) =>
      artifacts.paths.some((of) => path.startsWith(`${of}/`)),
    )
    expect(inPaths.sort()).toEqual(['report/junit.xml', 'report/report.txt', 'report/result.json'])
    expect(readResult(done?.files.get('report/result.json') ?? '').gate.exitCode).toBe(1)
    // People read the log of the job.
    expect(done?.text).toContain('FAILS')
  })
})
