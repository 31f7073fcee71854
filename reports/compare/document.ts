// The frame of a page of a comparison. Used by html.ts and by the site.
import { type Head, htmlDocument } from '../html/document.ts'
import type { Child } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { compareStyle } from './style.ts'

export function document(language: Language, head: Omit<Head, 'style'>, ...body: readonly Child[]): string {
  return htmlDocument(language, { ...head, style: compareStyle }, ...body)
}
