import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { measureRoundTrip } from './round-trip.ts'

test('the median of a few connects, and nothing where nobody listens', async () => {
  let connects = 0
  const server = createServer((socket) => {
    connects++
    socket.on('error', () => undefined)
    socket.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = { address: '127.0.0.1', port: (server.address() as AddressInfo).port }
  const time = await measureRoundTrip(endpoint)
  expect(time).toBeGreaterThan(0)
  expect(time).toBeLessThan(1_000)
  await expect.poll(() => connects).toBe(3)
  server.close()
  await once(server, 'close')
  expect(await measureRoundTrip(endpoint)).toBeUndefined()
  expect(await measureRoundTrip(endpoint, { signal: AbortSignal.abort() })).toBeUndefined()
})
