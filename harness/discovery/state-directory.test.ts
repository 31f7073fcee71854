import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stateDirectory } from './state-directory.ts'

test('XDG_STATE_HOME wins when it is absolute', () => {
  expect(stateDirectory({ XDG_STATE_HOME: '/state' }, 'linux', '/home/a')).toBe('/state/chatmail-check')
  expect(stateDirectory({ XDG_STATE_HOME: 'state' }, 'linux', '/home/a')).toBe('/home/a/.local/state/chatmail-check')
})

test('each platform has its place', () => {
  expect(stateDirectory({}, 'linux', '/home/a')).toBe('/home/a/.local/state/chatmail-check')
  expect(stateDirectory({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/chatmail-check')
  expect(stateDirectory({ LOCALAPPDATA: 'C:\\L' }, 'win32', 'C:\\a')).toBe(join('C:\\L', 'chatmail-check'))
})
