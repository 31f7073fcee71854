import { describe, expect, it } from 'vitest'
import { behaviours } from '../../catalogue/behaviours.ts'
import { requirements } from '../../catalogue/index.ts'
import { defects } from '../../reference-server/defects/index.ts'
import { columns } from '../../reports/plain-text.ts'
import { explanation } from './explanation.ts'
import { knownChecks } from './known-checks.ts'

const plain = { color: false, width: 80 }

describe('explain', () => {
  const kinds = {
    check: knownChecks().map(({ check }) => check.id),
    requirement: Object.keys(requirements),
    defect: Object.keys(defects),
    behaviour: Object.keys(behaviours),
  }
  const mentions: Readonly<Record<keyof typeof kinds, readonly RegExp[]>> = {
    check: [/^ {4}runs /m, /^ {4}why /m, /^ {4}try /m],
    requirement: [/^ {4}why /m, /^ {4}source /m, /^ {4}(?:tested|seen by) /m, /^ {4}fix /m, /^ {4}defect /m],
    defect: [/^ {4}breaks /m, /^ {4}(?:fails|seen by) /m, /^ {4}try /m],
    behaviour: [/^ {4}(?:covered|not) /m],
  }

  it.each(Object.keys(kinds) as (keyof typeof kinds)[])(
    'says of every %s what a newcomer asks, within 80 columns',
    async (kind) => {
      for (const id of kinds[kind]) {
        const text = await explanation(id, plain)
        for (const wanted of mentions[kind]) expect(text, id).toMatch(wanted)
        expect(text, id).not.toMatch(/undefined|\[object/)
        const wide = text.split('\n').filter((line) => columns(line) > 80 && line.trim().includes(' '))
        expect(wide, id).toEqual([])
      }
    },
  )

  it('says what an observation does not do', async () => {
    expect(await explanation('encryption/takes-smime', plain)).toContain('judges  nothing')
  })

  it('tells words of the trade', async () => {
    const text = await explanation('encryption.accepts-password-encrypted', plain)
    expect(text).toContain('SKESK: the OpenPGP packet that holds the message key for a')
  })

  it('says what names in capitals stand for', async () => {
    expect(await explanation('onboarding.new-redirects-browsers', plain)).toContain('(DOMAIN: the mail domain')
  })

  it.each([
    ['delivery/arrivs-under-a-second', 'did you mean delivery/arrives-under-a-second?'],
    ['encrypton.refuses-cleartext', 'did you mean encryption.refuses-cleartext?'],
    ['cleartext', 'did you mean encryption/refuses-cleartext, '],
    ['encryption/accepts-skesk', 'did you mean encryption/accepts-skesk-and-pkesk, '],
    ['zzz', 'chatmail-check list checks'],
  ])('helps with %s, which is no id', async (id, hint) => {
    const error: unknown = await explanation(id, plain).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'UsageError', hint: expect.stringContaining(hint) })
  })
})
