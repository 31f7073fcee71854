// Every check of the area, with the real core, on a reference server whose certificates it believes.
import { describe, expect, it } from 'vitest'
import { findCore, howToAddCore } from '../../harness/deltachat/binary.ts'
import { runOnReference, withDeltaChat } from '../../proof/reference-run.ts'
import { deltachatSuite } from './index.ts'

const core = await findCore(process.env, process.cwd())
const all = deltachatSuite.checks.map(({ id }) => id)

describe.skipIf(core === undefined)(`Delta Chat core${core ? '' : ` is not installed: ${howToAddCore}`}`, () => {
  it('passes every check on a conforming server', async () => {
    const { findings, seconds } = await runOnReference({ ...withDeltaChat, only: ['deltachat/*'], brisk: true })
    expect(findings.map(({ check, verdict, reason }) => `${check} ${verdict} ${reason ?? ''}`)).toEqual(
      all.map((id) => `${id} pass `),
    )
    expect(seconds).toBeLessThan(60)
  }, 90_000)

  it('takes no form that needs a believed certificate where there is none', async () => {
    const only = ['deltachat/onboards-*']
    const { findings } = await runOnReference({ ...withDeltaChat, domain: 'chat.test', only, brisk: true })
    expect(findings.map(({ check, verdict, skipped }) => [check, skipped ?? verdict])).toEqual([
      ['deltachat/onboards-by-name', 'inapplicable'],
      ['deltachat/onboards-by-link', 'inapplicable'],
      ['deltachat/onboards-by-login', 'pass'],
      ['deltachat/onboards-in-seconds', 'pass'],
    ])
  }, 30_000)
})

describe('without Delta Chat core', () => {
  it('skips the area and says what to install', async () => {
    const { findings, gate } = await runOnReference({ only: ['deltachat/carries-texts', 'imap/selects-inbox'] })
    const [first] = findings.filter(({ check }) => check.startsWith('deltachat/'))
    expect(first).toMatchObject({ verdict: 'skipped', skipped: 'equipment' })
    expect(first?.reason).toContain(howToAddCore)
    expect(gate.exitCode).toBe(0)
  })
})
