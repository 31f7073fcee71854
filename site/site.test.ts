import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { requirements } from '../catalogue/index.ts'
import { siteFiles } from './files.ts'
import { navigation } from './navigation.ts'

const root = resolve(import.meta.dirname, '..')
const files = siteFiles(root)
const pages = new Map(
  [...files].flatMap(([path, content]) =>
    path.endsWith('.html') && typeof content === 'string' ? [[path, content] as const] : [],
  ),
)
const ids = new Map([...pages].map(([path, html]) => [path, [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)]))
const linksIn = (html: string): string[] => [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href = '']) => href)
const markdownIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => posix.join(folder, name))

const xmllint = spawnSync('xmllint', ['--version']).status === 0

describe('the site', () => {
  it('has every page of the documentation, each guide, and no page twice', () => {
    const named = navigation.flatMap((group) => group.pages)
    expect(named.toSorted()).toEqual([...new Set(named)].toSorted())
    expect(named).toEqual(
      expect.arrayContaining([...markdownIn('docs'), 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']),
    )
    expect(markdownIn('docs/guides').length).toBeGreaterThan(4)
    for (const guide of markdownIn('docs/guides')) expect([...pages.keys()]).toContain(guide.replace('.md', '.html'))
  })

  it('has no link that leads nowhere', () => {
    let followed = 0
    for (const [path, html] of pages) {
      for (const href of linksIn(html)) {
        if (/^(https|mailto):/.test(href)) continue
        const [place = '', anchor] = href.split('#')
        const target = place === '' ? path : posix.join(posix.dirname(path), place)
        expect([...files.keys()], `${path}: ${href}`).toContain(target)
        if (anchor !== undefined) expect(ids.get(target), `${path}: ${href}`).toContain(anchor)
        followed++
      }
    }
    expect(followed).toBeGreaterThan(1_000)
  })

  it('finds every requirement by its id', () => {
    expect(ids.get('docs/catalogue.html')).toEqual(expect.arrayContaining(Object.keys(requirements)))
  })

  it('loads nothing but its style sheet, and runs nothing', () => {
    const loading = /<(?:script|img|iframe|video|audio|source|object|embed|form)\b|\son\w+=|\ssrc=|\sstyle=/
    for (const [path, html] of pages) {
      // What stands between tags is text: there a `<` is escaped.
      const tags = html.match(/<[^>]*>/g)?.join('\n') ?? ''
      expect(loading.exec(tags), path).toBeNull()
      const loaded = [...tags.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, href = '']) => href)
      expect(loaded.map((href) => posix.join(posix.dirname(path), href))).toEqual(['style.css'])
    }
    expect(files.get('style.css')).not.toMatch(/url\(|@import|https?:/)
  })

  it('has an address of its own for every heading, and says in its title which page it is', () => {
    const titles = [...pages.values()].map((html) => /<title>(.+?)<\/title>/.exec(html)?.[1])
    expect(new Set(titles).size).toBe(pages.size)
    for (const [path, found] of ids) expect(new Set(found).size, path).toBe(found.length)
  })

  it.skipIf(!xmllint)('is well-formed (needs xmllint)', () => {
    for (const [path, html] of pages) {
      const { stderr } = spawnSync('xmllint', ['--html', '--noout', '-'], { input: html, encoding: 'utf8' })
      // It knows the elements of HTML 4 alone.
      const wrong = stderr
        .split('\n')
        .filter((line) => / error : /.test(line) && !/Tag (header|main|nav|section|footer) invalid/.test(line))
      expect(wrong, path).toEqual([])
    }
  })
})
