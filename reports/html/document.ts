// The frame of every page of ours: one file that needs nothing else, no script and no request. For html.ts and the other pages.
import type { Language } from '../language/language.ts'
import { type Child, el, trusted } from './markup.ts'
import { style } from './style.ts'

/** Whatever might slip into the page could still load and run nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

export function htmlDocument(language: Language, title: string, ...body: readonly Child[]): string {
  const page = el(
    'html',
    { lang: language.name },
    el(
      'head',
      {},
      el('meta', { charset: 'utf-8' }),
      el('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('title', {}, title),
      el('style', {}, trusted(style)),
    ),
    el('body', {}, ...body),
  )
  return `<!doctype html>\n${page.markup}\n`
}
