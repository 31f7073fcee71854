import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { interruptible } from './interruption.ts'

function press() {
  const signals = new EventEmitter()
  const exits: number[] = []
  const quiet = { write: () => true }
  const io = { stdout: quiet, stderr: quiet, env: {}, cwd: '/', signals, exit: (code: number) => void exits.push(code) }
  let said = 0
  let now = 0
  const interruption = interruptible(
    io,
    () => said++,
    () => now,
  )
  return {
    interruption,
    exits,
    said: () => said,
    pass: (ms: number) => {
      now += ms
    },
    key: () => signals.emit('SIGINT'),
    listeners: () => signals.listenerCount('SIGINT'),
  }
}

describe('interruption', () => {
  it('aborts the run on the first ^C and ends the process on the second', () => {
    const { interruption, exits, said, key, pass } = press()
    key()
    expect(interruption.signal.aborted).toBe(true)
    expect([said(), exits]).toEqual([1, []])
    pass(300)
    key()
    expect([said(), exits]).toEqual([1, [130]])
  })

  it('takes one key that arrives twice for one', () => {
    const { exits, key, pass } = press()
    key()
    pass(5)
    key()
    expect(exits).toEqual([])
  })

  it('gives the signals back', () => {
    const { interruption, listeners } = press()
    interruption.release()
    expect(listeners()).toBe(0)
  })
})
