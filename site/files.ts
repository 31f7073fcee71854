// All files of the site, made from the Markdown files of the repository. What they link to comes along: a page where there is one,
// the file itself where there is none, and a list of its files for a folder. Used by main.ts and by the test.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type Document, readMarkdown } from './markdown.ts'
import { navigation } from './navigation.ts'
import { framed } from './page.ts'
import { placeOf, towards } from './place.ts'
import { style } from './style.ts'

/** Path on the site -> content. Throws when a page links to something that is not there. */
export function siteFiles(root: string): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>([['style.css', style]])
  const pages = new Map<string, Document>()
  const read = (path: string, text: string): void => {
    pages.set(
      path,
      readMarkdown(text, (href) => address(path, href)),
    )
  }
  const address = (from: string, href: string): string => {
    if (/^[a-z]+:|^#/.test(href)) return href
    const [, place = '', hash = ''] = /^([^#]*)(.*)$/.exec(href) ?? []
    const target = posix.join(posix.dirname(from), place).replace(/\/$/, '')
    if (target.startsWith('..') || !existsSync(join(root, target))) throw new Error(`${from}: ${href} is not there`)
    if (named.has(target)) return towards(from, target) + hash
    if (!statSync(join(root, target)).isDirectory()) {
      files.set(target, readFileSync(join(root, target)))
      return posix.relative(posix.dirname(from), target)
    }
    const list = `${target}/README.md`
    if (!pages.has(list)) read(list, listing(root, target))
    return towards(from, list) + hash
  }
  for (const path of named) read(path, readFileSync(join(root, path), 'utf8'))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const [path, page] of pages) files.set(placeOf(path), framed(path, page, pages, version))
  return files
}

const named: ReadonlySet<string> = new Set(navigation.flatMap(({ pages }) => pages))

/** Programs of the folder that only our own tests use are left out. */
function listing(root: string, folder: string): string {
  const names = readdirSync(join(root, folder)).filter((name) => !name.endsWith('.ts'))
  return [`# ${folder}`, '', ...names.map((name) => `- [${name}](${name})`), ''].join('\n')
}
