import { describe, expect, it } from 'vitest'
import { PeerLacks } from '../host/peer-lacks.ts'
import { WireError } from '../host/wire-error.ts'
import type { Expectation } from '../result/schema.ts'
import { BudgetSpent, ControlUnmet, Throttled, Undecided, Unsupported } from './signals.ts'
import { decideOnce, decideTwice, type RunRecord } from './verdict.ts'

const item = (outcome: Expectation['outcome'], kind: Expectation['kind'] = 'expectation'): Expectation => ({
  kind,
  what: 'the cleartext one is refused',
  wanted: 'code 523',
  got: '250 OK',
  outcome,
})

const run = (expectations: readonly Expectation[], rest: Partial<RunRecord> = {}): RunRecord => ({
  expectations,
  ...rest,
})

describe('one run', () => {
  it('is skipped where our own mail domain cannot do it, and where only a later run can tell', () => {
    const ended = new PeerLacks('needs a second address of ours')
    expect(decideOnce(run([item('met', 'control')], { ended }), 'must')).toEqual({
      verdict: 'skipped',
      skipped: 'power',
      reason: 'needs a second address of ours',
    })
    const left = { how: 'later', reason: 'run again' } as const
    expect(decideOnce(run([], { left }), 'must')).toMatchObject({ verdict: 'skipped', skipped: 'later' })
    expect(decideOnce(run([item('unmet')], { left }), 'must').verdict).toBe('fail')
  })

  it('is left as unsupported or undecided like a check that ends so', () => {
    const left = (how: 'unsupported' | 'undecided') => run([], { left: { how, reason: 'no such thing' } })
    expect(decideOnce(left('unsupported'), 'should').verdict).toBe('unsupported')
    expect(decideOnce(left('unsupported'), 'must').verdict).toBe('fail')
    expect(decideOnce(left('undecided'), 'must').verdict).toBe('inconclusive')
  })

  it('passes when every expectation is met', () => {
    expect(decideOnce(run([item('met', 'control'), item('met')]), 'must').verdict).toBe('pass')
  })

  it('is tolerated when one is met only by its alternative, and says which', () => {
    const decision = decideOnce(run([item('met'), item('tolerated')]), 'must')
    expect(decision).toEqual({ verdict: 'tolerated', reason: 'the cleartext one is refused: got 250 OK' })
  })

  it('fails for an unmet expectation and asks for a rerun', () => {
    expect(decideOnce(run([item('unmet')]), 'must')).toMatchObject({ verdict: 'fail', rerun: true })
  })

  it('is inconclusive when a control is unmet, whatever else was seen', () => {
    expect(decideOnce(run([item('unmet'), item('unmet', 'control')]), 'must').verdict).toBe('inconclusive')
    const ended = new ControlUnmet('a new account logs in', 'NO', 'onboarding/creates-account-on-first-imap-login')
    const decision = decideOnce(run([], { ended }), 'must')
    expect(decision.verdict).toBe('inconclusive')
    expect(decision.reason).toContain('onboarding/creates-account-on-first-imap-login')
  })

  it('never blames the server for a connection that breaks where nothing was expected of it', () => {
    const ended = new WireError('reset', 'DATA', 'connection reset')
    expect(decideOnce(run([item('met')], { ended }), 'must').verdict).toBe('inconclusive')
  })

  it('fails a must that is not offered, and calls anything less unsupported', () => {
    const ended = new Unsupported('no METADATA')
    expect(decideOnce(run([], { ended }), 'must').verdict).toBe('fail')
    expect(decideOnce(run([], { ended }), 'should').verdict).toBe('unsupported')
  })

  it('calls throttling and doubts inconclusive, a spent budget skipped', () => {
    expect(decideOnce(run([], { ended: new Throttled('450 Too much mail') }), 'must').verdict).toBe('inconclusive')
    expect(decideOnce(run([], { ended: new Undecided('cannot tell') }), 'must').verdict).toBe('inconclusive')
    expect(decideOnce(run([], { ended: new BudgetSpent('messages', 60) }), 'must').verdict).toBe('skipped')
  })

  it('calls our own exceptions an error, with the stack', () => {
    const decision = decideOnce(run([item('met')], { ended: new TypeError('x is undefined') }), 'must')
    expect(decision.verdict).toBe('error')
    expect(decision.reason).toContain('TypeError: x is undefined')
  })

  it('calls a check that expected nothing an error', () => {
    expect(decideOnce(run([item('met', 'control')]), 'must').verdict).toBe('error')
  })

  it('is skipped when the user stopped it', () => {
    expect(decideOnce(run([item('unmet')], { interrupted: true }), 'must').verdict).toBe('skipped')
  })
})

describe('a run and its rerun', () => {
  const fail = { verdict: 'fail', reason: 'once' } as const
  const pass = { verdict: 'pass' } as const

  it('fail only together', () => {
    expect(decideTwice(fail, { verdict: 'fail', reason: 'twice' })).toEqual({ verdict: 'fail', reason: 'twice' })
    expect(decideTwice(fail, pass).verdict).toBe('inconclusive')
    expect(decideTwice({ verdict: 'inconclusive' }, fail).verdict).toBe('inconclusive')
  })

  it('are a flaky path when the connection broke once only', () => {
    const broke = { verdict: 'inconclusive', reason: 'reset', pathTrouble: true } as const
    expect(decideTwice(broke, pass).verdict).toBe('inconclusive')
  })

  it('pass when only the scene could not be set at first', () => {
    expect(decideTwice({ verdict: 'inconclusive', reason: 'no account' }, pass).verdict).toBe('pass')
  })
})
