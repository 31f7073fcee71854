// Tests of the zone: what it publishes, and that each wrong choice shows.
import { describe, expect, test } from 'vitest'
import { conformingZone, type ZoneBehaviour } from '../behaviour/zone.ts'
import { createNetwork } from './network.ts'
import { hostNames, publishZone } from './zone.ts'

const ports = { imaps: 1993, imap: 1143, submissions: 1465, submission: 1587 }

function publish(change: Partial<ZoneBehaviour> = {}, domain = 'chat.test') {
  const network = createNetwork()
  const leave = publishZone(network, domain, { ...conformingZone, ...change }, ports)
  return {
    network,
    leave: () => {
      for (const back of leave) back()
    },
  }
}

describe('a conforming zone', () => {
  test('has every record of a deployed relay', async () => {
    const { resolver } = publish().network
    expect(await resolver.addresses('Chat.Test.')).toEqual(['127.0.0.1'])
    expect(await resolver.addresses('www.chat.test')).toEqual(['127.0.0.1'])
    expect(await resolver.mx('chat.test')).toEqual([{ exchange: 'chat.test', preference: 10 }])
    expect(await resolver.txt('chat.test')).toEqual(['v=spf1 a ~all'])
    expect(await resolver.txt('_dmarc.chat.test')).toEqual(['v=DMARC1;p=reject;adkim=s;aspf=s'])
    expect(await resolver.txt('_adsp._domainkey.chat.test')).toEqual(['dkim=discardable'])
    expect(await resolver.txt('_mta-sts.chat.test')).toEqual(['v=STSv1; id=202601010000'])
    expect(await resolver.srv('_imaps._tcp.chat.test')).toEqual([
      { name: 'chat.test', port: 1993, priority: 0, weight: 1 },
    ])
  })

  test('tells names that are not there from records that are not there', async () => {
    const { network } = publish()
    expect((await network.look('chat.test', 'AAAA')).status).toBe('no-data')
    expect((await network.look('_tcp.chat.test', 'TXT')).status).toBe('no-data')
    expect((await network.look('nobody.chat.test', 'A')).status).toBe('no-name')
    expect(await network.look('www.chat.test', 'CNAME')).toMatchObject({
      status: 'found',
      records: [{ target: 'chat.test' }],
    })
  })

  test('takes everything back', async () => {
    const { network, leave } = publish({ fails: [{ name: '{domain}', type: '*' }] })
    leave()
    expect((await network.look('chat.test', 'A')).status).toBe('no-name')
  })

  test('has no MTA-STS where no public authority can vouch for the name, and none at all for an address', async () => {
    const { network } = publish({}, '_chat.test')
    expect((await network.look('_mta-sts._chat.test', 'TXT')).status).toBe('no-name')
    expect(hostNames('_chat.test', conformingZone)).toEqual(['_chat.test', 'www._chat.test'])
    expect(hostNames('[192.0.2.1]', conformingZone)).toEqual(['192.0.2.1'])
    expect((await publish({}, '[192.0.2.1]').network.look('[192.0.2.1]', 'MX')).status).toBe('no-name')
  })
})

describe('a wrong zone', () => {
  test('takes no mail, names no exchange, a dead one, or several', async () => {
    const exchanges = async (mx: ZoneBehaviour['mx']) =>
      (await publish({ mx }).network.look('chat.test', 'MX')).records.map((one) => `${one.preference} ${one.exchange}`)
    expect(await exchanges([{ exchange: '.', preference: 0 }])).toEqual(['0 .'])
    expect(await exchanges([])).toEqual([])
    expect(await exchanges([{ exchange: 'mx.{domain}', preference: 10 }])).toEqual(['10 mx.chat.test'])
    const several = [
      { exchange: 'dead.{domain}', preference: 5 },
      { exchange: '{domain}', preference: 10 },
    ]
    expect(await exchanges(several)).toEqual(['5 dead.chat.test', '10 chat.test'])
  })

  test('fails at some questions, or at all of a name', async () => {
    const { network } = publish({ fails: [{ name: '{domain}', type: 'MX' }] })
    expect((await network.look('chat.test', 'MX')).status).toBe('trouble')
    expect((await network.look('chat.test', 'A')).status).toBe('found')
    await expect(network.resolver.mx('chat.test')).rejects.toThrow('fails')
    const all = publish({ fails: [{ name: '{domain}', type: '*' }] }).network
    expect((await all.look('www.chat.test', 'A')).status).toBe('trouble')
  })

  test('does not resolve, or leads its services elsewhere', async () => {
    const { resolver } = publish({ addresses: [], srvTarget: 'mail.{domain}', srvPorts: 'standard' }).network
    expect(await resolver.addresses('chat.test')).toEqual([])
    expect(await resolver.srv('_submission._tcp.chat.test')).toMatchObject([{ name: 'mail.chat.test', port: 587 }])
    const six = publish({ addresses: ['::1'], aliasesBy: 'address' }).network
    expect((await six.look('www.chat.test', 'AAAA')).records).toMatchObject([{ name: 'www.chat.test', address: '::1' }])
    const bare = publish({ spf: null, dmarc: null, adsp: null, mtaSts: null, caa: [], srv: [] }).network
    for (const name of ['_dmarc.chat.test', '_adsp._domainkey.chat.test', '_mta-sts.chat.test', '_imap._tcp.chat.test'])
      expect((await bare.look(name, 'TXT')).status).toBe('no-name')
    expect((await bare.look('chat.test', 'CAA')).status).toBe('no-data')
  })
})

test('a chain of aliases that never ends is trouble', async () => {
  const network = createNetwork()
  network.publish([
    { name: 'a.test', type: 'CNAME', target: 'b.test' },
    { name: 'b.test', type: 'CNAME', target: 'a.test' },
  ])
  expect((await network.look('a.test', 'A')).status).toBe('trouble')
})
