import { describe, expect, it } from 'vitest'
import { type ReferenceOptions, startReference } from '../../reference-server/index.ts'
import { renderTrace } from '../../reports/trace.ts'
import { Transcript } from '../clients/transcript.ts'
import type { Host } from '../host/host.ts'
import { type Trace, type TracedMessage, trace as traceSchema } from '../result/trace.ts'
import { openEnds } from './open-ends.ts'
import { kindOf, politeInterval, type TraceOptions, traceMessages } from './trace-messages.ts'
import { traceRecord } from './trace-record.ts'

interface Wanted extends Partial<TraceOptions> {
  readonly users?: readonly [string, string]
  readonly host?: (host: Host) => Host
}

/** Traces a reference server that has this behaviour and these faults. */
async function traced(options: ReferenceOptions, wanted: Wanted = {}): Promise<{ trace: Trace; left: number }> {
  const { host: change = (host) => host, users, ...settings } = wanted
  await using reference = await startReference({
    ...options,
    overrides: { limits: { perMinute: 0 }, ...options.overrides },
  })
  const host = change(reference.host())
  const line = { signal: new AbortController().signal, transcript: new Transcript() }
  const messages: TracedMessage[] = []
  const named = users?.map((user) => ({ host, user })) ?? [{ host }, { host }]
  let trace: Trace | undefined
  let reader = ''
  {
    const [from, to] = named
    if (!from || !to) throw new Error('two ends')
    await using ends = await openEnds(from, to, line)
    reader = ends.reader.address
    await traceMessages({
      ...ends,
      count: 4,
      interval: 0,
      rests: true,
      seed: 1,
      version: '0.0.0',
      interrupt: new AbortController().signal,
      line,
      began: performance.now(),
      onMinted: () => {},
      onMessage: (message) => messages.push(message),
      ...settings,
    })
    trace = traceRecord({
      version: '0.0.0',
      started: new Date(),
      complete: true,
      reference: true,
      from: { label: host.label, address: ends.sender.address },
      to: { label: host.label, address: reader },
      messages,
      log: undefined,
      notes: [],
    })
  }
  return { trace, left: reference.accounts.find(reader)?.store.inbox.messages.length ?? -1 }
}

const thirdLine = (trace: Trace) => renderTrace(trace, { color: false, width: 80 }).split('\n')[2] ?? ''

describe('a trace', { timeout: 30_000 }, () => {
  it.concurrent.each([
    ['smtp:greeting', 'greeting'],
    ['smtp:ehlo', 'EHLO'],
    ['smtp:auth', 'AUTH'],
    ['smtp:mail', 'MAIL'],
    ['smtp:rcpt', 'RCPT'],
    ['smtp:data', 'DATA'],
    ['smtp:message', '250'],
    ['imap:notify', 'EXISTS'],
    ['imap:fetch', 'fetch'],
  ] as const)('names the stage that %s slows down in its third line', async (at, name) => {
    const { trace } = await traced({ faults: [{ at, kind: 'slow', times: 100, ms: 300 }] })
    expect(thirdLine(trace)).toMatch(new RegExp(`^  SLOW  ${name}[: ].*p50 [2-5][0-9][0-9] ms`))
    expect(trace.messages.map(({ outcome }) => outcome)).toEqual(Array(4).fill('arrived'))
  })

  it('names a filter that takes two seconds between RCPT and DATA', async () => {
    const { trace } = await traced({ faults: [{ at: 'smtp:data', kind: 'slow', times: 9, ms: 2_000 }] }, { count: 2 })
    expect(thirdLine(trace)).toBe('  SLOW  DATA (after RCPT, until 354): p50 2 s, max 2 s, without the network')
    expect(trace.diagnosis.advice[0]).toMatchObject({ id: 'slow-data', text: /filter/ })
  })

  // On a busy machine our own work may hide what has its shape by time alone.
  it('knows the Dovecot of Debian and a delayed ACK', { retry: 2 }, async () => {
    const half = await traced({ overrides: { imap: { idle: { notifyDelayMs: 500 } } } })
    expect(half.trace.diagnosis.advice.map(({ id }) => id)).toEqual(['dovecot-notify-delay'])
    const late = await traced({ overrides: { submission: { greetingDelayMs: 43 } } }, { count: 11, rests: false })
    expect(late.trace.diagnosis.advice.map(({ id }) => id)).toContain('delayed-ack')
  })

  it('is valid, cold, warm and rested in turns, and deletes what it sent', async () => {
    const { trace, left } = await traced({}, { count: 12 })
    expect(traceSchema.parse(trace)).toEqual(trace)
    expect(left).toBe(0)
    const kinds = trace.messages.map(({ kind }) => kind)
    expect(kinds).toEqual(['cold', ...Array(8).fill('warm'), 'rested', 'cold', 'warm'])
    const names = (of: TracedMessage['stages'] | undefined) => of?.map(({ name }) => name).join(' ')
    const [cold, warm] = trace.messages
    expect(names(cold?.stages)).toBe('tcp tls greeting ehlo auth mail rcpt data body notify fetch')
    expect(names(cold?.reader)).toBe('tcp tls greeting auth')
    expect([names(warm?.stages), warm?.reader]).toEqual(['mail rcpt data body notify fetch', []])
    for (const { stages } of trace.messages)
      for (const [at, { started, ended }] of stages.entries()) {
        expect(ended).toBeGreaterThanOrEqual(started)
        expect(started).toBeGreaterThanOrEqual(stages[at - 1]?.ended ?? 0)
      }
  })

  it('waits when it is told to slow down, and counts none of it', async () => {
    const text = '450 4.7.1: Too much mail from you'
    const { trace } = await traced({ faults: [{ at: 'smtp:rcpt', kind: 'reply', times: 2, text }] }, { count: 2 })
    const [first, second] = trace.messages
    expect([first?.outcome, second?.outcome]).toEqual(['arrived', 'arrived'])
    expect(first?.waited).toBeGreaterThanOrEqual(900)
    const mail = first?.stages.find(({ name }) => name === 'mail')
    expect((first?.stages.at(-1)?.ended ?? 0) - (mail?.started ?? 0)).toBeLessThan(800)
    expect(trace.diagnosis.advice.map(({ id }) => id)).toEqual(['throttled'])
  })

  it('goes on over new connections when one breaks, and gives up after three', async () => {
    const once = await traced({ faults: [{ at: 'smtp:data', kind: 'drop', times: 1 }] }, { count: 2 })
    expect(once.trace.messages.map(({ outcome, kind }) => `${outcome} ${kind}`)).toEqual([
      'broken cold',
      'arrived cold',
    ])
    const always = await traced({ faults: [{ at: 'smtp:data', kind: 'drop', times: 99 }] }, { count: 9 })
    expect(always.trace.messages.map(({ outcome }) => outcome)).toEqual(['broken', 'broken', 'broken'])
    expect(thirdLine(always.trace)).toContain('most takes')
  })

  it('stops at a refusal, and tells it', async () => {
    const text = '554 5.7.1 not today'
    const { trace } = await traced({ faults: [{ at: 'smtp:mail', kind: 'reply', times: 9, text }] })
    expect(trace.messages).toMatchObject([{ outcome: 'refused', reason: /not today/ }])
  })

  it('calls a message late that does not come, and looks for the next one all the same', async () => {
    const impatient = (host: Host) => ({ ...host, timing: { ...host.timing, arrival: 400 } })
    const { trace } = await traced({ overrides: { delivery: { losesEvery: 2 } } }, { count: 3, host: impatient })
    expect(trace.messages.map(({ outcome }) => outcome)).toEqual(['arrived', 'late', 'arrived'])
    expect(renderTrace(trace, { color: false, width: 80 })).toContain('; 1 of 3 late or lost; network')
  })

  it('takes the accounts that were named, in their order, and makes them', async () => {
    const { trace } = await traced({}, { users: ['trace-bob', 'trace-eva'], count: 1 })
    expect([trace.from.address, trace.to.address]).toEqual(['trace-bob@chat.test', 'trace-eva@chat.test'])
    await expect(traced({}, { users: ['x', 'trace-eva'], count: 1 })).rejects.toThrow('x@chat.test logs in')
  })

  it('ends without a word when it is stopped while it waits', async () => {
    const stop = new AbortController()
    const { trace } = await traced(
      {},
      { interrupt: stop.signal, interval: 60_000, onMessage: () => setTimeout(() => stop.abort(), 20) },
    )
    expect(trace.messages).toEqual([])
  })
})

describe('the pace of a trace', () => {
  const host = (perMinute: number) =>
    ({ policy: { sendPerMinute: { value: perMinute, from: 'default' } } }) as Parameters<typeof politeInterval>[0]

  it('stays below what the host allows, and is as wanted where it allows everything', () => {
    expect(politeInterval(host(60), 10)).toBe(1_050)
    expect(politeInterval(host(60), 5_000)).toBe(5_000)
    expect(politeInterval(host(0), 10)).toBe(10)
  })

  it('rests only when asked to', () => {
    expect([1, 2, 9, 10, 11, 20].map((number) => kindOf(number, true)).join()).toBe('cold,warm,warm,rested,cold,rested')
    expect([1, 10].map((number) => kindOf(number, false)).join()).toBe('cold,warm')
  })
})
