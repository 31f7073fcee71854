import { describe, expect, it } from 'vitest'
import { type Trace, trace as traceSchema } from '../harness/result/trace.ts'
import * as samples from './golden/trace-samples.ts'
import { LiveTrace } from './live-trace.ts'
import { columns } from './plain-text.ts'
import { renderTrace } from './trace.ts'
import { shortTime } from './trace-words.ts'

const plain = { color: false, width: 80, height: 24 }

function drawn(live: boolean, traces: readonly Trace[]) {
  let text = ''
  const display = new LiveTrace({ ...plain, live, write: (more) => (text += more) })
  for (const trace of traces) display.show(trace)
  const shown = text
  display.clear()
  return { shown, cleared: text.slice(shown.length) }
}

/** A trace as it was after each of its messages. */
const grow = (trace: Trace) => trace.messages.map((_, at) => ({ ...trace, messages: trace.messages.slice(0, at + 1) }))

describe('the report of a trace', () => {
  for (const [name, trace] of Object.entries(samples)) {
    it(`shows a trace like ${name} as in the golden file, on 80 columns`, async () => {
      expect(traceSchema.parse(trace)).toEqual(trace)
      const text = renderTrace(trace, plain)
      for (const line of text.split('\n')) expect(columns(line), line).toBeLessThanOrEqual(80)
      await expect(text).toMatchFileSnapshot(`golden/trace-${name}.txt`)
    })

    it(`lets no control character through (${name}), and colour changes no letter`, () => {
      const coloured = renderTrace(trace, { ...plain, color: true })
      const bare = coloured.replace(/\u001b\[\d+m/g, '')
      expect(bare).toBe(renderTrace(trace, plain))
      expect(bare).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    })
  }

  it('names the slow stage in its third line, however long the hosts are called', () => {
    const label = `${'long-'.repeat(20)}chat.example`
    const trace = { ...samples.slowFilter, from: { ...samples.slowFilter.from, label } }
    for (const width of [40, 80, 120])
      expect(renderTrace(trace, { color: false, width }).split('\n')[2]).toMatch(/^ {2}SLOW {2}DATA /)
  })

  it('calls no stage fast enough where most messages never came', () => {
    const messages = samples.quick.messages.map((message) => ({
      ...message,
      outcome: 'late' as const,
      stages: message.stages.filter(({ name }) => name !== 'notify' && name !== 'fetch'),
    }))
    const [, , third] = renderTrace({ ...samples.quick, messages }, plain).split('\n')
    expect(third).toBe('  LATE  EXISTS (from 250 to the notice): never came, or too late, for most')
  })

  it('writes times in four characters at most', () => {
    const times = [0, 0.04, 9.94, 9.96, 99.4, 999.4, 999.6, 9_949, 9_951, 31_400, 5_000_000]
    expect(times.map(shortTime).join(' ')).toBe('0.0 0.0 9.9 10 99 999 1.0s 9.9s 10s 31s 999s')
  })
})

describe('a trace while it runs', () => {
  it('is redrawn in place on a terminal, with the last messages, within 80 columns and 24 lines', async () => {
    const { shown, cleared } = drawn(true, grow(samples.quick))
    const drawings = shown.split(/\u001b\[\d+A\r\u001b\[J/)
    expect(drawings).toHaveLength(20)
    const ups = [...shown.matchAll(/\u001b\[(\d+)A/g)].map(([, n]) => Number(n))
    expect(ups).toEqual(drawings.slice(0, -1).map((drawing) => drawing.split('\n').length - 1))
    for (const drawing of drawings) {
      expect(drawing.split('\n').length).toBeLessThanOrEqual(24)
      for (const line of drawing.split('\n')) expect(columns(line)).toBeLessThan(80)
    }
    expect(cleared).toBe(`\u001b[${(drawings.at(-1)?.split('\n').length ?? 0) - 1}A\r\u001b[J`)
    await expect(drawings.at(-1)).toMatchFileSnapshot('golden/trace-live.txt')
  })

  it.each([24, 50])('never draws more than %i lines hold, with the log of the server, too', (height) => {
    const [message] = samples.slowFilter.messages
    if (!message) throw new Error('the sample has messages')
    const messages = Array.from({ length: 20 }, (_, at) => ({ ...message, number: at + 1 }))
    let text = ''
    const display = new LiveTrace({ ...plain, height, live: true, write: (more) => (text += more) })
    display.show({ ...samples.slowFilter, messages, notes: ['a note '.repeat(30)] }, 'waiting '.repeat(30))
    const lines = text.split('\n').slice(0, -1)
    expect(lines.length).toBeGreaterThan(height - 6)
    expect(lines.length).toBeLessThan(height)
    for (const line of lines) expect(columns(line)).toBeLessThan(80)
    expect(text).toContain('  20 cold')
  })

  it('says on a terminal why nothing happens', () => {
    let text = ''
    const display = new LiveTrace({ ...plain, live: true, write: (more) => (text += more) })
    display.show(samples.quick, 'the reader idles for 31 s')
    expect(text.endsWith('\nthe reader idles for 31 s\n')).toBe(true)
    const lines = text.split('\n').length - 1
    display.clear()
    expect(text).toContain(`\u001b[${lines}A`)
  })

  it('is a line a message elsewhere, without a control character', async () => {
    const { shown, cleared } = drawn(false, grow(samples.troubled))
    expect([shown.match(/total/g)?.length, cleared]).toEqual([1, ''])
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    await expect(shown).toMatchFileSnapshot('golden/trace-lines.txt')
  })
})
