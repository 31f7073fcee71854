import { expect, test } from 'vitest'
import { openPushReceiver } from './push-receiver.ts'

test('hears the tokens that are posted, in order, and answers as it was told', async () => {
  await using receiver = await openPushReceiver()
  const post = async (body: string) => (await fetch(receiver.url, { method: 'POST', body })).status
  receiver.power.answer('gone', 410)
  expect(await post('one')).toBe(200)
  expect(await post('gone')).toBe(410)
  receiver.power.answer('gone', 503)
  expect(await post('gone')).toBe(503)
  expect(receiver.power.received()).toEqual(['one', 'gone', 'gone'])
})

test('takes neither other methods nor bodies that are no token', async () => {
  await using receiver = await openPushReceiver()
  expect((await fetch(receiver.url)).status).toBe(405)
  expect((await fetch(receiver.url, { method: 'POST', body: 'x'.repeat(8_193) })).status).toBe(413)
  expect(receiver.power.received()).toEqual([])
})
