import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WireError } from '../host/wire-error.ts'
import { parseXml } from './xml.ts'

const parse = (text: string) => parseXml(text, 'autoconfig')

test('reads elements, attributes, text, CDATA and the five entities', () => {
  const root = parse(
    `\uFEFF<?xml version="1.0"?><!-- <b> --><x:a k='1' j = "&lt;&#65;&amp;lt;"> one <b/><![CDATA[<&amp;]]><c >two</c></x:a>\n`,
  )
  expect(root).toMatchObject({ name: 'a', attributes: { k: '1', j: '<A&lt;' }, text: 'one <&amp;' })
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([
    ['b', ''],
    ['c', 'two'],
  ])
})

test.each([
  '',
  'hello',
  '<a>',
  '<a></b>',
  '</a>',
  '<a></a><b></b>',
  '<a></a>text',
  '<a <b></a>',
  '<a x=1></a>',
  '<!-- never closed',
  '<![CDATA[x]]><a></a>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`,
  `<a>${'<b/>'.repeat(3_000)}</a>`,
  `<a ${'x'.repeat(3_000)}></a>`,
  `<a>${' '.repeat(200_000)}</a>`,
])('refuses %s', (text) => {
  expect(() => parse(text)).toThrow(WireError)
})

test('an entity that is not predefined is not expanded', () => {
  expect(parse('<a>&xxe;&constructor;&#0;&#x110000;</a>').text).toBe('&xxe;&constructor;&#0;&#x110000;')
})

test.each(['<!--', '<a ', '<![CDATA[', '&#x', '<?'])('many repetitions of "%s" end at once', (part) => {
  const started = performance.now()
  expect(() => parse(`<a>${part.repeat(Math.floor(120_000 / part.length))}`)).toThrow(WireError)
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('any text is a tree or a WireError', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    'a',
    ' ',
    '="',
    '"',
    '<a>',
    '</a>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&',
  )
  fc.assert(
    fc.property(
      fc.array(pieces).map((all) => all.join('')),
      (text) => {
        try {
          parse(text)
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      },
    ),
  )
})
