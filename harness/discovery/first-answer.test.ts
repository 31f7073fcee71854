import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { WireError } from '../host/wire-error.ts'
import { AllFailed, firstAnswer } from './first-answer.ts'

const fails = (code: WireError['code']) => Promise.reject(new WireError(code, 'connect', code))
const silent = (signal: AbortSignal) =>
  delay(60_000, undefined, { signal }).catch(() => fails('aborted')) as Promise<never>

test('a silent address does not hold up the next one, and is let go', async () => {
  let released = false
  const attempt = async (address: string, signal: AbortSignal) => {
    if (address === 'b') return address
    signal.addEventListener('abort', () => {
      released = true
    })
    return await silent(signal)
  }
  const started = performance.now()
  expect(await firstAnswer(['a', 'b'], attempt, undefined)).toBe('b')
  expect(performance.now() - started).toBeLessThan(2_000)
  await expect.poll(() => released).toBe(true)
})

test('after a failure the next address is tried at once', async () => {
  const started = performance.now()
  const attempt = (address: string) => (address === 'c' ? Promise.resolve(address) : fails('refused'))
  expect(await firstAnswer(['a', 'b', 'c'], attempt, undefined)).toBe('c')
  expect(performance.now() - started).toBeLessThan(250)
})

test('when all fail, the most telling failure is told with its address', async () => {
  const codes: Record<string, WireError['code']> = { a: 'unreachable', b: 'certificate', c: 'timeout' }
  const all = firstAnswer(['a', 'b', 'c'], (address) => fails(codes[address] ?? 'reset'), undefined)
  await expect(all).rejects.toBeInstanceOf(AllFailed)
  await expect(all).rejects.toMatchObject({ address: 'b', failure: { code: 'certificate' } })
})

test('our own mistakes are not blamed on an address', async () => {
  const broken = firstAnswer(['a', 'b'], () => Promise.reject(new TypeError('ours')), undefined)
  await expect(broken).rejects.toBeInstanceOf(TypeError)
})

test('the signal ends all attempts', async () => {
  const attempt = (_: string, signal: AbortSignal) => silent(signal)
  const all = firstAnswer(['a', 'b'], attempt, AbortSignal.timeout(30))
  await expect(all).rejects.toMatchObject({ failure: { code: 'aborted' } })
})
