// The frame of every page of ours: one file that needs nothing else, no script and no request. For html.ts and the other pages.
import type { Language } from '../language/language.ts'
import { type Child, el, trusted } from './markup.ts'
import { style } from './style.ts'

export interface Head {
  readonly title: string
  /** Beside the style of all pages. */
  readonly style?: string
  /** Where the feed of changes is, for readers that look for one. A page that has one is part of a site, with pictures of its own. */
  readonly feed?: string
}

/** Whatever might slip into the page could still load and run nothing. */
const policy = (images: string): string =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src ${images}; base-uri 'none'; form-action 'none'`

export function htmlDocument(language: Language, head: Head, ...body: readonly Child[]): string {
  const { title, feed, style: more = '' } = head
  const page = el(
    'html',
    { lang: language.name },
    el(
      'head',
      {},
      el('meta', { charset: 'utf-8' }),
      el('meta', {
        'http-equiv': 'Content-Security-Policy',
        content: policy(feed === undefined ? 'data:' : "'self' data:"),
      }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('title', {}, title),
      feed === undefined
        ? undefined
        : el('link', {
            rel: 'alternate',
            type: 'application/atom+xml',
            href: feed,
            title: language.words.compare.changes,
          }),
      el('style', {}, trusted(style + more)),
    ),
    el('body', {}, ...body),
  )
  return `<!doctype html>\n${page.markup}\n`
}
