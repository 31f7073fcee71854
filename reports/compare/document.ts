// The frame of a page of a comparison. Used by html.ts and by the site.
import { type Head, htmlDocument } from '../html/document.ts'
import type { Child } from '../html/markup.ts'
import { english } from '../language/language.ts'
import { compareStyle } from './style.ts'

export function document(head: Omit<Head, 'style'>, ...body: readonly Child[]): string {
  return htmlDocument(english, { ...head, style: compareStyle }, ...body)
}
