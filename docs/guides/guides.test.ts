// Each guide does what it says: its commands, word by word, against relays of our own.
import { describe, expect, it } from 'vitest'
import { walkThrough } from './test-guide.ts'

// A busy machine may be told that it cannot measure (120); the guide says so.
const driven = (code: number | null) => expect([0, 120]).toContain(code)

describe('guides', () => {
  it('finds the stage that makes messages slow', { timeout: 60_000 }, async () => {
    const slow = { overrides: { imap: { idle: { notifyDelayMs: 520 } } } }
    const [checked, traced, logged] = await walkThrough('slow-messages.md', { 'chat.example': slow })
    expect(checked?.code, checked?.text).toBe(0)
    for (const one of [traced, logged]) {
      expect(one?.code, one?.text).toBe(0)
      expect(one?.text).toMatch(/SLOW {2}EXISTS.*may be {2}half a second between 250 and EXISTS/s)
    }
  })

  it('gates a release, and lets known failures pass', { timeout: 60_000 }, async () => {
    const [checked, known] = await walkThrough('gate-a-release.md', {
      'chat.example': { defects: ['accepts-cleartext'] },
    })
    expect(checked?.code, checked?.text).toBe(1)
    expect(known?.code, known?.text).toBe(0)
  })

  it('shows that a server can be loaded', { timeout: 60_000 }, async () => {
    const [smoke] = await walkThrough('how-many-people.md', { 'pi.example': {} })
    driven(smoke?.code ?? null)
    expect(smoke?.text).toContain('3 messages due, 3 taken, 3 arrived')
  })

  it('makes the site of a public list', { timeout: 60_000 }, async () => {
    const [planned, made] = await walkThrough('public-list.md', { 'chat.example': {}, 'new.example': {} })
    expect(planned?.text).toContain('2 hosts, one after the other, profile list')
    expect(made?.code, made?.text).toBe(0)
    expect(made?.text).toMatch(/public:\nchanges\.atom\ncomparison\.csv\ncomparison\.json\nindex\.html\nrelay\n/)
  })

  it('serves the tests of a client', { timeout: 60_000 }, async () => {
    const [script] = await walkThrough('local-server.md', {})
    expect(script?.code, script?.text).toBe(0)
    expect(script?.text).toMatch(/"accepted":true.*"complete":true.*"complete":false,"messages":\[\]/s)
  })
})
