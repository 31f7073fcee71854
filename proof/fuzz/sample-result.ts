// A result in which a server's words stand wherever they may: for the fuzzing of what renders results.
import type { Result } from '../../harness/result/schema.ts'

export function sampleResult(said: string): Result {
  const none = { freshAccounts: 0, messages: 0, connections: 0 }
  return {
    format: 'chatmail-check/result/1',
    tool: { name: 'chatmail-check', version: '0' },
    started: '2026-03-01T12:00:00.000Z',
    seconds: 1,
    complete: true,
    seed: 1,
    profile: 'quick/1',
    options: {},
    vantage: { platform: 'linux', arch: 'x64', node: 'v24.0.0', cpus: 1 },
    reference: false,
    hosts: [
      {
        label: 'chat.test',
        domain: 'chat.test',
        endpoints: [],
        candidates: [],
        trust: 'system',
        policy: {},
        notes: [said],
        spent: { ...none, reusedAccounts: 0 },
        budget: none,
      },
    ],
    findings: [
      {
        check: 'imap/idles',
        requirement: 'imap.idles',
        area: 'imap',
        level: 'must',
        title: 'idles',
        host: 'chat.test',
        verdict: 'fail',
        reason: `it idles: wanted OK, got ${said}`,
        expectations: [{ kind: 'expectation', what: said, wanted: 'OK', got: said, outcome: 'unmet' }],
        evidence: [{ at: 1, connection: 1, direction: '<', text: said }],
        notes: [said],
        started: 0,
        duration: 1,
        runs: 1,
      },
    ],
    observations: [],
    measurements: [],
    gate: { exitCode: 1, failOn: 'must', reason: '1 failed: imap/idles', verdict: 'fails' },
  }
}
