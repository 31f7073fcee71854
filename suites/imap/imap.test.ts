// The IMAP checks on the reference server: all of them pass on a good one, and each dies of its defects.
import { describe, expect, test } from 'vitest'
import { requirements } from '../../catalogue/index.ts'
import { runChecks } from '../../harness/check/run.ts'
import type { Finding } from '../../harness/result/schema.ts'
import { imapDefects } from '../../reference-server/defects/imap.ts'
import { type ReferenceOptions, startReference } from '../../reference-server/index.ts'
import { imapVariations } from '../../reference-server/variations/imap.ts'
import { imapSuite } from './index.ts'

type ImapDefect = keyof typeof imapDefects

async function findings(options: ReferenceOptions, only: readonly string[] = []): Promise<readonly Finding[]> {
  await using reference = await startReference(options)
  const host = reference.host()
  // What a defect keeps back is not waited for as long as on a good server.
  const timing = options.defects ? { ...host.timing, reply: 1_000, arrival: 600 } : host.timing
  const result = await runChecks({
    hosts: [{ ...host, timing }],
    suites: [imapSuite],
    catalogue: requirements,
    selection: { profile: 'full', only, skip: [], costs: ['intrusive'], iOperate: true, jobs: 4 },
    seed: 1,
    failOn: 'must',
    requireComplete: false,
    knownFailing: [],
    evidence: 'none',
    interrupt: new AbortController().signal,
    toolVersion: '0.0.0',
    reference: true,
    options: {},
  })
  return result.findings
}

function others(found: readonly Finding[], wanted: string) {
  return found.filter(({ verdict }) => verdict !== wanted).map(({ check, verdict, reason }) => [check, verdict, reason])
}

describe('the IMAP checks', () => {
  test.each([0, 3])('all pass on a good server, variant %i', async (variant) => {
    const found = await findings({ variant })
    expect(others(found, 'pass')).toEqual([])
    expect(found).toHaveLength(imapSuite.checks.length)
  })

  test('each has a defect that is about its requirement', () => {
    const violated = new Set<string>(Object.values(imapDefects).map(({ violates }) => violates))
    const spared = imapSuite.checks.filter(({ requirement }) => !violated.has(requirement)).map(({ id }) => id)
    expect(spared).toEqual([])
  })

  test.each(Object.keys(imapVariations) as (keyof typeof imapVariations)[])(
    'put up with a server that %s',
    async (id) => {
      const { behaviour, toleratedBy } = imapVariations[id]
      const found = await findings({ overrides: behaviour })
      const tolerated = found.filter(({ verdict }) => verdict === 'tolerated').map(({ check }) => check)
      expect(tolerated).toEqual(toleratedBy)
      const unhappy = found.filter(({ verdict }) => !['pass', 'tolerated', 'unsupported'].includes(verdict))
      expect(others(unhappy, 'pass')).toEqual([])
    },
  )
})

describe.concurrent('a server that', () => {
  test.each(Object.keys(imapDefects) as ImapDefect[])('%s fails the check that is about it', async (id) => {
    const requirement: string = imapDefects[id].violates
    const checks = imapSuite.checks.filter((check) => check.requirement === requirement).map((check) => check.id)
    const found = await findings({ defects: [id] }, checks)
    expect(others(found, 'fail')).toEqual([])
  })
})
