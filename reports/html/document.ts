// What every page of ours has around its contents: no script, no request, light and dark. Used by html.ts and watch-page.ts.
import { type Child, el, trusted } from './markup.ts'
import { style } from './style.ts'

export interface Page {
  readonly title: string
  readonly heading: string
  readonly main: readonly Child[]
  readonly footer: readonly Child[]
}

/** Whatever might slip into the page could still load and run nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

export function document({ title, heading, main, footer }: Page): string {
  const page = el(
    'html',
    { lang: 'en' },
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
    el(
      'body',
      {},
      el('header', {}, el('h1', {}, heading)),
      el('main', {}, ...main),
      el('footer', { class: 'muted' }, ...footer),
    ),
  )
  return `<!doctype html>\n${page.markup}\n`
}
