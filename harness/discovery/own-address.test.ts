import { expect, test } from 'vitest'
import { isLoopback, ownAddressNote } from './own-address.ts'

test('loopback is recognised in both families', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true, true])
  expect(['192.0.2.1', '::2', 'localhost'].map(isLoopback)).toEqual([false, false, false])
})

test('a target on this machine is said to be one', () => {
  expect(ownAddressNote(['127.0.0.1'], [])).toMatch(/over loopback/)
  expect(ownAddressNote(['192.0.2.1'], ['192.0.2.1'])).toMatch(/from the server itself/)
  expect(ownAddressNote(['192.0.2.1'], ['192.0.2.2'])).toBeUndefined()
})
