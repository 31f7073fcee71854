// The frame of a page of the site: no script, one style sheet, the text first and the list of all pages after it.
import { posix } from 'node:path'
import { el, type Markup, trusted } from '../reports/html/markup.ts'
import type { Document } from './markdown.ts'
import { navigation } from './navigation.ts'
import { towards } from './place.ts'

/** Whatever might slip in could still load nothing from elsewhere, and run nothing. */
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

/** The whole page for the Markdown file `path`, with a list of all `pages`. */
export function framed(path: string, page: Document, pages: ReadonlyMap<string, Document>, version: string): string {
  const home = path === 'README.md'
  const markup = el(
    'html',
    { lang: 'en' },
    el(
      'head',
      {},
      el('meta', { charset: 'utf-8' }),
      el('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('title', {}, home ? page.title : `${page.title} - chatmail-check`),
      el('link', { rel: 'stylesheet', href: posix.relative(posix.dirname(path), 'style.css') }),
    ),
    el(
      'body',
      {},
      el('a', { class: 'skip', href: '#text' }, 'To the text'),
      el(
        'header',
        {},
        el('a', { class: 'home', href: towards(path, 'README.md') }, 'chatmail-check'),
        el('a', { class: 'to-pages', href: '#pages' }, 'All pages'),
      ),
      el('main', { id: 'text' }, trusted(page.html)),
      el('nav', { id: 'pages', 'aria-label': 'All pages' }, navigation.map(groupOf(path, pages))),
      el('footer', {}, `chatmail-check ${version}, MIT licence`),
    ),
  ).markup
  return `<!doctype html>\n${markup}\n`
}

function groupOf(path: string, pages: ReadonlyMap<string, Document>) {
  return ({ title, pages: members }: (typeof navigation)[number]): Markup => {
    const entries = members.map((member) => {
      const { title: words = '', sections = [] } = pages.get(member) ?? {}
      const name = member === 'README.md' ? 'Start here' : words
      const here = member === path
      const link = el('a', { href: towards(path, member), 'aria-current': here ? 'page' : undefined }, name)
      const inside = sections.map((section) => el('li', {}, el('a', { href: `#${section.id}` }, section.title)))
      return el('li', {}, link, here && inside.length > 1 ? el('ul', {}, inside) : undefined)
    })
    return el('section', {}, title === '' ? undefined : el('h2', {}, title), el('ul', {}, entries))
  }
}
