// HTML and SVG as values: whatever is not markup already is text and gets escaped, so no text of a server can become a tag.
// Used by everything in this folder.
import { printable } from '../plain-text.ts'

export interface Markup {
  readonly markup: string
}

export type Child = Markup | string | undefined | readonly Child[]

/** Elements without an end tag. */
const empty: ReadonlySet<string> = new Set(['meta', 'link', 'br', 'hr', 'img'])

/** `el('p', { class: 'why' }, text)`. Names are ours and literal; attributes that are undefined are left out. */
export function el(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly Child[]
): Markup {
  const head = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === 'number' ? short(value) : value)}"`],
  )
  const open = `<${name}${head.join('')}>`
  return { markup: empty.has(name) ? open : `${open}${children.map(inner).join('')}</${name}>` }
}

/** Text of ours alone, such as a style sheet. */
export function trusted(markup: string): Markup {
  return { markup }
}

function inner(child: Child): string {
  if (child === undefined) return ''
  if (typeof child === 'string') return escaped(child)
  return 'markup' in child ? child.markup : child.map(inner).join('')
}

function escaped(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const short = (value: number): string => String(Number(value.toFixed(2)))
