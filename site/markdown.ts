// A Markdown file as HTML: headings with anchors, links that lead to pages, tables and code that scroll by themselves.
import GithubSlugger from 'github-slugger'
import { Marked, Renderer } from 'marked'
import { requirements } from '../catalogue/index.ts'
import { el, trusted } from '../reports/html/markup.ts'

export interface Section {
  readonly id: string
  readonly title: string
}

export interface Document {
  /** The text of its first heading. */
  readonly title: string
  /** Its headings of the second level. */
  readonly sections: readonly Section[]
  readonly html: string
}

/** `link` gives the address that a link of the file has on the site. */
export function readMarkdown(text: string, link: (href: string) => string): Document {
  const slugger = new GithubSlugger()
  const headings: (Section & { readonly level: number })[] = []
  const plain = new Renderer()
  const marked = new Marked({
    renderer: {
      heading({ depth, tokens }) {
        const title = this.parser.parseInline(tokens, this.parser.textRenderer)
        const slug = slugger.slug(title)
        // A requirement is found by its id, everything else as on GitHub.
        const id = Object.hasOwn(requirements, title) ? title : slug
        headings.push({ id, title, level: depth })
        const anchor = el('a', { class: 'anchor', href: `#${id}`, 'aria-label': `Link to: ${title}` }, '#')
        const words = trusted(this.parser.parseInline(tokens))
        return `${el(`h${depth}`, { id }, words, depth === 1 ? undefined : [' ', anchor]).markup}\n`
      },
      link({ href, title, tokens }) {
        const words = trusted(this.parser.parseInline(tokens))
        return el('a', { href: link(href), title: title ?? undefined }, words).markup
      },
      // A flag or a name is not broken between two lines.
      codespan: ({ text }) => el('code', { class: text.length <= 24 ? 'short' : undefined }, text).markup,
      code: ({ text }) => `${el('pre', { tabindex: 0 }, el('code', {}, text)).markup}\n`,
      table(token) {
        const table = trusted(plain.table.call(this, token))
        return `${el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'table' }, table).markup}\n`
      },
      // No file of ours brings markup of its own.
      html: ({ text }) => el('span', {}, text).markup,
    },
    // Bare addresses are examples, such as https://DOMAIN/new, and lead nowhere.
    tokenizer: { url: () => undefined },
  })
  const html = marked.parse(text, { async: false })
  const title = headings.find(({ level }) => level === 1)?.title
  if (title === undefined) throw new Error('a page needs a heading of the first level')
  return { title, sections: headings.filter(({ level }) => level === 2), html }
}
