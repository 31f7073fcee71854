// Reads what a check wants of a web page: its links, and what a browser loads with it. No HTML parser: pages are not
// ours to validate, and what a tag says about addresses is all that counts. Pure. Used by the checks of web pages.

export interface PageLink {
  /** As written, entities undone. */
  readonly href: string
  /** The words between the tags, without inner tags. */
  readonly text: string
}

/** Octets of a page that are looked at; the rest is somebody's attack. */
const mostText = 1_000_000
const mostFound = 500

/** `<a href>` and `<area href>`, in their order. */
export function linksOf(html: string): readonly PageLink[] {
  const links: PageLink[] = []
  for (const { name, attributes, end } of tagsOf(html)) {
    const href = attributes.get('href')
    if (href === undefined || (name !== 'a' && name !== 'area')) continue
    const inner = name === 'a' ? upTo('</a', html, end, longestTag) : ''
    if (links.length === mostFound) break
    links.push({
      href,
      text: undoEntities(inner.replace(/<[^>]*>/g, ' '))
        .replace(/\s+/g, ' ')
        .trim(),
    })
  }
  return links
}

/** Addresses of `<img>`, in their order. */
export function imagesOf(html: string): readonly string[] {
  return tagsOf(html)
    .filter(({ name }) => name === 'img')
    .map(({ attributes }) => attributes.get('src'))
    .filter((src) => src !== undefined)
}

/** Is there any script on the page, of its own or loaded? */
export function hasScript(html: string): boolean {
  return tagsOf(html).some(({ name }) => name === 'script')
}

const loadingAttributes: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    audio: ['src'],
    embed: ['src'],
    frame: ['src'],
    iframe: ['src'],
    image: ['href', 'xlink:href'],
    img: ['src'],
    input: ['src'],
    object: ['data'],
    script: ['src'],
    source: ['src'],
    track: ['src'],
    video: ['src', 'poster'],
  }),
)

const loadingRelations = /\b(stylesheet|icon|preload|modulepreload|prefetch|preconnect|dns-prefetch|manifest)\b/i

/** Addresses that a browser fetches, or opens a connection to, because it shows the page: no links that wait for a click. */
export function loadedBy(html: string): readonly string[] {
  const found: string[] = []
  for (const { name, attributes, raw } of tagsOf(html)) {
    for (const attribute of loadingAttributes.get(name) ?? []) {
      const value = attributes.get(attribute)
      if (value) found.push(value)
    }
    if (name === 'link' && loadingRelations.test(attributes.get('rel') ?? '')) found.push(attributes.get('href') ?? '')
    const candidates = attributes.get('srcset')
    if (candidates) found.push(...candidates.split(',').map((one) => one.trim().split(/\s+/)[0] ?? ''))
    found.push(...loadedByCss(attributes.get('style') ?? ''))
    if (name === 'style') found.push(...loadedByCss(raw))
    if (found.length > mostFound) break
  }
  return found.filter((address) => address !== '').slice(0, mostFound)
}

/** `url(...)` and `@import` of a style sheet. */
export function loadedByCss(css: string): readonly string[] {
  // No address holds a bracket unless it is quoted (CSS Syntax 4.3.6); without bounds a page could make this slow.
  const pattern = /url\(\s{0,20}(?:"([^"]*)"|'([^']*)'|([^()"'\s]*))\s{0,20}\)|@import\s{1,20}(?:"([^"]*)"|'([^']*)')/gi
  return [...css.slice(0, mostText).matchAll(pattern)]
    .map(([, ...texts]) => texts.find((text) => text !== undefined) ?? '')
    .filter((address) => address !== '' && !address.startsWith('#'))
}

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Where in the page it ends. */
  readonly end: number
  /** Of `<style>` and `<script>`: what stands within, in which there are no tags. */
  readonly raw: string
}

/** One pass; each tag within a bound, so that no page can make it slow. */
function tagsOf(html: string): readonly Tag[] {
  const text = html.slice(0, mostText)
  const lower = text.toLowerCase()
  const tags: Tag[] = []
  let at = text.indexOf('<')
  for (let looked = 0; at !== -1 && looked < mostFound * 20; looked++) {
    const comment = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : at
    if (comment === -1) break
    const tag = comment === at ? readTag(text, at) : undefined
    const isRaw = tag !== undefined && (tag.name === 'style' || tag.name === 'script')
    const closing = isRaw ? lower.indexOf(`</${tag.name}`, tag.end) : -1
    // What is not closed goes on to the end of the page, as in a browser.
    const rawEnd = isRaw && closing === -1 ? text.length : closing
    if (tag !== undefined) tags.push(isRaw ? { ...tag, raw: text.slice(tag.end, rawEnd) } : tag)
    at = text.indexOf('<', isRaw ? rawEnd : (tag?.end ?? comment + 1))
  }
  return tags
}

const longestTag = 2_000

/** What stands between `from` and the closing tag; nothing where that is too far away. */
function upTo(closing: string, html: string, from: number, most: number): string {
  const text = html.slice(from, from + most)
  return text.slice(0, Math.max(0, text.toLowerCase().indexOf(closing)))
}

function readTag(text: string, at: number): Tag | undefined {
  const match = /^<([a-z][a-z0-9]*)((?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?)>/i.exec(text.slice(at, at + longestTag))
  if (match === null) return undefined
  const attributes = new Map<string, string>()
  const pairs = (match[2] ?? '').matchAll(/([a-z][a-z0-9:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi)
  for (const [, name = '', double, single, bare] of pairs) {
    const key = name.toLowerCase()
    if (!attributes.has(key)) attributes.set(key, undoEntities(double ?? single ?? bare ?? '').trim())
  }
  return { name: (match[1] ?? '').toLowerCase(), attributes, end: at + match[0].length, raw: '' }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", colon: ':' }

function undoEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return Object.hasOwn(entities, name) ? (entities[name] ?? whole) : whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
