// Every check of the area, with the real core, on reference servers whose certificates it believes, and on others.
import { describe, expect, it } from 'vitest'
import { findCore, howToAddCore } from '../../harness/deltachat/binary.ts'
import { runOnReference, withDeltaChat } from '../../proof/reference-run.ts'
import { deltachatSuite } from './index.ts'

const core = await findCore(process.env, process.cwd())
const ids = deltachatSuite.checks.flatMap(({ id, needs }) =>
  needs?.hosts === 2 ? [`${id}@_chat.test>_partner.test`, `${id}@_partner.test>_chat.test`] : [id],
)

describe.skipIf(core === undefined)(`Delta Chat core${core ? '' : ` is not installed: ${howToAddCore}`}`, () => {
  it('passes every check on one conforming server and on two', async () => {
    const { findings, hosts } = await runOnReference({ ...withDeltaChat, only: ['deltachat/*'], brisk: true })
    expect(findings.map(({ check, verdict, reason }) => `${check} ${verdict} ${reason ?? ''}`)).toEqual(
      ids.map((id) => `${id} pass `),
    )
    expect(hosts.map(({ label, partner }) => [label, partner])).toEqual([['@reference', '@partner']])
  }, 180_000)

  it('takes no form that needs a believed certificate where there is none', async () => {
    const only = ['deltachat/onboards-*', 'deltachat/chats-across']
    const { findings } = await runOnReference({ ...withDeltaChat, domain: 'chat.test', only, brisk: true })
    expect(findings.map(({ check, verdict, skipped }) => [check, skipped ?? verdict])).toEqual([
      ['deltachat/onboards-by-name', 'inapplicable'],
      ['deltachat/onboards-by-link', 'inapplicable'],
      ['deltachat/onboards-by-login', 'pass'],
      ['deltachat/onboards-in-seconds', 'pass'],
      ['deltachat/chats-across@chat.test>_partner.test', 'pass'],
      ['deltachat/chats-across@_partner.test>chat.test', 'pass'],
    ])
  }, 30_000)

  it('shows no password in the evidence', async () => {
    const only = ['deltachat/onboards-by-link', 'deltachat/carries-texts']
    const { findings } = await runOnReference({ ...withDeltaChat, only, brisk: true, evidence: 'all' })
    const lines = findings.flatMap(({ evidence }) => evidence.map(({ text }) => text))
    expect(lines.filter((line) => line.includes('dclogin:')).length).toBeGreaterThan(0)
    for (const line of lines) expect(line).not.toMatch(/[?&]p=(?!\*\*\*)/)
  }, 30_000)
})

describe.skipIf(core === undefined)('a proposal that Delta Chat cannot read', () => {
  it('shows as a failure, without the password that it holds', async () => {
    const behaviour = { web: { new: { emailKey: null, passwordAlphabet: 'S' } } }
    const only = ['deltachat/onboards-by-link']
    const { findings } = await runOnReference({ ...withDeltaChat, only, behaviour })
    expect(findings.map(({ verdict }) => verdict)).toEqual(['fail'])
    expect(findings[0]?.reason).toMatch(/<\d+ characters of the answer>/)
    expect(JSON.stringify(findings)).not.toContain('SSSSS')
  }, 20_000)
})

describe('without what the area needs', () => {
  it('skips it and says what to install', async () => {
    const { findings, gate } = await runOnReference({ only: ['deltachat/carries-texts', 'imap/selects-inbox'] })
    const [first] = findings.filter(({ check }) => check.startsWith('deltachat/'))
    expect(first).toMatchObject({ verdict: 'skipped', skipped: 'equipment' })
    expect(first?.reason).toContain(howToAddCore)
    expect(gate.exitCode).toBe(0)
  })

  it('skips what is about two servers where there is one', async () => {
    const { findings } = await runOnReference({ only: ['deltachat/chats-across'] })
    expect(findings[0]).toMatchObject({ verdict: 'skipped', skipped: 'partner' })
    expect(findings[0]?.reason).toContain('--with HOST')
  })
})
