import { describe, expect, it } from 'vitest'
import { defaultPolicy, localTiming, unlimitedBudget } from '../host/defaults.ts'
import type { Host } from '../host/host.ts'
import { batch, check, suite } from './define.ts'
import { planChecks, type Selection, unmatchedPatterns } from './plan.ts'
import type { CheckMeta, Needs } from './types.ts'

const endpoint = { service: 'imaps', security: 'tls', name: 'chat.test', address: '127.0.0.1', port: 993 } as const

const host: Host = {
  label: 'chat.test',
  domain: 'chat.test',
  endpoints: { imaps: endpoint },
  candidates: [
    { endpoint, origin: 'default', outcome: 'answers' },
    { endpoint: { ...endpoint, service: 'https', port: 443 }, origin: 'default', outcome: 'refused' },
    {
      endpoint: { ...endpoint, service: 'smtp', port: 25 },
      origin: 'default',
      outcome: 'timeout',
      detail: 'no answer in 10 s',
    },
  ],
  trust: { mode: 'system' },
  resolver: {
    addresses: async () => [],
    mx: async () => [],
    txt: async () => [],
    srv: async () => [],
    caa: async () => [],
  },
  timing: localTiming,
  budget: unlimitedBudget,
  policy: defaultPolicy,
  powers: {},
  accounts: { mayCreate: true, load: async () => [], remember: async () => {}, forget: async () => {} },
  notes: [],
}

const requirement = 'encryption.refuses-cleartext'
const meta = (id: string, needs: Needs = {}, rest: Partial<CheckMeta> = {}): CheckMeta => ({
  id,
  requirement,
  title: id,
  needs,
  ...rest,
})
const one = (id: string, needs: Needs = {}, rest: Partial<CheckMeta> = {}) =>
  check({ ...meta(id, needs, rest), run: async () => {} })
const quick: Selection = { profile: 'quick', only: [], skip: [], costs: [], iOperate: false, jobs: 4 }

const plan = (checks: ReturnType<typeof one>[], selection: Partial<Selection> = {}, on: Partial<Host> = {}) =>
  planChecks({ ...host, ...on }, [suite('imap', { checks })], { ...quick, ...selection })

describe('a plan', () => {
  it('takes what the profile holds and says of the rest why not', () => {
    const made = plan([one('imap/a'), one('imap/b', {}, { profile: 'full' }), one('imap/c', { cost: 'bulk' })])
    expect(made.units.map((unit) => unit.id)).toEqual(['imap/a'])
    expect(made.skipped.map(({ check: { id }, reason }) => [id, reason])).toEqual([
      ['imap/b', 'in profile full'],
      ['imap/c', 'bulk: --cost bulk'],
    ])
  })

  it('lets patterns choose whatever the profile says, but never intrusive checks without leave', () => {
    const checks = [
      one('imap/a'),
      one('imap/b', { cost: 'bulk' }, { profile: 'full' }),
      one('imap/c', { cost: 'intrusive' }),
    ]
    expect(plan(checks, { only: ['imap/b', 'imap/c'] }).units.map((unit) => unit.id)).toEqual(['imap/b'])
    expect(plan(checks, { only: ['imap/c'], iOperate: true }).units.map((unit) => unit.id)).toEqual(['imap/c'])
    expect(plan(checks, { skip: ['imap/*'] }).units).toEqual([])
  })

  it('skips what a silent port hides, but runs what a refusing port shows', () => {
    const made = plan([one('imap/a', { reach: ['smtp'] }), one('imap/b', { reach: ['https'] })])
    expect(made.units.map((unit) => unit.id)).toEqual(['imap/b'])
    expect(made.skipped[0]?.reason).toBe('cannot reach port 25 (smtp) from here: no answer in 10 s')
  })

  it('takes a mail domain of our own for the host’s, but not for a port that stays silent', () => {
    const suites = [
      suite('federation', {
        checks: [one('federation/a', { powers: ['peer'] }), one('inbound/b', { powers: ['peer'], reach: ['smtp'] })],
      }),
    ]
    const planned = (vantage: boolean) => planChecks(host, suites, quick, { vantage })
    expect(planned(true).units.map(({ id }) => id)).toEqual(['federation/a'])
    expect(planned(true).skipped.map(({ missing }) => missing)).toEqual(['smtp'])
    expect(planned(false).skipped.map(({ missing }) => missing)).toEqual(['peer', 'smtp'])
  })

  it('makes no accounts where they are given, and asks nothing of names that have none', () => {
    const given = { ...host.accounts, mayCreate: false }
    expect(plan([one('imap/a', { creates: 1 })], {}, { accounts: given }).skipped[0]?.reason).toMatch(
      /accounts are given/,
    )
    expect(plan([one('imap/a', { publicName: true })], {}, { domain: '_chat.test' }).skipped[0]?.reason).toMatch(
      /does not apply/,
    )
    expect(plan([one('imap/a', { powers: ['clock'] })]).skipped[0]?.reason).toMatch(/clock/)
  })

  it('judges neither certificates that are taken as they are, nor DNS where flags stand in for it', () => {
    const checks = [
      one('imap/a', { certificate: 'trusted' }),
      one('imap/b', { certificate: 'named' }),
      one('imap/c', { dns: true }),
    ]
    const left = (on: Partial<Host>) => plan(checks, {}, on).units.map((unit) => unit.id)
    expect(left({})).toEqual(['imap/a', 'imap/b', 'imap/c'])
    expect(left({ trust: { mode: 'name-only' } })).toEqual(['imap/b', 'imap/c'])
    expect(left({ trust: { mode: 'pin' } })).toEqual(['imap/c'])
    expect(left({ trust: { mode: 'presented' }, domain: '[192.0.2.1]' })).toEqual([])
    expect(left({ outsideDns: true })).toEqual(['imap/a', 'imap/b'])
  })

  it('adds up what it will cost the host', () => {
    expect(plan([one('imap/a', { connections: 12 }), one('imap/b', { accounts: 1 })]).budget.connections).toBe(16)

    const made = plan([one('imap/a', { accounts: 2, messages: 3 }), one('imap/b', { creates: 4 })])
    expect(made.budget).toMatchObject({ freshAccounts: 4, messages: 3 })
  })

  it('counts the messages of a batch by its selected members, and one for the sentinel', () => {
    const members = [meta('imap/a'), meta('imap/b', {}, { profile: 'full' })]
    const made = planChecks(
      host,
      [
        suite('imap', {
          checks: [],
          batches: [batch({ id: 'imap/corpus', needs: { messages: 1 }, members, run: async () => {} })],
        }),
      ],
      quick,
    )
    expect(made.units[0]?.members.map((member) => member.id)).toEqual(['imap/a'])
    expect(made.budget.messages).toBe(2)
  })

  it('knows which patterns match nothing', () => {
    const suites = [suite('imap', { checks: [one('imap/a')] })]
    expect(unmatchedPatterns(['imap/*', 'imap/z'], suites)).toEqual(['imap/z'])
  })
})
