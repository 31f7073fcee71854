// Changes of the published bands as an Atom feed (RFC 4287). Pure. Used by the site.
import { createHash } from 'node:crypto'
import type { Comparison } from '../../harness/result/comparison.ts'
import { slugOf } from '../../harness/result/slug.ts'
import type { Language } from '../language/language.ts'
import { xmlText } from '../xml-text.ts'
import { changeText, reasonText } from './telling.ts'

const mostEntries = 100

/** Links are relative to where the feed is; ids stay the same however often it is made. */
export function renderAtom(language: Language, { changes, made }: Comparison): string {
  const { compare, clause } = language.words
  const entries = changes.slice(0, mostEntries).map((change) => {
    const { at, host, subject, reasons } = change
    const title = changeText(language, change)
    const why = reasons.map((reason) => reasonText(language, reason)).join(clause)
    return [
      '  <entry>',
      `    <id>${urn(`${host} ${subject} ${at}`)}</id>`,
      `    <title>${xmlText(title)}</title>`,
      `    <updated>${at}</updated>`,
      `    <link href="relay/${slugOf(host)}/"/>`,
      `    <content>${xmlText(why === '' ? title : why)}</content>`,
      '  </entry>',
    ].join('\n')
  })
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language.name}">`,
    `  <id>${urn('changes')}</id>`,
    `  <title>${xmlText(`${compare.title}: ${compare.changes}`)}</title>`,
    `  <updated>${changes[0]?.at ?? made}</updated>`,
    '  <author><name>chatmail-check</name></author>',
    '  <link rel="self" href="changes.atom"/>',
    ...entries,
    '</feed>',
    '',
  ].join('\n')
}

/** A UUID made of a name (RFC 9562, version 8). */
function urn(name: string): string {
  const hex = createHash('sha256').update(`chatmail-check/comparison ${name}`).digest('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return `urn:uuid:${parts.join('-')}`
}
