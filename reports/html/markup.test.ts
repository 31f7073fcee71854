import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { el } from './markup.ts'

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')

describe('markup', () => {
  it('gives back any text, in an attribute and between tags, and is no more than one element', () => {
    const text = fc.string({ unit: fc.constantFrom(...'<>"\'&;=/ \nab', '&lt;', '</p>', '<b>', '-->') })
    fc.assert(
      fc.property(text, text, (title, words) => {
        const [, attribute, between] =
          /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(el('p', { title }, words).markup) ?? []
        expect([plain(attribute ?? ''), plain(between ?? '')]).toEqual([title, words])
      }),
    )
  })

  it('shows what could hide or turn text, and keeps markup in markup', () => {
    expect(el('p', {}, 'a\u202eb\u0000').markup).toBe('<p>a\\u202eb\\x00</p>')
    expect(el('p', { class: undefined }, el('br', {}), [undefined, '<']).markup).toBe('<p><br>&lt;</p>')
  })
})
