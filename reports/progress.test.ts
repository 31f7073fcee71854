import { describe, expect, it } from 'vitest'
import { finding } from './golden/samples.ts'
import { Progress } from './progress.ts'

function watch(live: boolean) {
  let now = 0
  let text = ''
  const write = (more: string): void => {
    text += more
  }
  const progress = new Progress({ write, live, color: false, width: 40, failOn: 'must', now: () => now })
  return { progress, text: () => text, pass: (ms: number) => (now += ms) }
}

describe('progress', () => {
  it('rewrites one line on a terminal and leaves nothing behind', () => {
    const { progress, text, pass } = watch(true)
    progress.planned(2)
    progress.started('a/b')
    pass(1_000)
    progress.finished(finding('a/b', 'pass'))
    progress.ended('a/b')
    progress.clear()
    expect(text()).not.toContain('\n')
    expect(text()).toContain('checked 1 of 2  1 s')
    expect(text().endsWith('\r\u001b[2K')).toBe(true)
    for (const line of text().split('\r\u001b[2K')) expect(line.length).toBeLessThan(40)
  })

  it('adds sparse plain lines elsewhere, and problems at once', () => {
    const { progress, text, pass } = watch(false)
    progress.planned(3)
    progress.started('a/b')
    progress.finished(finding('a/b', 'fail'))
    progress.ended('a/b')
    expect(text()).toBe('PROBLEM  a/b\n')
    pass(6_000)
    progress.started('a/\u001bc')
    const said = 'PROBLEM  a/b\nchecked 1 of 3  6 s  1 problem  a/\\x1bc\n'
    expect(text()).toBe(said)
    pass(6_000)
    progress.tick()
    expect(text()).toBe(said)
    pass(5_000)
    progress.tick()
    expect(text()).toContain('checked 1 of 3  17 s')
  })
})
