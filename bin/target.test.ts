import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTarget } from './target.ts'
import { UsageError } from './usage-error.ts'

describe('a target', () => {
  it('is a host unless it begins with @', () => {
    for (const text of ['chat.example', '[192.0.2.1]', '_chat.example', 'a@b']) {
      expect(parseTarget(text)).toEqual({ kind: 'host', text })
    }
  })

  it('is the reference server with defects and a variant', () => {
    expect(parseTarget('@reference')).toEqual({ kind: 'reference', text: '@reference', defects: [], variant: 0 })
    expect(parseTarget('@reference:defect=a,defect=b,variant=3')).toMatchObject({ defects: ['a', 'b'], variant: 3 })
    expect(parseTarget('@reference:like=relay-1.9')).toMatchObject({ like: 'relay-1.9', defects: [], variant: 0 })
  })

  it.for([
    ['@referense', 'did you mean @reference?'],
    ['@reference:defct=a', 'did you mean defect?'],
    ['@reference:variant=x', 'not a whole number'],
    ['@reference:defect', 'not key=value'],
    ['@reference:defect=', 'not key=value'],
    ['@reference:like=', 'not key=value'],
  ] as const)('says what is wrong with %s', ([text, said]) => {
    try {
      parseTarget(text)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      expect(`${error.message} ${error.hint}`).toContain(said)
    }
  })

  it('never throws anything but a usage error', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        try {
          parseTarget(`@reference${rest}`)
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError)
        }
      }),
    )
  })

  it('needs no quoting in a shell', () => {
    expect('@reference:like=x,defect=accepts-cleartext,variant=3').not.toMatch(/[\s?&;|<>(){}[\]*!$`"'\\~#^]/)
  })

  it('reads how long the reference server takes at a stage', () => {
    const target = parseTarget('@reference:pace=10,slow=rcpt+20%,slow=tls+3ms')
    expect(target.kind === 'reference' && target.pace).toMatchObject({
      rcpt: 12,
      tls: 13,
      mail: 10,
      'reading.auth': 10,
    })
    expect(parseTarget('@reference')).not.toHaveProperty('pace')
  })
})
