// The frame of a page of a comparison: head, policy, style. Used by html.ts and by the site.
import { type Child, el, trusted } from '../html/markup.ts'
import { compareStyle } from './style.ts'

/** Whatever might slip into the page could still load and run nothing. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

export interface Frame {
  readonly title: string
  /** Where the feed of changes is, for readers that look for one. */
  readonly feed?: string
}

export function document({ title, feed }: Frame, ...body: readonly Child[]): string {
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
      feed === undefined
        ? undefined
        : el('link', { rel: 'alternate', type: 'application/atom+xml', href: feed, title: 'changes' }),
      el('style', {}, trusted(compareStyle)),
    ),
    el('body', {}, ...body),
  )
  return `<!doctype html>\n${page.markup}\n`
}
