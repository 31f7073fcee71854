// The parts of a live peer that need no host: its files, its zone, its turns. bin/check/vantage.test.ts has the whole.
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../authority.ts'
import { keyRecord } from '../signer.ts'
import { readBelieved } from './certificate.ts'
import { openDkimKey } from './dkim-key.ts'
import { createTurns } from './turns.ts'
import { standingZone, zoneLine } from './zone.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'standing-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the signing key', () => {
  it('is made once, for the user alone, and is the same in every run', async () => {
    const file = join(folder, 'dkim.pem')
    const [first, second] = [await openDkimKey(file), await openDkimKey(file)]
    expect([first.made, second.made]).toEqual([true, false])
    expect(keyRecord(second.rsa)).toBe(keyRecord(first.rsa))
    expect(keyRecord(second.ed25519)).toBe(keyRecord(first.ed25519))
    expect(keyRecord(second.ed25519)).toMatch(/^v=DKIM1; k=ed25519; p=[\w+/]{43}=$/)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('is refused when it is no RSA key, or a short one', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    const curve = generateKeyPairSync('ed25519').privateKey
    for (const [at, text] of [
      short.export({ type: 'pkcs8', format: 'pem' }),
      curve.export({ type: 'pkcs8', format: 'pem' }),
      'x',
    ].entries()) {
      const file = join(folder, `bad-${at}.pem`)
      await writeFile(file, text)
      await expect(openDkimKey(file)).rejects.toMatchObject({ code: 'bad-file' })
    }
    await expect(openDkimKey(join(folder, 'no', 'folder'))).rejects.toThrow('ENOENT')
  })
})

describe('the zone', () => {
  it('asks for an address only where the machine knows its own', async () => {
    const keys = await openDkimKey(join(folder, 'dkim.pem'))
    const lines = (shared: string, lone?: string) =>
      standingZone({ domain: 'peer.example', shared, lone, keys }).map(zoneLine)
    expect(lines('192.0.2.1')[0]).toBe('mx.peer.example. IN A 192.0.2.1')
    expect(lines('2001:db8::1')[0]).toBe('mx.peer.example. IN AAAA 2001:db8::1')
    expect(lines('10.1.2.3')[0]).toBe('mx.peer.example. IN A <the address that others reach this machine by>')
    expect(lines('192.0.2.1', '192.0.2.2').length - lines('192.0.2.1').length).toBe(7)
    // A string of a TXT record has 255 octets at most.
    for (const line of lines('192.0.2.1'))
      for (const [text] of line.matchAll(/"[^"]*"/g)) expect(text.length).toBeLessThan(258)
  })
})

describe('a certificate that others believe', () => {
  it('must fit its key and be in date, and knows its names', async () => {
    const authority = await createAuthority()
    const good = await authority.issue('good', 'mx.peer.example', '*.bare.peer.example')
    const { covers } = readBelieved(good.certificate, good.key)
    expect(['mx.peer.example', 'x.bare.peer.example', 'lone.peer.example'].map(covers)).toEqual([true, true, false])
    const [other, old] = [await authority.issue('good', 'x.test'), await authority.issue('expired', 'x.test')]
    expect(() => readBelieved(good.certificate, other.key)).toThrow('not the key')
    expect(() => readBelieved(old.certificate, old.key)).toThrow('has expired')
    expect(() => readBelieved('x', good.key)).toThrow('no certificate')
    expect(() => readBelieved(good.certificate, 'x')).toThrow('no private key')
  })
})

describe('turns', () => {
  it('come one after another, and one that is given up holds nobody', async () => {
    const take = createTurns()
    const never = new AbortController().signal
    const order: string[] = []
    const end = await take(never)
    const second = take(AbortSignal.abort(new Error('too late'))).catch((error: Error) => order.push(error.message))
    const third = take(never).then((done) => {
      order.push('third')
      done()
    })
    await second
    order.push('first ends')
    end()
    await third
    expect(order).toEqual(['too late', 'first ends', 'third'])
  })
})
