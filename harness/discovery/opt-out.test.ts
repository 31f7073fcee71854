import { expect, test } from 'vitest'
import { parseCheckWishes } from './opt-out.ts'

test('reads all three wishes', () => {
  const text = '# our wishes\nCheck: NO # please\r\nmax: weekly\ncontact: mailto:ops@chat.example\n'
  expect(parseCheckWishes(text)).toEqual({ check: false, max: 'weekly', contact: 'mailto:ops@chat.example' })
})

test.each(['', 'check: yes', '<!doctype html><p>check: no</p>', 'max: sometimes', 'check no'])(
  '"%s" is no wish to be left alone',
  (text) => {
    expect(parseCheckWishes(text)).toEqual({ check: true })
  },
)
