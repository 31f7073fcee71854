// Tests of the network beyond the process: two servers that know each other by DNS only.
import { describe, expect, test } from 'vitest'
import { startReference } from '../index.ts'
import { startDnsServer } from './dns-server.ts'
import { createNetwork } from './network.ts'
import { widerNetwork } from './wider-network.ts'

const anywhere = { address: '127.0.0.1', port: 0 }

describe('a wider network', () => {
  test('finds records of every kind at the other name server, and its own first', async () => {
    await using there = await startReference({ domains: ['there.test'], dns: anywhere })
    const own = createNetwork()
    own.publish([
      { name: 'here.test', type: 'SOA', primary: 'here.test', mailbox: 'h.test', ...times },
      { name: 'here.test', type: 'A', address: '127.0.0.9' },
    ])
    const network = widerNetwork(own, { dns: there.dns ?? anywhere })
    for (const type of ['A', 'CNAME', 'MX', 'TXT', 'CAA', 'NS', 'SOA'] as const) {
      const name = type === 'CNAME' ? 'www.there.test' : 'there.test'
      expect(await network.look(name, type)).toEqual(await there.network.look(name, type))
    }
    const srv = '_imaps._tcp.there.test'
    expect((await network.look(srv, 'SRV')).records).toEqual((await there.network.look(srv, 'SRV')).records)
    expect((await network.look('there.test', 'AAAA')).status).toBe('no-data')
    expect((await network.look('nobody.there.test', 'A')).status).toBe('no-name')
    expect(await network.resolver.addresses('here.test')).toEqual(['127.0.0.9'])
    expect((await network.look('nobody.here.test', 'A')).status).toBe('no-name')
  })

  test('reaches hosts at their address and the port that was asked for', async () => {
    await using there = await startReference({ domains: ['there.test'], dns: anywhere })
    const own = createNetwork()
    own.place('here.test', 25, { address: '127.0.0.1', port: 2525 })
    const network = widerNetwork(own, { dns: there.dns ?? anywhere })
    expect(await network.reach('here.test', 25)).toEqual({ address: '127.0.0.1', port: 2525 })
    expect(await network.reach('www.there.test', 25)).toEqual({ address: '127.0.0.1', port: 25 })
    expect(await network.reach('192.0.2.7', 443)).toEqual({ address: '192.0.2.7', port: 443 })
    expect(await network.reach('nobody.there.test', 25)).toBeUndefined()
  })

  test('understands a null MX and a name server that fails', async () => {
    const far = createNetwork()
    far.publish([{ name: 'null.test', type: 'MX', exchange: '.', preference: 0 }])
    far.fail('broken.test')
    await using server = await startDnsServer({ network: far, ...anywhere })
    const network = widerNetwork(createNetwork(), { dns: server.at })
    expect((await network.look('null.test', 'MX')).records).toMatchObject([{ exchange: '.', preference: 0 }])
    expect((await network.look('broken.test', 'MX')).status).toBe('trouble')
  })

  test('does not pass on to others what it asks beyond', async () => {
    await using there = await startReference({ domains: ['there.test'], dns: anywhere })
    await using here = await startReference({ domains: ['here.test'], dns: anywhere, peerDns: there.dns ?? anywhere })
    expect(await here.network.resolver.mx('there.test')).toEqual([{ exchange: 'there.test', preference: 10 }])
    const asked = widerNetwork(createNetwork(), { dns: here.dns ?? anywhere })
    expect((await asked.look('here.test', 'MX')).status).toBe('found')
    expect((await asked.look('there.test', 'MX')).status).toBe('no-name')
  })
})

const times = { serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 0 }
