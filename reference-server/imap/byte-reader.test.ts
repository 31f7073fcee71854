// Lines and literals come out the same however the octets were cut on the way.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteReader } from './byte-reader.ts'

const still = { pause() {}, resume() {} }

function feed(reader: ByteReader, bytes: Buffer, cuts: readonly number[]): void {
  let at = 0
  for (const cut of [...cuts, bytes.length]) {
    const to = Math.min(bytes.length, at + cut)
    setImmediate((from, until) => reader.push(bytes.subarray(from, until)), at, to)
    at = to
  }
  setImmediate(() => {
    reader.push(bytes.subarray(at))
    reader.end()
  })
}

test('lines and literals do not depend on how the octets were cut', async () => {
  const line = fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ''))
  const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(line, fc.uint8Array({ maxLength: 200 }), line, cuts, async (first, octets, last, where) => {
      const reader = new ByteReader(still)
      feed(reader, Buffer.concat([Buffer.from(`${first}\r\n`), octets, Buffer.from(`${last}\n`)]), where)
      expect((await reader.line(1000)).toString()).toBe(first)
      expect(Buffer.compare((await reader.take(octets.length)) ?? Buffer.from('none'), octets)).toBe(0)
      expect((await reader.line(1000)).toString()).toBe(last)
      expect(await reader.line(1000)).toBe('ended')
    }),
    { numRuns: 100 },
  )
})

test('an empty literal asks for nothing', async () => {
  expect((await new ByteReader(still).take(0))?.length).toBe(0)
})

test('a line over the cap is dropped and told by its start, the next one is whole', async () => {
  const reader = new ByteReader(still)
  reader.push(Buffer.from(`a1 ${'x'.repeat(500)}\r\nnext\r\n`))
  expect(await reader.line(100)).toEqual({ tooLong: Buffer.from(`a1 ${'x'.repeat(97)}`) })
  expect((await reader.line(100)).toString()).toBe('next')
})

test('a line without end is given up, and holds no memory', async () => {
  const reader = new ByteReader(still)
  const reading = reader.line(100)
  for (let i = 0; i < 40; i++) {
    reader.push(Buffer.alloc(100, 'x'))
    await new Promise(setImmediate)
  }
  expect(await reading).toBe('endless')
  expect(reader.size).toBeLessThan(4000)
})

test('the source is paused when nobody reads, and runs again when somebody does', async () => {
  const calls: string[] = []
  const reader = new ByteReader({ pause: () => calls.push('pause'), resume: () => calls.push('resume') })
  reader.push(Buffer.alloc(300 * 1024))
  expect(calls).toEqual(['pause'])
  const taken = reader.take(400 * 1024)
  reader.push(Buffer.alloc(100 * 1024))
  expect((await taken)?.length).toBe(400 * 1024)
  expect(calls).toEqual(['pause', 'resume'])
})
