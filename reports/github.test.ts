import { describe, expect, it } from 'vitest'
import { githubErrors, githubOutputs, withoutCommands } from './github.ts'
import * as samples from './golden/samples.ts'

const { conforming, failing, unreachable, huge } = samples

describe('the GitHub Actions report', () => {
  it('annotates each problem, and no more than ten lines', () => {
    expect(githubErrors(conforming)).toEqual([])
    expect(githubErrors(unreachable)).toEqual(['::error title=chatmail-check::chat.example: no mail service answers'])
    const lines = githubErrors(failing)
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe(
      '::error title=chat.example%3A encryption/refuses-cleartext::refuses a message whose body is not encrypted: the cleartext one is refused: wanted code 523, got 250 2.0.0 Ok: queued as 4FAB',
    )
    expect(githubErrors(huge)).toHaveLength(10)
    expect(githubErrors(huge).at(-1)).toBe('::error title=chatmail-check::241 more problems: see the summary')
  })

  it('gives verdict, number of problems and path as outputs', () => {
    expect(githubOutputs(failing, 'out/result.json')).toBe('verdict=fails\nfailed=4\nreport=out/result.json\n')
    expect(githubOutputs(conforming, undefined)).toBe('verdict=conforms\nfailed=0\n')
  })

  it('lets a server give no command to the runner', () => {
    expect(withoutCommands('  ::stop-commands::x\n< 250 ::1\n##[add-mask]x')).toBe(
      '  : :stop-commands::x\n< 250 ::1\n## [add-mask]x',
    )
    const [finding] = failing.findings.filter(({ verdict }) => verdict === 'fail')
    if (!finding) throw new Error('a failing sample is needed')
    const hostile = { ...failing, findings: [{ ...finding, reason: 'a%0A\u001b\r\n::warning::b' }] }
    expect(githubErrors(hostile)[0]).toContain('%250A')
    expect(githubErrors(hostile)[0]).not.toContain('\n')
  })
})
