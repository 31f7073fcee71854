// A small reader for XML from a peer we do not trust: no document types, no entities of its own, caps on everything,
// one pass. Used for autoconfig.
import { WireError } from '../host/wire-error.ts'

export interface XmlElement {
  /** Without a namespace prefix, as written. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Character data directly inside, trimmed. */
  readonly text: string
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[]
  text: string
}

const limits = { characters: 128 * 1024, depth: 32, elements: 2_000, tag: 2_000 }

/** The root element. Throws WireError `protocol` or `too-long` for what is not plain, well-formed XML. */
export function parseXml(text: string, stage: string): XmlElement {
  const bad = (what: string) => new WireError('protocol', stage, `not usable XML: ${what}`)
  if (text.length > limits.characters) throw new WireError('too-long', stage, 'the XML document is too long')
  const document = opened('', '')
  const open = [document]
  let elements = 0
  let at = text.startsWith('\uFEFF') ? 1 : 0

  const until = (end: string, from: number) => {
    const found = text.indexOf(end, from)
    if (found === -1) throw bad('it ends too early')
    return found
  }
  const addText = (data: string) => {
    const inside = open.at(-1)
    if (inside === undefined || (inside === document && data.trim() !== '')) throw bad('text outside the root element')
    inside.text += data
  }

  while (at < text.length) {
    const start = text.indexOf('<', at)
    addText(unescapeText(text.slice(at, start === -1 ? text.length : start)))
    if (start === -1) break
    if (text.startsWith('<!--', start)) at = until('-->', start + 4) + 3
    else if (text.startsWith('<?', start)) at = until('?>', start + 2) + 2
    else if (text.startsWith('<![CDATA[', start)) {
      const end = until(']]>', start + 9)
      addText(text.slice(start + 9, end))
      at = end + 3
    } else if (text.startsWith('<!', start)) throw bad('it has a document type')
    else {
      const end = until('>', start)
      if (end - start > limits.tag) throw bad('a tag is too long')
      const tag = text.slice(start + 1, end)
      at = end + 1
      if (tag.startsWith('/')) {
        const closed = open.length > 1 ? open.pop() : undefined
        if (closed?.name !== localName(tag.slice(1).trim())) throw bad('an end tag closes nothing')
        closed.text = closed.text.trim()
        continue
      }
      const match = /^([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)$/.exec(tag)
      if (match === null) throw bad('a tag is broken')
      if (++elements > limits.elements || open.length > limits.depth) throw bad('too many elements')
      if (open.length === 1 && document.children.length > 0) throw bad('two root elements')
      const element = opened(localName(match[1] ?? ''), match[2] ?? '')
      open.at(-1)?.children.push(element)
      if (match[3] === '') open.push(element)
    }
  }
  const root = document.children[0]
  if (root === undefined || open.length !== 1) throw bad('it ends too early')
  return root
}

function opened(name: string, attributes: string): OpenElement {
  const pairs = attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  const values = [...pairs].map(([, key = '', double, single]) => [key, unescapeText(double ?? single ?? '')] as const)
  return { name, attributes: Object.fromEntries(values), children: [], text: '' }
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** One pass, so that nothing unescaped is looked at again. An unknown entity stays as it is written. */
function unescapeText(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return Object.hasOwn(predefined, name) ? (predefined[name] ?? whole) : whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
