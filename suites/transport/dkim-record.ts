// The check of the DKIM record: its name is known only to those who got signed mail, so it needs a mail domain of our own.
import { check } from '../../harness/check/define.ts'
import { type Matcher, satisfies } from '../../harness/check/matchers.ts'
import { headerValues } from '../../harness/mail/parse.ts'
import { arrivalOf, sendOut, toPeer } from '../federation/scene.ts'
import { fromDns } from './scene.ts'

export const publishesSoundKey = check({
  id: 'transport/publishes-sound-dkim-key',
  requirement: 'transport.publishes-sound-dkim-key',
  title: 'publishes the key of its signatures in one sound record',
  profile: 'list',
  needs: { ...toPeer, dns: true, accounts: 1, messages: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange()
    const mail = await sendOut(t, alice, exchange.address('someone'))
    const { bytes } = await arrivalOf(t, exchange, mail)
    const names = [...new Set(headerValues(bytes, 'DKIM-Signature').flatMap((value) => keyName(value) ?? []))]
    if (names.length === 0) t.unsupported('its mail is not signed')
    for (const name of names.slice(0, 4)) {
      const records = await fromDns(t, t.host.resolver.txt(name, t.signal))
      t.expect(`the records of ${name}`, records, oneSoundKey)
    }
  },
})

/** `selector._domainkey.domain` of a signature. */
function keyName(signature: string): string | undefined {
  const tags = tagsOf(signature)
  const [selector, domain] = [tags.get('s'), tags.get('d')]
  return selector && domain ? `${selector}._domainkey.${domain}`.toLowerCase() : undefined
}

function tagsOf(text: string): ReadonlyMap<string, string> {
  const pairs = text
    .replace(/\s+/g, '')
    .split(';')
    .filter((pair) => pair.includes('='))
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

/** RFC 6376 3.6.1, as far as it decides whether receivers use the key for mail signed with SHA-256. */
function flawsOf(record: string): readonly string[] {
  const tags = tagsOf(record)
  const list = (name: string) => tags.get(name)?.toLowerCase().split(':') ?? []
  return [
    ...(tags.has('v') && tags.get('v') !== 'DKIM1' ? [`v=${tags.get('v')}`] : []),
    ...(tags.has('p') ? [] : ['no p=']),
    ...(/^[A-Za-z0-9+/]*={0,2}$/.test(tags.get('p') ?? '') ? [] : ['p= is not base64']),
    ...(tags.get('p') === '' ? ['p= is empty: the key is revoked'] : []),
    ...(list('t').includes('y') ? ['t=y: only a test'] : []),
    ...(tags.has('h') && !list('h').includes('sha256') ? ['h= without sha256'] : []),
    ...(tags.has('s') && !list('s').some((use) => use === '*' || use === 'email') ? ['s= without email'] : []),
  ]
}

const oneSoundKey: Matcher<readonly string[]> = satisfies(
  'one key, for mail and in earnest',
  (records) => records.length === 1 && flawsOf(records[0] ?? '').length === 0,
  (records) => {
    const flaws = records.flatMap(flawsOf)
    const words = flaws.length === 0 ? '' : `: ${flaws.join('; ')}`
    return `${records.length === 0 ? 'none' : records.length}${words}`.slice(0, 300)
  },
)
