// The frame of a page of a comparison. Used by html.ts and by the site.
import { type Head, htmlDocument } from '../html/document.ts'
import { type Child, el } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { compareStyle } from './style.ts'

interface Parts {
  readonly header: Child
  readonly main: readonly Child[]
  readonly footer: Child
}

export function document(language: Language, head: Omit<Head, 'style'>, { header, main, footer }: Parts): string {
  return htmlDocument(
    language,
    { ...head, style: compareStyle },
    el('header', {}, el('h1', {}, header)),
    el('main', {}, ...main),
    footer,
  )
}
