import { describe, expect, it } from 'vitest'
import type { Finding } from '../result/schema.ts'
import { gate } from './gate.ts'

const finding = (verdict: Finding['verdict'], rest: Partial<Finding> = {}): Finding => ({
  check: `area/${verdict}`,
  requirement: 'area.rule',
  area: 'area',
  level: 'must',
  title: 'does the right thing',
  host: 'chat.example',
  verdict,
  expectations: [],
  evidence: [],
  notes: [],
  started: 0,
  duration: 1,
  runs: 1,
  ...rest,
})

const open = { failOn: 'must', requireComplete: false, interrupted: false } as const
const exit = (findings: readonly Finding[], options: Partial<Parameters<typeof gate>[1]> = {}) =>
  gate(findings, { ...open, ...options }).exitCode

describe('the exit code', () => {
  it('is 0 when what was tested holds', () => {
    expect(
      exit([finding('pass'), finding('tolerated'), finding('skipped'), finding('unsupported', { level: 'should' })]),
    ).toBe(0)
  })

  it('is 1 when a requirement at or above --fail-on failed', () => {
    expect(exit([finding('fail'), finding('pass')])).toBe(1)
    expect(exit([finding('fail', { level: 'should' }), finding('pass')])).toBe(0)
    expect(exit([finding('fail', { level: 'should' })], { failOn: 'should' })).toBe(1)
    expect(exit([finding('fail', { level: 'may' })], { failOn: 'may' })).toBe(1)
  })

  it('is 3 when a must could not be decided, or something was left out and completeness was asked for', () => {
    expect(exit([finding('inconclusive'), finding('pass')])).toBe(3)
    expect(exit([finding('inconclusive', { level: 'may' }), finding('pass')])).toBe(0)
    const complete = { requireComplete: true }
    expect(exit([finding('skipped', { skipped: 'reach' }), finding('pass')], complete)).toBe(3)
    for (const skipped of ['profile', 'consent', 'inapplicable'] as const)
      expect(exit([finding('skipped', { skipped }), finding('pass')], complete)).toBe(0)
  })

  it('is never 0 when no check was run', () => {
    expect(exit([])).toBe(3)
    expect(exit([finding('skipped')])).toBe(3)
  })

  it('puts interruption before error before failure before doubt', () => {
    const all = [finding('error'), finding('fail'), finding('inconclusive')]
    expect(exit(all, { interrupted: true })).toBe(130)
    expect(exit(all)).toBe(4)
    expect(exit(all.slice(1))).toBe(1)
    expect(exit(all.slice(2))).toBe(3)
  })

  it('lets known failures pass, but not expired ones and not those that have recovered', () => {
    const known = { reason: 'ticket 12', expired: false }
    expect(exit([finding('fail', { knownFailing: known }), finding('pass')])).toBe(0)
    expect(gate([finding('fail', { knownFailing: known })], open).reason).toContain('but for 1 known to fail')
    expect(exit([finding('fail', { knownFailing: { ...known, expired: true } })])).toBe(1)
    expect(exit([finding('pass', { knownFailing: known })])).toBe(1)
    expect(exit([finding('inconclusive', { knownFailing: known }), finding('pass')])).toBe(0)
    expect(exit([finding('skipped', { knownFailing: known }), finding('pass')])).toBe(0)
  })
})
