import { describe, expect, it } from 'vitest'
import { allChecks } from '../../harness/check/plan.ts'
import { runOnReference } from '../../proof/reference-run.ts'
import { encryptionDefects } from '../../reference-server/defects/encryption.ts'
import { encryptionVariations } from '../../reference-server/variations/encryption.ts'
import { provesArea } from '../test-area.ts'
import { corpus } from './corpus/index.ts'
import { encryptionSuite } from './index.ts'

describe('encryption', () => {
  provesArea(encryptionSuite, encryptionDefects, encryptionVariations)

  it('sends every sample of the corpus', () => {
    const ids = allChecks([encryptionSuite]).map(({ id }) => id.replace(/^encryption\/(accepts|refuses|takes)-/, ''))
    // An ordinary message in clear text is what encryption/refuses-cleartext sends.
    const unsent = Object.keys(corpus).filter((sample) => !ids.includes(sample))
    expect(unsent).toEqual(['text-plain'])
  })

  it('fails what is accepted but never arrives', async () => {
    const { findings } = await runOnReference({
      suites: [encryptionSuite],
      only: ['encryption/accepts-medium-size', 'encryption/accepts-no-chat-version'],
      behaviour: { delivery: { dropsOverBytes: 100_000 } },
    })
    expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['encryption/accepts-medium-size', 'fail'],
      ['encryption/accepts-no-chat-version', 'pass'],
    ])
    expect(findings[0]?.reason).toContain('it arrives')
  })

  it('has a quick profile of 22 messages', () => {
    const quick = encryptionSuite.checks.filter(({ profile = 'quick' }) => profile === 'quick')
    const alone = quick.reduce((sum, { needs }) => sum + (needs?.messages ?? 0), 0)
    const batches = encryptionSuite.batches.map(({ members }) => {
      const count = members.filter(({ profile = 'quick' }) => profile === 'quick').length
      return count === 0 ? 0 : count + 1
    })
    expect(alone + batches.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(22)
  })
})
