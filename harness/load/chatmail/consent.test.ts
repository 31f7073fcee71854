// Which addresses get load, and that nothing at all goes to others.
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { startReference } from '../../../reference-server/index.ts'
import { runLoad } from '../run/run.ts'
import { addressKind, ConsentMissing, demandConsent } from './consent.ts'

describe('an address', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['::1', 'loopback'],
    ['10.1.2.3', 'near'],
    ['172.31.0.1', 'near'],
    ['172.32.0.1', 'public'],
    ['192.168.178.1', 'near'],
    ['169.254.1.1', 'near'],
    ['fe80::1%eth0', 'near'],
    ['fd00::1', 'near'],
    ['2001:db8::1', 'public'],
    ['192.0.2.1', 'public'],
    ['::ffff:192.0.2.1', 'public'],
    ['8.8.8.8', 'public'],
    ['chat.example', 'public'],
    ['', 'public'],
  ] as const)('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind)
  })

  test('of an interface of this machine is near', () => {
    expect(addressKind('192.0.2.1', ['192.0.2.1'])).toBe('near')
  })

  test('gets load only when it is loopback, or was agreed to', () => {
    const consent = { addresses: ['192.168.1.2'] }
    expect(() => demandConsent('127.0.0.1', consent)).not.toThrow()
    expect(() => demandConsent('192.168.1.2', consent)).not.toThrow()
    expect(() => demandConsent('192.168.1.3', consent)).toThrow(ConsentMissing)
    expect(() => demandConsent('8.8.8.8', consent)).toThrow(ConsentMissing)
  })
})

const own = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

test.skipIf(own === undefined)('a service at an address that nobody agreed to is not even connected to', async () => {
  let connections = 0
  const listener = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => listener.listen(0, own, resolve))
  const { port } = listener.address() as { port: number }
  const reference = await startReference()
  try {
    const host = reference.host()
    const imaps = {
      ...host.endpoints.imaps,
      service: 'imaps',
      security: 'tls',
      name: 'chat.test',
      address: own ?? '',
      port,
    } as const
    const work = runLoad({
      url: new URL('../../../scenarios/smoke.ts', import.meta.url).href,
      host: { ...host, endpoints: { ...host.endpoints, imaps } },
      consent: { addresses: [] },
      flags: {},
      env: {},
      threads: 1,
      signal: new AbortController().signal,
      say: () => {},
      onBudget: () => {},
      onMoment: () => {},
    })
    await expect(work).rejects.toThrow(ConsentMissing)
    expect(connections).toBe(0)
  } finally {
    await reference.close()
    listener.close()
  }
})
