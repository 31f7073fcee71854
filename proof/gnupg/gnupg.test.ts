import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyring } from '../../harness/mail/keyring.ts'
import type { Sample } from '../../harness/mail/mail.ts'
import { createMailer } from '../../harness/mail/mailer.ts'
import { latin1 } from '../../harness/mail/octets.ts'
import { walkPackets } from '../../harness/mail/test-readers.ts'
import { armours } from '../../suites/encryption/corpus/gnupg/armours.ts'
import { accepted, corpus } from '../../suites/encryption/corpus/index.ts'
import { type Gpg, hasGpg, openGpg } from './gpg.ts'
import { recipes } from './recipes.ts'

/** Types and forms of the packets in an armour; the octets are random. */
function shapeOf(armour: string): readonly string[] | string {
  const lines = armour.replaceAll('\r\n', '\n').split('\n')
  const data = lines.slice(lines.indexOf('') + 1).filter((line) => !/^[=-]/.test(line))
  try {
    return walkPackets(Buffer.from(data.join(''), 'base64')).map(({ type, version, form }) =>
      // What is encrypted, signed or compressed begins with anything.
      [1, 2, 3, 4, 18].includes(type) ? `${type} v${version} ${form}` : `${type} ${form}`,
    )
  } catch {
    return 'no packets'
  }
}

it('keeps an armour for every recipe', () => {
  expect(Object.keys(armours)).toEqual(Object.keys(recipes))
})

describe.skipIf(!hasGpg)('GnuPG (needs gpg)', () => {
  let gpg: Gpg
  beforeAll(async () => {
    gpg = await openGpg()
  }, 60_000)
  afterAll(() => gpg?.[Symbol.asyncDispose]())

  it.for(Object.entries(recipes))('still writes "%s" as it is kept', { timeout: 60_000 }, async ([name, recipe]) => {
    const now = await recipe(gpg)
    const kept = armours[name as keyof typeof armours]
    const head = (armour: string) => armour.split('\n\n')[0]?.replace(/^(Version: GnuPG v\d).*/m, '$1')
    expect(head(now)).toBe(head(kept))
    expect(shapeOf(now)).toEqual(shapeOf(kept))
  })

  // What GnuPG 2.2 can read of RFC 9580 are the packets of its predecessor; of others it names the type.
  it.for(Object.values<Sample>(accepted).filter(({ id, bulk }) => !/securejoin-v[cg]/.test(id) && !bulk))(
    'sees the packets that we see in $id',
    { timeout: 60_000 },
    async (sample) => {
      const mailer = createMailer({ seed: 1, keyring: createKeyring() })
      const mail = await mailer.sample(sample, 'alice1234@chat.test', 'bob123456@chat.test', { messageBytes: 100_000 })
      const armour = /-----BEGIN PGP MESSAGE[\s\S]*?END PGP MESSAGE-----/.exec(latin1(mail.bytes))?.[0] ?? ''
      const file = await gpg.file(`${armour.replaceAll('\r\n', '\n')}\n`)
      // It exits with an error because it has none of the keys.
      const listed = await gpg
        .run(['--list-packets', '--list-only', file])
        .catch((error: { stdout?: string }) => error.stdout ?? '')
      const tags = [...listed.matchAll(/^# off=\d+ ctb=[0-9a-f]+ tag=(\d+)/gm)].map(([, tag]) => Number(tag))
      const ours = walkPackets(Buffer.from(dataOf(armour), 'base64')).map(({ type }) => type)
      // Behind encrypted data of a version that it does not know it looks into the data.
      expect(tags.slice(0, ours.length)).toEqual(ours)
    },
  )

  it('decrypts nothing that it was not written for', async () => {
    const file = await gpg.file(`${armours['curve-25519']}\n`)
    await expect(gpg.run(['--decrypt', file])).rejects.toThrow(/No secret key|decryption failed/)
    expect(Object.keys(corpus).filter((id) => id.startsWith('gnupg-')).length).toBeGreaterThan(
      Object.keys(armours).length,
    )
  })
})

function dataOf(armour: string): string {
  const lines = armour.split(/\r?\n/)
  return lines
    .slice(lines.indexOf('') + 1)
    .filter((line) => !/^[=-]/.test(line))
    .join('')
}
